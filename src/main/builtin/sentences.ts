import { isFalseBoundary } from './abbreviations.ts';
import type { Block } from './blocks.ts';
import { type Span, trimSpan } from './span.ts';

/**
 * The sentences of one block, as spans of the source. `masked` has the same offsets as the source, without line breaks
 * and comment markers. `proposed` are the offsets at which a splitter would begin sentences; false ones caused by an
 * abbreviation, decimal or ordinal are dropped.
 */
export function sentencesOf(
  masked: string,
  block: Block,
  proposed: readonly number[],
  language: string | null,
): Span[] {
  const sentences: Span[] = [];
  let open: Span | null = null;
  for (const span of cut(block, proposed)) {
    const right = trimSpan(masked, span);
    if (right === null) continue;
    if (open !== null && joins(masked, open, right, language)) {
      open = { start: open.start, end: right.end };
    } else {
      if (open !== null) sentences.push(open);
      open = right;
    }
  }
  if (open !== null) sentences.push(open);
  return sentences;
}

/** How many characters on either side the rules look at; keeps long paragraphs linear. */
const LOOK = 60;

function joins(masked: string, left: Span, right: Span, language: string | null): boolean {
  const before = masked.slice(Math.max(left.start, left.end - LOOK), left.end);
  const after = masked.slice(right.start, Math.min(right.end, right.start + LOOK));
  return /^[.,;:!?)\]}»”’]+$/u.test(after) || isFalseBoundary(before, after, language);
}

function* cut(block: Block, starts: readonly number[]): Generator<Span> {
  let from = block.start;
  for (const start of starts) {
    if (start <= from || start >= block.end) continue;
    yield { start: from, end: start };
    from = start;
  }
  yield { start: from, end: block.end };
}

/** ICU's breaker is quadratic on long strings (Node 20), so it is given windows of this many characters. */
const WINDOW = 1_500;
/** A window without a boundary is widened up to this size; beyond that, it counts as one sentence. */
const MAX_WINDOW = 12_000;

/** Offsets at which the block's sentences begin by the Unicode rules (UAX 29), for any language. */
export function unicodeSentenceStarts(masked: string, block: Block, language: string | null): number[] {
  const segmenter = segmenterFor(language ?? 'und');
  const starts: number[] = [];
  let from = block.start;
  let window = WINDOW;
  while (from < block.end) {
    const end = Math.min(block.end, from + window);
    const found = Array.from(segmenter.segment(masked.slice(from, end)), (part) => from + part.index);
    const last = found.at(-1) ?? from;
    if (end < block.end && last === from && window < MAX_WINDOW) {
      window *= 2;
      continue;
    }
    for (const start of found) starts.push(beforeOpeningBracket(masked, start));
    if (end === block.end) break;
    // The last sentence may continue beyond the window, so it is read again from its start.
    from = last === from ? end : last;
    window = WINDOW;
  }
  return starts;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Cached: creating one costs more than processing most blocks. */
function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}

/** UAX 29 leaves an opening bracket with the sentence before it. */
function beforeOpeningBracket(masked: string, start: number): number {
  return /[「『（【〈《“„«([]/u.test(masked.charAt(start - 1)) ? start - 1 : start;
}
