import type { Orientation } from '../documents/images/image-page.ts';
import { turnedBack } from './placed-words.ts';
import type { Reading } from './tesseract.ts';

/** Below this, words are guesses, or the page lies on its side. */
const DOUBTFUL = 60;
/** Few words among what looks like many; a page that is read turned, of which Tesseract can make out a part, has to be read whole. */
const MUCH_MISSED = { asItLies: 0.3, turned: 0.1 } as const;

/** EXIF's numbers by quarter turns clockwise: as they are, and mirrored. */
const turns: readonly (readonly Orientation[])[] = [
  [1, 6, 3, 8],
  [2, 7, 4, 5],
];

/** The orientation after a further turn. */
export function turned(orientation: Orientation, quarters: number): Orientation {
  const row = turns.find((candidates) => candidates.includes(orientation)) ?? [];
  return row[(row.indexOf(orientation) + quarters) % row.length] ?? orientation;
}

/**
 * Reads an image as it is said to lie, and if its words are doubtful, turned by a quarter, three quarters and a half
 * too. @returns the reading that makes the most sense, with its words where they are on the image as it is said to lie.
 */
export function readUpright(read: (orientation: Orientation) => Reading, orientation: Orientation): Reading {
  let best = read(orientation);
  let bestQuarters = 0;
  for (const quarters of [1, 3, 2]) {
    if (isCertain(best, bestQuarters === 0 ? MUCH_MISSED.asItLies : MUCH_MISSED.turned)) break;
    const other = read(turned(orientation, quarters));
    if (worth(other) <= worth(best)) continue;
    best = other;
    bestQuarters = quarters;
  }
  return { ...best, words: turnedBack(best.words, bestQuarters) };
}

function isCertain({ confidence, missed }: Reading, muchMissed: number): boolean {
  return confidence !== null && confidence >= DOUBTFUL && (missed ?? 0) < muchMissed;
}

/** A few letters among many that were not recognised can have a high confidence by chance. */
function worth({ text, confidence, missed }: Reading): number {
  return (confidence ?? 0) * Math.min(1, text.length / 40) * (1 - (missed ?? 0));
}
