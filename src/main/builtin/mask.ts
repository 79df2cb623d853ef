import type { Block } from './blocks.ts';

/** Longest run without white space that is read as words: beyond it lie encoded data and hostile input. */
const MAX_RUN = 120;

const longRun = new RegExp(
  `[^\\s\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]{${MAX_RUN + 1},}`,
  'gu',
);

/**
 * A copy of `[from, to)` with the same offsets, fit for a sentence splitter: only the blocks are left, line
 * breaks inside of them are spaces, so are the marks of comments and quotations at the beginning of a line,
 * and runs that are no words. Blocks are kept apart by line breaks.
 */
export function maskPiece(text: string, blocks: readonly Block[], from: number, to: number): string {
  let masked = '';
  let position = from;
  for (const block of blocks) {
    masked += separator(block.start - position) + maskBlock(text.slice(block.start, block.end));
    position = block.end;
  }
  return masked + separator(to - position);
}

function separator(length: number): string {
  return length <= 2 ? '\n'.repeat(Math.max(length, 0)) : `\n\n${' '.repeat(length - 2)}`;
}

function maskBlock(block: string): string {
  const spaces = (found: string): string => ' '.repeat(found.length);
  return block
    .replace(/(?:^|\n)[ \t]*(?:>+|\/\/+!?|#+|\*+|--+|;;+)(?=\s|$)/g, spaces)
    .replace(/[\r\n\t\v\f\u2028\u2029]/g, ' ')
    .replace(longRun, spaces);
}
