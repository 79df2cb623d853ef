/** What there is to find out about a text before anything is asked about it. */
import { estimateTokens } from '../common/token-estimate.ts';
import { hintsIn, NO_HINTS, type ReadingHints } from './read/reading-hints.ts';
import { splitText, type TextPart } from './split-text.ts';

export interface TextToPrepare {
  readonly text: string;
  /** The most tokens of each part. */
  readonly tokens: number;
  /** Where its pages begin; empty if that is not known. */
  readonly pageStarts: readonly number[];
  /** Whether answers will need to know how the text writes dates and numbers. */
  readonly needsHints: boolean;
}

export interface SizedPart extends TextPart {
  /** Estimated. */
  readonly tokens: number;
  /** Where pages begin in it, from its own start. */
  readonly pageStarts: readonly number[];
}

export interface PreparedText {
  readonly parts: readonly SizedPart[];
  readonly hints: ReadingHints;
}

export function prepareText({ text, tokens, pageStarts, needsHints }: TextToPrepare): PreparedText {
  return {
    parts: splitText(text, tokens, pageStarts).map(({ start, end }) => ({
      start,
      end,
      tokens: estimateTokens(text.slice(start, end)),
      pageStarts: pageStarts.filter((page) => page > start && page < end).map((page) => page - start),
    })),
    hints: needsHints ? hintsIn(text) : NO_HINTS,
  };
}
