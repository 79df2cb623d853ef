/** Finds what a text has for its structure and a quotation leaves out: marks of lists, notes and struck-out words, running feet. */
import { runningMarks } from '../../shared/running-marks.ts';
import { monthNamed } from './read/month-names.ts';
import { escapePattern } from './read/reading.ts';

/**
 * Characters after which a text is parted at the next empty line; where there is none for as long again, at a line end, or
 * else where a cell, a line in one, or a word that is no mark begins.
 */
const PIECE = 65_536;
const inLine = /[|¦]|<br[ \t]{0,4}\/?>|[ \t](?=\p{L}{6})/giu;

/** A text with blanks for the marks of its structure, at the same offsets, in pieces: each takes some milliseconds. */
export function* unmarkedPieces(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = endOfPiece(text, from + PIECE);
    yield unmarked(text.slice(from, end));
    from = end;
  }
}

function endOfPiece(text: string, from: number): number {
  const near = text.slice(from, from + PIECE);
  const gap = near.indexOf('\n\n');
  const line = gap < 0 ? near.indexOf('\n') : gap + 1;
  if (line >= 0) return from + line + 1;
  inLine.lastIndex = from;
  return inLine.test(text) ? inLine.lastIndex : text.length;
}

export function withoutMarks(text: string): string {
  return [...unmarkedPieces(text)].join('');
}

function unmarked(text: string): string {
  return withoutNumbers(text)
    .replace(runningLines, blank)
    .replace(bullets, (_, before: string) => `${before} `)
    .replace(noteMarks, (mark, at: number) => (isBehindWord(text.slice(Math.max(0, at - 2), at)) ? blank(mark) : mark))
    .replaceAll('~~', '  ');
}

/** The same of a quotation that has items joined in a line. Whether the text has the same marks there is for others to say. */
export function withoutInnerMarks(quote: string): string {
  return quote.replace(innerNumbers, (all, before: string) => before + blank(all.slice(before.length)));
}

function blank(mark: string): string {
  return ' '.repeat(mark.length);
}

/** Where a line begins, also in a cell. */
const LINE_START = String.raw`(^|\n|<br[ \t]{0,4}\/?>|[|¦])`;
const INDENT = String.raw`[ \t>]{0,40}`;
/** A dash before a number is its sign. */
const BEFORE_WORD = String.raw`(?=[ \t]{1,40}["'“„«‘(\[*_~]*\p{L})`;
const bullets = new RegExp(`(${LINE_START}${INDENT})[-*+–•◦▪●■‣·]${BEFORE_WORD}`, 'gu');
const numbers = new RegExp(
  `${LINE_START}(${INDENT}(?:[-*+•][ \\t]{1,8})?)(\\(?)(\\d{1,3}|[a-z]|[ivx]{2,5})([.)])${BEFORE_WORD}`,
  'gu',
);

const innerNumbers = new RegExp(`(^|[\\s,;:])\\(?(?:\\d{1,3}|[a-z]|[ivx]{2,5})[.)]${BEFORE_WORD}`, 'gu');

/** A running foot at the end of a page, in the midst of a sentence that goes on on the next one. */
const runningLines = new RegExp(`^(?:${Object.values(runningMarks).map(escapePattern).join('|')}) .*$`, 'gm');

/** `word[3]`, `500[ii]`. */
const noteMarks = /\[\^?(?:\d{1,3}|[ivx]{1,6}|[*†‡]{1,3})\]/g;

/** Not behind a single letter, as in code: `a[1]`. */
function isBehindWord(before: string): boolean {
  return /(?:\p{L}{2}|[\p{N}.,;:!?"'”’»)\]])$/u.test(before);
}

interface Mark {
  readonly start: number;
  readonly end: number;
  /** What is around the number. */
  readonly style: string;
  /** What it may count as: "i" is the ninth letter, or one. */
  readonly values: readonly number[];
  /** It stands where an item may begin, and is no date. */
  readonly isFree: boolean;
}

/** Characters between the beginnings of items. */
const farthest = 2_000;

/** A number at the beginning of a line is the mark of an item only if there is one before or after it. */
function withoutNumbers(text: string): string {
  const last = new Map<string, Mark>();
  const items = new Set<Mark>();
  for (const match of text.matchAll(numbers)) {
    const mark = markOf(text, match);
    const before = last.get(mark.style);
    last.set(mark.style, mark);
    if (before?.isFree !== true || !mark.isFree || mark.start - before.start > farthest) continue;
    if (mark.values.some((value) => before.values.includes(value - 1))) items.add(before).add(mark);
  }
  let from = 0;
  const parts: string[] = [];
  for (const { start, end } of [...items].sort((one, other) => one.start - other.start)) {
    parts.push(text.slice(from, start), ' '.repeat(end - start));
    from = end;
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)].join('');
}

function markOf(
  text: string,
  { 0: all, 1: lineStart = '', 3: open = '', 4: number = '', 5: close = '', index }: RegExpExecArray,
): Mark {
  const end = index + all.length;
  return {
    start: end - open.length - number.length - close.length,
    end,
    style: `${open}${/\d/.test(number) ? '1' : 'a'}${close}`,
    values: valuesOf(number),
    isFree: !isDay(text, end) && (/[|¦]/.test(lineStart) || mayEnd(text.slice(Math.max(0, index - 400), index))),
  };
}

/** The Roman numerals of lists. */
const romans = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv'.split(' ');

function valuesOf(number: string): readonly number[] {
  if (/\d/.test(number)) return [Number(number)];
  const letter = number.length === 1 ? [number.charCodeAt(0) - 0x60] : [];
  const roman = romans.indexOf(number) + 1;
  return roman === 0 ? letter : [...letter, roman];
}

/** "12. März" */
function isDay(text: string, end: number): boolean {
  const [word = ''] = /\p{L}+/u.exec(text.slice(end, end + 40)) ?? [];
  return monthNamed(word) !== undefined;
}

/** Whether an item may follow: after an empty line, a sentence or another item, but not in the midst of a sentence. */
function mayEnd(above: string): boolean {
  if (/(?:^|\n)[ \t>]*$|[.!?:;,]["'”’»)]*[ \t]*$/.test(above)) return true;
  const line = above.slice(Math.max(above.lastIndexOf('\n'), above.lastIndexOf('>')) + 1);
  return /^[ \t]*(?:[-*+•#]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)])/.test(line);
}
