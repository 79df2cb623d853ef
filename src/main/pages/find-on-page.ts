import type { PageBox } from '../../shared/page-picture.ts';
import { withoutRunningMarks } from '../../shared/running-marks.ts';
import { foldQuotable } from '../recipes/fold-quotable.ts';
import { boxAround } from './box.ts';

/** What stands on a page, character by character or word by word, and where. */
export interface PageWords {
  readonly text: string;
  /** Where in the text each piece begins. */
  readonly starts: Int32Array;
  /** Left, top, right and bottom of each piece, as parts of the page; all zero for one that cannot be seen. */
  readonly boxes: Float32Array;
}

/** Words of a document's text on one of its pages, with some of what stands before and after them there. */
export interface WantedWords {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

export type FindOnPage = (wanted: WantedWords) => readonly PageBox[] | null;

/**
 * Finds where on a page words of its text stand, line by line; null if they are not found. Letters and digits are compared,
 * folded as quotations are: what is between them (hyphens, spaces, table lines) is not the same in the text and on the page.
 */
export function createPageFinder(page: PageWords): FindOnPage {
  const letters = lettersOf(page.text);
  return (wanted) => findAmong(page, letters, wanted);
}

function findAmong(page: PageWords, letters: Letters, wanted: WantedWords): readonly PageBox[] | null {
  const words = withoutRunningMarks(wanted.words);
  const whole = lettersOf(words).key;
  if (whole === '') return null;
  const at = likeliest(letters.key, whole, lettersOf(wanted.before).key, lettersOf(wanted.after).key);
  const runs = at === null ? inPieces(letters.key, words, whole.length) : [{ from: at, to: at + whole.length }];
  return runs === null ? null : linesOf(page, piecesOf(page, letters, runs));
}

/** The letters and digits of a text, folded, without accents and vowel signs. */
interface Letters {
  readonly key: string;
  /** Where in the text each code unit of the key comes from. */
  readonly offsets: readonly number[];
}

function lettersOf(text: string): Letters {
  const folded = foldQuotable(text);
  const offsets: number[] = [];
  let key = '';
  for (const { 0: letter, index } of folded.text.matchAll(/[\p{L}\p{N}]/gu)) {
    const bare = withoutMarks(letter);
    key += bare;
    for (let at = 0; at < bare.length; at += 1) offsets.push(folded.startOf(index));
  }
  return { key, offsets };
}

/** Accents that are drawn apart from their letters stand beside them on the page, the letter may be a dotless i. */
function withoutMarks(letter: string): string {
  if (letter === 'ı') return 'i';
  return letter < '\u0080' ? letter : letter.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Of several places, the one that has most of what is around the words in the text. */
function likeliest(key: string, wanted: string, before: string, after: string): number | null {
  let best: { readonly at: number; readonly around: number } | null = null;
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + 1)) {
    const around = sameBefore(key, at, before) + sameAfter(key, at + wanted.length, after);
    if (best === null || around > best.around) best = { at, around };
  }
  return best?.at ?? null;
}

function sameBefore(key: string, at: number, before: string): number {
  let count = 0;
  while (count < before.length && count < at && key[at - count - 1] === before[before.length - count - 1]) count += 1;
  return count;
}

