import { depthOf, isNumbered, isOnlyNumber, numbersOn } from './heading-numbers.ts';
import { lettersBySize, mostUsed, type PageLine } from './page-line.ts';

/** A heading of one to three lines. */
export interface Heading {
  /** Counted from 0. */
  readonly level: number;
  /** The place behind its last line. */
  readonly end: number;
}

/** By the place of its first line on the page. */
export type PageHeadings = ReadonlyMap<number, Heading>;

type Pages = readonly (readonly PageLine[])[];

/**
 * The headings of each page: short lines in larger letters than most of the document, or in bold ones where they stand
 * alone. Levels follow from the sizes that headings have in the document, and of those of one size from their numbers. What
 * may be something else is none.
 */
export function headingsOf(pages: Pages): readonly PageHeadings[] {
  const letters = lettersOf(pages);
  const looks = looksOfHeadings(letters);
  const found = pages.map((lines) => withoutLargePrint(lines, blocksOf(lines, looks)));
  const levels = levelsOf(found.flat(), letters.body);
  return found.map((blocks) => new Map(blocks.map((block) => [block.start, { level: levels(block), end: block.end }])));
}

interface Letters {
  readonly total: number;
  readonly bold: number;
  readonly bySize: ReadonlyMap<number, number>;
  readonly linesBySize: ReadonlyMap<number, number>;
  /** The size of most letters. */
  readonly body: number;
}

function lettersOf(pages: Pages): Letters {
  const bySize = lettersBySize(pages);
  const linesBySize = new Map<number, number>();
  let [total, bold] = [0, 0];
  for (const count of bySize.values()) total += count;
  for (const lines of pages) {
    for (const { isBold, size, text } of lines) {
      if (isBold) bold += text.length;
      linesBySize.set(size, (linesBySize.get(size) ?? 0) + 1);
    }
  }
  return { total, bold, bySize, linesBySize, body: mostUsed(bySize) };
}

/** Times the size of most letters. */
const LARGER = 1.14;
/** Share of a document's letters beyond which a size, or bold, is that of text. */
const [MOST_OF_SIZE, MOST_BOLD] = [0.12, 0.2];
/** In a document of few words, the first may be more if its lines are this much shorter than those of most letters. */
const [MOST_OF_SHORT, SHORT] = [0.3, 0.5];

interface HeadingLooks {
  readonly isLarge: (line: PageLine) => boolean;
  readonly isBold: (line: PageLine) => boolean;
}

function looksOfHeadings({ total, bold, bySize, linesBySize, body }: Letters): HeadingLooks {
  const lengthOf = (size: number) => (bySize.get(size) ?? 0) / (linesBySize.get(size) ?? 1);
  const isOfText = (size: number) => {
    const share = (bySize.get(size) ?? 0) / total;
    return share > MOST_OF_SIZE && !(share <= MOST_OF_SHORT && lengthOf(size) <= SHORT * lengthOf(body));
  };
  const usesBold = bold < total * MOST_BOLD;
  return {
    isLarge: ({ size }) => body > 0 && size >= body * LARGER && !isOfText(size),
    isBold: ({ size, isBold }) => usesBold && isBold && body > 0 && size >= body * 0.95,
  };
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  /** How many numbers it begins with, as in "2.1 Rent"; 0 if none. */
  readonly depth: number;
}

const MOST_LINES = 3;
/** More lines of one look than this, one after the other, are text. */
const MOST_ALIKE = 4;

function blocksOf(lines: readonly PageLine[], looks: HeadingLooks): readonly Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; ) {
    const first = lines[start];
    if (first === undefined) break;
    const isLarge = looks.isLarge(first);
    if (!isLarge && !looks.isBold(first)) {
      start += 1;
      continue;
    }
    const end = endOfAlike(lines, start);
    if (end - start <= MOST_ALIKE && !isContents(lines.slice(start, end))) {
      for (const block of partsOf(lines, start, end)) {
        if (isHeading(lines, block, isLarge)) blocks.push(block);
      }
    }
    start = end;
  }
  return blocks;
}

