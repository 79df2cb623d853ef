import type { Block } from './blocks.ts';

/** Longest run without white space read as words; anything longer is encoded data or hostile input. */
const MAX_RUN = 120;

const longRun = new RegExp(
  `[^\\s\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]{${MAX_RUN + 1},}`,
  'gu',
);

/**
 * A copy of `[from, to)` with the same offsets, for a sentence splitter. Only the blocks remain, separated by line
 * breaks. Within a block, spaces replace line breaks, comment and quotation markers at the start of a line, and runs
 * that are not words.
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
