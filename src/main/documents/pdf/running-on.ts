import type { Cell, Column, TableLine } from './table-columns.ts';

/** Words of most lines of prose in a narrow column. */
const LEAST_WORDS = 3;
/**
 * Shares of the line ends of prose at which a sentence goes on, and which have no room for the next word: in German, a third
 * of all words has a capital, and paragraphs end before the line does.
 */
const [LEAST_GOING_ON, LEAST_FULL] = [0.5, 0.75];

/** Whether the text of a column goes on from line to line, as prose does and the cells of a table do not. */
export function runsOn(lines: readonly TableLine[], columns: readonly Column[], place: number): boolean {
  const [column, cells] = [columns[place], lines.flatMap((line) => line.cells[line.places.indexOf(place)] ?? [])];
  if (column === undefined || cells.length < 2) return false;
  const ends = cells.slice(1).flatMap((lower, at) => {
    const upper = cells[at];
    return upper === undefined ? [] : [{ upper, lower }];
  });
  const goingOn = ends.filter(({ upper, lower }) => goesOn(upper.text, lower.text));
  const full = ends.filter(({ upper, lower }) => !hasRoom(upper, lower, column));
  const wordy = cells.filter(({ text }) => wordsIn(text) >= LEAST_WORDS);
  return (
    goingOn.length >= ends.length * LEAST_GOING_ON &&
    full.length >= ends.length * LEAST_FULL &&
    wordy.length > cells.length / 2
  );
}

function goesOn(text: string, next: string): boolean {
  return !/[.:;!?。！？]["'”’)]?$/u.test(text) && /^["'“‘(]?[\p{Ll}\p{Lo}]/u.test(next);
}

/** Whether the first word of a line of a column has room at the end of the one above: then the line ends there on purpose. */
export function hasRoom(upper: Cell, lower: Cell, column: Column): boolean {
  const [word = ''] = lower.text.split(/\s/u);
  const letter = (lower.right - lower.left) / Math.max(1, lower.text.length);
  return upper.right + (wordLength(word) + 1) * letter <= column.right;
}

/** A line may end after any sign where words are not parted by spaces. */
function wordLength(word: string): number {
  return spaceless.test(word) ? 1 : word.length;
}

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Where words are not parted by spaces, four signs count as one. */
export function wordsIn(text: string): number {
  const spaceless = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  return spaceless / 4 + (text.match(/\p{L}[\p{L}\p{M}]+/gu)?.length ?? 0);
}