/** Whether each of several lines ends with a number, as those of a table of contents do. */
function isContents(lines: readonly PageLine[]): boolean {
  return lines.length > 1 && lines.every(({ text }) => /\p{N}$/u.test(text));
}

function endOfAlike(lines: readonly PageLine[], start: number): number {
  const first = lines[start];
  let end = start + 1;
  while (end < lines.length && lines[end]?.size === first?.size && lines[end]?.isBold === first?.isBold) end += 1;
  return end;
}

/** Lines of one look, parted where there is a gap between them, or where one begins another heading. */
function partsOf(lines: readonly PageLine[], start: number, end: number): readonly Block[] {
  const blocks: Block[] = [];
  const size = lines[start]?.size ?? 0;
  let from = start;
  for (let at = start + 1; at <= end; at += 1) {
    const [line, next] = [lines[at - 1], lines[at]];
    if (
      at < end &&
      line !== undefined &&
      next !== undefined &&
      isNext(line, next) &&
      !isOther(line, next, around(lines, at))
    )
      continue;
    blocks.push({ start: from, end: at, size, depth: depthOf(lines[from]?.text ?? '') });
    from = at;
  }
  return blocks;
}

/** From one line of a heading to its next, times the font size. */
const LINE_GAP = 1.45;

function isNext(line: PageLine, next: PageLine): boolean {
  const gap = line.y - next.y;
  return gap > 0 && gap <= line.size * LINE_GAP;
}

/** More lines than a column of a page has: of a page with any number of them, those far away say nothing of a heading. */
const MOST_AROUND = 200;

function around(lines: readonly PageLine[], at: number): readonly PageLine[] {
  return lines.slice(Math.max(0, at - MOST_AROUND), at + MOST_AROUND);
}

/**
 * Whether a line below another of the same look is a heading of its own: its number says so, or there was room for it.
 * @param lines of the page around them.
 */
function isOther(line: PageLine, next: PageLine, lines: readonly PageLine[]): boolean {
  if (numbersOn(line.text, next.text)) return true;
  if (isOnlyNumber(line.text) || !/^\p{Lu}/u.test(next.text)) return false;
  return hasRoom(line, next, rightOfText(line, lines));
}

/** Tenths of a point by which the beginnings of lines of one column may differ, and the lines that it has at least. */
const [SAME_LEFT, LEAST_OF_COLUMN] = [20, 3];

/** Share of the lines of a column that end before its right edge, or at it: some programs print lines beyond it. */
const WITHIN = 0.8;

/** Where the lines of text end that begin where a heading does; null if there are too few, as on a title page. */
function rightOfText({ left, size }: PageLine, lines: readonly PageLine[]): number | null {
  const own = lines.filter((line) => Math.abs(line.left - left) <= SAME_LEFT && line.size < size);
  const ends = own.map(({ right }) => right).sort((one, other) => one - other);
  return ends.length < LEAST_OF_COLUMN ? null : (ends[Math.floor((ends.length - 1) * WITHIN)] ?? null);
}

/** Whether the first word of a line had room at the end of the one above: a heading is broken where it has to be. */
function hasRoom(line: PageLine, next: PageLine, right: number | null): boolean {
  if (right === null || Math.abs(line.left - next.left) > SAME_LEFT) return false;
  const [word = ''] = next.text.split(/\s/u);
  const letter = (next.right - next.left) / Math.max(1, next.text.length);
  return line.right + (word.length + 1) * letter <= right;
}

/** Letters of the longest heading, and of one that only stands out by being bold. */
const [LONGEST, LONGEST_BOLD] = [160, 100];

function isHeading(lines: readonly PageLine[], { start, end }: Block, isLarge: boolean): boolean {
  const own = lines.slice(start, end);
  if (own.length > MOST_LINES || own.some(({ isRow, cells }) => isRow || cells > 2)) return false;
  const text = own.map((line) => line.text).join(' ');
  if (own.some(({ cells }) => cells > 0) && /\p{N}$/u.test(text)) return false;
  if (text.length > (isLarge ? LONGEST : LONGEST_BOLD) || !isOfWords(text)) return false;
  return isLarge || (own.length === 1 && own[0]?.cells === 0 && standsAlone(lines, start) && isTitle(text));
}

