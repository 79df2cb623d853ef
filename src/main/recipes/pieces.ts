/** The pieces of a text that are asked about one by one. */
import type { PreparedText } from './prepare-text.ts';
import type { PrepareText } from './text-thread.ts';

/** A text, or a part of it. */
export interface Piece {
  readonly text: string;
  /** The places in it where pages begin. */
  readonly pageStarts: readonly number[];
  /** Estimated. */
  readonly tokens: number;
}

/** @param tokens the most of each piece. */
export async function preparePieces(
  prepareText: PrepareText,
  { text, pageStarts }: Omit<Piece, 'tokens'>,
  tokens: number,
  needsHints: boolean,
): Promise<{ readonly pieces: readonly Piece[]; readonly hints: PreparedText['hints'] }> {
  const { parts, hints } = await prepareText({ text, tokens, pageStarts, needsHints });
  return { pieces: parts.map(({ start, end, ...part }) => ({ ...part, text: text.slice(start, end) })), hints };
}
