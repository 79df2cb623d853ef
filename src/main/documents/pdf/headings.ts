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
 * alone. Levels follow from the sizes that headings have in the document. What may be something else is none.
 */
export function headingsOf(pages: Pages): readonly PageHeadings[] {
  const letters = lettersOf(pages);
  const looks = looksOfHeadings(letters);
  const found = pages.map((lines) => withoutLargePrint(lines, blocksOf(lines, looks)));
  const levels = levelsOf(found.flat(), letters.body);
  return found.map((blocks) => new Map(blocks.map(({ start, end, size }) => [start, { level: levels(size), end }])));
}

interface Letters {
  readonly total: number;
  readonly bold: number;
  readonly bySize: ReadonlyMap<number, number>;
  /** The size of most letters. */
  readonly body: number;
}

function lettersOf(pages: Pages): Letters {
  const bySize = lettersBySize(pages);
  let [total, bold] = [0, 0];
  for (const count of bySize.values()) total += count;
  for (const lines of pages) for (const { isBold, text } of lines) if (isBold) bold += text.length;
  return { total, bold, bySize, body: mostUsed(bySize) };
}

/** Times the size of most letters. */
const LARGER = 1.14;
/** Share of a document's letters beyond which a size, or bold, is that of text. */
const [MOST_OF_SIZE, MOST_BOLD] = [0.12, 0.2];

interface HeadingLooks {
  readonly isLarge: (line: PageLine) => boolean;
  readonly isBold: (line: PageLine) => boolean;
}

function looksOfHeadings({ total, bold, bySize, body }: Letters): HeadingLooks {
  const isOfText = (size: number) => (bySize.get(size) ?? 0) > total * MOST_OF_SIZE;
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
    if (end - start <= MOST_ALIKE) {
      for (const block of partsOf(lines, start, end)) {
        if (isHeading(lines, block, isLarge)) blocks.push(block);
      }
    }
    start = end;
  }
  return blocks;
}

function endOfAlike(lines: readonly PageLine[], start: number): number {
  const first = lines[start];
  let end = start + 1;
  while (end < lines.length && lines[end]?.size === first?.size && lines[end]?.isBold === first?.isBold) end += 1;
  return end;
}

/** Lines of one look, parted where there is a gap between them. */
function partsOf(lines: readonly PageLine[], start: number, end: number): readonly Block[] {
  const blocks: Block[] = [];
  const size = lines[start]?.size ?? 0;
  let from = start;
  for (let at = start + 1; at <= end; at += 1) {
    if (at < end && isNext(lines[at - 1], lines[at])) continue;
    blocks.push({ start: from, end: at, size });
    from = at;
  }
  return blocks;
}

/** From one line of a heading to its next, times the font size. */
const LINE_GAP = 1.45;

function isNext(line: PageLine | undefined, next: PageLine | undefined): boolean {
  if (line === undefined || next === undefined) return false;
  const gap = line.y - next.y;
  return gap > 0 && gap <= line.size * LINE_GAP;
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
  return !/\.{4,}|(?:\. ){4}|[…‥]{2}|[=∑∫√±≤≥≠∈∀∃]|[,;]$|^[•◦▪●■*]|^\S+@\S+$|^(?:https?:\/\/|www\.)\S+$/u.test(text);
}

/** Begins and ends as titles do: a bold line of text does not. */
function isTitle(text: string): boolean {
  return !/^[\p{Ll}(\-–—−"'“„«]|[.,;:)\]-]$/u.test(text);
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

/** The level of headings of each size, the largest first. */
function levelsOf(blocks: readonly Block[], body: number): (size: number) => number {
  const sizes = [...new Set(blocks.map(({ size }) => (size < body * LARGER ? body : size)))].sort((a, b) => b - a);
  const levels = new Map<number, number>();
  let level = -1;
  for (const [at, size] of sizes.entries()) {
    const above = sizes[at - 1];
    if (above === undefined || above > size * SAME_SIZE) level += 1;
    levels.set(size, level);
  }
  return (size) => levels.get(size < body * LARGER ? body : size) ?? 0;
}