const numbering = /^[\p{N}\p{P}\s]+/u;
/** Share of letters among all signs: formulas and amounts have fewer. */
const LEAST_LETTERS = 0.6;

/** Whether it is words, and not a single letter, a number, a formula, an address or a line of a table of contents. */
function isOfWords(text: string): boolean {
  const words = text.replace(numbering, '');
  const signs = words.replace(/[\s\p{M}]/gu, '');
  const letters = signs.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 2 || letters < signs.length * LEAST_LETTERS) return false;
  const ofSeveral = words.split(/\s+/u).map((word) => /\p{L}\p{M}*\p{L}/u.test(word));
  if (ofSeveral.filter(Boolean).length * 2 < ofSeveral.length) return false;
  return !/\.{4,}|(?:\. ){4}|[…‥]{2}|(?:(?: ?\.){2,}|…) *\p{N}+$|[=∑∫√±≤≥≠∈∀∃]|[,;]$|^[•◦▪●■*]|^\S+@\S+$|^(?:https?:\/\/|www\.)\S+$/u.test(
    text,
  );
}

/** Begins and ends as titles do: a bold line of text does not. */
function isTitle(text: string): boolean {
  return !/^[\p{Ll}(\-–—−"'“„«]|[,;:)\]-]$/u.test(text) && (!text.endsWith('.') || isNumbered(text));
}

/** Letters of a line that is certain to be one of a paragraph. */
const PROSE = 40;

/** With a gap before it, and a gap or a paragraph after it. The title of a table is parted from its rows. */
function standsAlone(lines: readonly PageLine[], at: number): boolean {
  const [line, next] = [lines[at], lines[at + 1]];
  if (line === undefined || (at > 0 && !line.isParted && line.follows)) return false;
  if (next === undefined) return false;
  return next.isParted || !next.follows || (!next.isBold && !next.isRow && next.text.length >= PROSE);
}

/** Share of a page's letters that headings can have. */
const MOST_OF_PAGE = 0.5;

/** On a title page or a slide all letters are large: the largest are its heading. */
function withoutLargePrint(lines: readonly PageLine[], blocks: readonly Block[]): readonly Block[] {
  if (blocks.length === 0) return blocks;
  const count = (own: readonly PageLine[]) => own.reduce((sum, { text }) => sum + text.length, 0);
  const inHeadings = blocks.reduce((sum, { start, end }) => sum + count(lines.slice(start, end)), 0);
  if (inHeadings <= count(lines) * MOST_OF_PAGE) return blocks;
  const largest = Math.max(...blocks.map(({ size }) => size));
  const [only, ...others] = blocks.filter(({ size }) => size === largest);
  return only === undefined || others.length > 0 || only.end - only.start === lines.length ? [] : [only];
}

/** Sizes closer than this are one. */
const SAME_SIZE = 1.05;

/** The level of headings, the largest first, and of one size those with the fewest numbers. */
function levelsOf(blocks: readonly Block[], body: number): (block: Block) => number {
  const sizeOf = ({ size }: Block) => (size < body * LARGER ? body : size);
  const sizes = [...new Set(blocks.map(sizeOf))].sort((one, other) => other - one);
  const ranks = new Map<number, number>();
  let rank = -1;
  for (const [at, size] of sizes.entries()) {
    const above = sizes[at - 1];
    if (above === undefined || above > size * SAME_SIZE) rank += 1;
    ranks.set(size, rank);
  }
  const rankOf = (block: Block) => ranks.get(sizeOf(block)) ?? 0;
  const depths = Array.from({ length: rank + 1 }, () => new Set<number>());
  for (const block of blocks) if (block.depth > 0) depths[rankOf(block)]?.add(block.depth);
  const firsts = depths.map((_, at) => depths.slice(0, at).reduce((sum, { size }) => sum + Math.max(1, size), 0));
  return (block) => {
    const own = [...(depths[rankOf(block)] ?? [])].filter((depth) => depth < block.depth);
    return (firsts[rankOf(block)] ?? 0) + own.length;
  };
}
