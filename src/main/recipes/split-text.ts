/** Splits a text that a model cannot read at once, on its structure, into as few parts as fit. */
import { estimateTokens, fittingEnd, fittingStart } from '../common/token-estimate.ts';
import {
  firstCharacterBreak,
  firstWordBreak,
  isGraphemeBreak,
  lastCharacterBreak,
  lastWordBreak,
} from './text-breaks.ts';

/** Offsets in UTF-16 code units. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/** How much of each part may stay empty for the sake of a better cut, as long as that takes no more than one part more. */
const SLACK = 0.1;

/**
 * Splits a text into parts that are estimated at no more than `tokens` each and make up the whole text: at most one more
 * than if every part were filled to its last word. Cuts between pages, sections, paragraphs, lines, sentences and words,
 * in this order; inside a word only if it fills a part by itself.
 * @param pageStarts where its pages begin, if that is known.
 */
export function splitText(text: string, tokens: number, pageStarts: readonly number[] = []): readonly TextPart[] {
  if (tokens < 1) throw new RangeError('A part must hold at least one token.');
  const starts = latestStarts(text, tokens);
  const fewest = starts.length;
  const roomy = Math.ceil(estimateTokens(text) / (tokens * (1 - SLACK)));
  const most = fewest > 1 && roomy > fewest ? fewest + 1 : fewest;
  return cut({ text, pageStarts }, tokens, starts, most);
}

/** Filled from the end: the earliest start of the last part, of the one before it, and so on to the beginning. */
function latestStarts(text: string, tokens: number): readonly number[] {
  const starts: number[] = [];
  for (let end = text.length; end > 0; ) {
    const fitting = fittingStart(text, end, tokens);
    const start = fitting === 0 ? 0 : firstBreak(text, fitting, end - 1);
    starts.push(start);
    end = start;
  }
  return starts.length === 0 ? [0] : starts;
}

function firstBreak(text: string, from: number, to: number): number {
  const start = firstWordBreak(text, from, to) ?? firstCharacterBreak(text, from, to);
  // A last resort: half of a surrogate pair, where not even one fits.
  return Math.min(start, to);
}

interface Pages {
  readonly text: string;
  readonly pageStarts: readonly number[];
}

/** @param starts the earliest start of the last part, of the one before it, and so on. */
function cut(pages: Pages, tokens: number, starts: readonly number[], most: number): readonly TextPart[] {
  const { text } = pages;
  const parts: TextPart[] = [];
  for (let start = 0; parts.length === 0 || start < text.length; ) {
    const fitting = fittingEnd(text, start, tokens);
    const left = most - parts.length - 1;
    const earliest = Math.max(starts[left - 1] ?? 0, start);
    const end = fitting === text.length ? fitting : endOfPart(pages, start, { earliest, fitting, left });
    parts.push({ start, end });
    start = end;
  }
  return parts;
}

interface Bounds {
  /** What follows would not fit the parts that are left if this one ended earlier. */
  readonly earliest: number;
  /** Where it ends at the latest. */
  readonly fitting: number;
  /** How many parts are left after it. */
  readonly left: number;
}

function endOfPart(pages: Pages, start: number, { earliest, fitting, left }: Bounds): number {
  const { text } = pages;
  // What may stay empty is shared among the parts, and no part is less than half full.
  const share = Math.ceil((2 * (fitting - earliest)) / (left + 1));
  const lowest = Math.max(earliest, fitting - share, start + Math.ceil((fitting - start) / 2));
  const whole = lastStructuralBreak(pages, lowest, fitting);
  if (whole !== null && whole > start) return whole;
  const word = lastWordBreak(text, Math.max(earliest, start + 1), fitting);
  if (word !== null) return word;
  if (earliest > start) return earliest;
  return Math.max(lastCharacterBreak(text, start + 1, fitting), start + 1);
}

/** Ends of what belongs together, the best first; the cut is after the match. */
const STRUCTURE: readonly RegExp[] = [
  // A page.
  /\f/g,
  // Before a heading in Markdown.
  /\n(?=#{1,6}[ \t])/g,
  // A paragraph.
  /\n[ \t\r]*\n/g,
  // A line that does not go on in the next one.
  /\n(?!\p{Ll})/gu,
  // A sentence. Those of East Asia need no space after them.
  /[.!?…؟।॥።][)\]}"'”’»]*\s+|[。！？｡][)\]}"'”’»」』）】]*\s*/g,
  // A line.
  /\n/g,
];

/** The last end of the best structure within `from`..`to`; null if there is none. */
function lastStructuralBreak({ text, pageStarts }: Pages, from: number, to: number): number | null {
  const page = pageStarts.findLast((at) => at >= from && at <= to && at > 0 && isGraphemeBreak(text, at));
  if (page !== undefined) return page;
  const start = Math.max(0, from - 1);
  // The character after the window decides whether a line goes on.
  const slice = text.slice(start, to + 2);
  for (const structure of STRUCTURE) {
    const ends = Array.from(slice.matchAll(structure), (match) => start + match.index + match[0].length);
    const end = ends.findLast((at) => at >= from && at <= to && isGraphemeBreak(text, at));
    if (end !== undefined) return end;
  }
  return null;
}