function sameAfter(key: string, at: number, after: string): number {
  let count = 0;
  while (count < after.length && at + count < key.length && key[at + count] === after[count]) count += 1;
  return count;
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Cells and lines can stand in another order on the page. Of a paragraph, this many words are looked for together. */
const WORDS_TOGETHER = 4;
/** Letters of a word that is looked for alone. */
const LONG_WORD = 4;
/** How much of the words must be found for the rest to be left unmarked. */
const ENOUGH = 0.6;
/** How far apart pieces of the same words may stand. */
const NEAR = 400;

function inPieces(key: string, words: string, length: number): readonly Run[] | null {
  const cells = words.split(/(?:[\n|¦\t]|<br>)+/).filter((cell) => /[\p{L}\p{N}]/u.test(cell));
  const pieces = cells.length > 1 ? cells : wordGroups(words);
  const runs: Run[] = [];
  const others = pieces.filter((piece) => !addRun(key, lettersOf(piece).key, runs));
  runs.push(...wordsAmong(key, others, runs));
  const found = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  return found >= length * ENOUGH ? runs : null;
}

/** Letters of a piece that is certain to be the same one wherever it stands, if it stands there once. */
const SURE = 15;

/** Adds where a piece stands: near the one before, or at the top of the next column. @returns whether it does. */
function addRun(key: string, wanted: string, runs: Run[]): boolean {
  const last = runs.at(-1)?.to ?? 0;
  const ahead = key.indexOf(wanted, last);
  const at = ahead >= 0 && (runs.length === 0 || ahead - last < NEAR) ? ahead : key.lastIndexOf(wanted, last);
  if (at < 0) return false;
  const isSure = wanted.length >= SURE && key.indexOf(wanted) === key.lastIndexOf(wanted);
  if (!isSure && runs.length > 0 && Math.abs(at - last) >= NEAR) return false;
  runs.push({ from: at, to: at + wanted.length });
  return true;
}

/** A letter in between may be another one on the page: words alone are looked for around what was found. */
function wordsAmong(key: string, pieces: readonly string[], runs: readonly Run[]): readonly Run[] {
  if (runs.length === 0) return [];
  const start = Math.max(0, Math.min(...runs.map(({ from }) => from)) - NEAR);
  const around = key.slice(start, Math.max(...runs.map(({ to }) => to)) + NEAR);
  return pieces
    .flatMap((piece) => piece.split(/\s+/u))
    .map((word) => lettersOf(word).key)
    .filter((word) => word.length >= LONG_WORD)
    .flatMap((word) => {
      const at = around.indexOf(word);
      return at < 0 ? [] : [{ from: start + at, to: start + at + word.length }];
    });
}

function wordGroups(text: string): readonly string[] {
  const words = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.flatMap((_, at) => (at % WORDS_TOGETHER === 0 ? [words.slice(at, at + WORDS_TOGETHER).join(' ')] : []));
}

function piecesOf({ starts }: PageWords, { offsets }: Letters, runs: readonly Run[]): readonly number[] {
  const found = new Set<number>();
  for (const { from, to } of runs) {
    for (const offset of offsets.slice(from, to)) found.add(pieceAt(starts, offset));
  }
  return [...found].sort((left, right) => left - right);
}

/** The piece that an offset in the text lies in. */
function pieceAt(starts: Int32Array, offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Pieces beside each other on a line become one box, with what is between them. */
function linesOf({ boxes }: PageWords, pieces: readonly number[]): readonly PageBox[] | null {
  const lines: PageBox[] = [];
  for (const piece of pieces) {
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(piece * 4, piece * 4 + 4);
    if (right <= left || bottom <= top) continue;
    const box = { left, top, right, bottom };
    const last = lines.at(-1);
    if (last !== undefined && isOnLine(last, box)) lines[lines.length - 1] = boxAround(last, box);
    else lines.push(box);
  }
  return lines.length === 0 ? null : lines;
}

function isOnLine(line: PageBox, box: PageBox): boolean {
  return isBeside(line, box) || isBelow(line, box);
}

function isBeside(line: PageBox, box: PageBox): boolean {
  const height = Math.min(line.bottom - line.top, box.bottom - box.top);
  const overlap = Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top);
  const gap = Math.max(box.left - line.right, line.left - box.right);
  return overlap > height / 2 && gap < height * 2;
}

/** On a page that was turned, the letters of a word stand upon each other without a gap, which no lines do. */
function isBelow(line: PageBox, box: PageBox): boolean {
  const width = Math.max(line.right - line.left, box.right - box.left);
  const overlap = Math.min(line.right, box.right) - Math.max(line.left, box.left);
  const gap = Math.max(box.top - line.bottom, line.top - box.bottom);
  return overlap > width / 2 && gap < (box.bottom - box.top) / 10;
}
