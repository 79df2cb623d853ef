import type { Places } from '../../../shared/places.ts';
import { hasWords } from '../drawings/pictures.ts';
import type { FoundInSlides } from './found-in-slides.ts';

/** One slide as text. */
export interface SlideText {
  readonly title: string;
  readonly isHidden: boolean;
  readonly blocks: readonly string[];
  /** What may be on every slide. */
  readonly footers: readonly string[];
  /** Notes and comments, each marked. */
  readonly extras: readonly string[];
}

/**
 * The slides one after the other, each under its number and title, and where each begins. A footer is written where it
 * is met first. Null if no slide has text.
 */
export function slidesText(
  slides: readonly SlideText[],
  found: FoundInSlides,
): { readonly text: string; readonly places: Places; readonly isWordless?: boolean } | null {
  const footersSeen = new Set<string>();
  const starts: number[] = [];
  let text = '';
  let isEmpty = true;
  let isWordless = true;
  slides.forEach(({ title, isHidden, blocks, footers, extras }, at) => {
    const newFooters = footers.filter((footer) => !footersSeen.has(footer));
    for (const footer of newFooters) footersSeen.add(footer);
    const inOneLine = title.replace(/\s+/g, ' ').trim();
    const heading = `## Slide ${at + 1}${isHidden ? ' (hidden)' : ''}${inOneLine === '' ? '' : `: ${inOneLine}`}`;
    const content = [...blocks, ...newFooters.map((footer) => `[Footer] ${footer}`), ...extras];
    if (isHidden) found.hiddenSlides.push(at + 1);
    isEmpty &&= inOneLine === '' && content.length === 0;
    isWordless &&= inOneLine === '' && !content.some(hasWords);
    starts.push(text.length);
    text += `${[heading, ...content].join('\n\n')}\n\n`;
  });
  if (isEmpty) return null;
  const places: Places = { unit: 'slide', starts, names: null };
  return { text: text.trimEnd(), places, ...(isWordless ? { isWordless } : {}) };
}
