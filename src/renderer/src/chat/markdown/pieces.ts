import type { Token } from 'markdown-it';
import { parser } from './parser.ts';

/** A stretch of a Markdown text that is drawn by itself. Text to come may change the last ones only. */
export interface Piece {
  readonly start: number;
  readonly content: Content;
}

export type PlainReason = 'deep' | 'long' | 'marks';

type Content =
  | { readonly kind: 'heading' | 'table' | 'markdown' | 'math'; readonly text: string }
  /** `info` is what stands behind the fence: the language, and at times a file's name. */
  | { readonly kind: 'code'; readonly text: string; readonly info: string }
  /** What is not laid out, and why. */
  | { readonly kind: 'plain'; readonly text: string; readonly reason: PlainReason }
  | {
      readonly kind: 'item';
      readonly text: string;
      readonly ordered: boolean;
      readonly number: number;
      readonly first: boolean;
    }
  | { readonly kind: 'definition'; readonly text: string }
  | { readonly kind: 'footnote'; readonly text: string; readonly label: string };

/** How much the parser is given at once, unless a single piece is longer. */
const WINDOW = 4_000;
/** A single paragraph, table or item beyond this is not laid out. No window is larger. */
const LONGEST_PIECE = 32_000;
/** Nor is one that fills a window and has more lines and tokens in it. */
const MOST_PARTS = 2_000;
/** Code with a longer line is no code, and laying such a line out takes as long as a page of others. */
const LONGEST_CODE_LINE = 5_000;
/** Pieces at the end of what was read that the text behind it may still join or change. */
const OPEN_PIECES = 2;

/** How far a text has been read. */
export interface Reading {
  readonly pieces: readonly Piece[];
  /** Where reading goes on. */
  readonly at: number;
  /** The item that begins there belongs to the list before it. */
  readonly inList: boolean;
}

export const nothingRead: Reading = { pieces: [], at: 0, inList: false };

interface Limits {
  /** Reading ends when there are so many. */
  readonly pieces: number;
  /** Reading pauses after so many lines and tokens. */
  readonly parts: number;
}

/**
 * Reads on in a text, window by window. A larger window is used only for a piece that fills a smaller one, and only that
 * piece is taken from it. So what a piece is read as does not depend on where reading began.
 */
export function readOn(text: string, { pieces: known, at: from, inList: within }: Reading, limits: Limits): Reading {
  const pieces = [...known];
  let at = from;
  let inList = within;
  let size = WINDOW;
  for (let parts = 0; at < text.length && pieces.length < limits.pieces && (parts < limits.parts || size > WINDOW); ) {
    const window = readWindow(text, at, windowEnd(text, at, size));
    parts += window.parts;
    const taken = takeFrom(window, text, size);
    if (taken === null) {
      size *= 2;
      continue;
    }
    pieces.push(...(inList ? inSameList(taken.pieces) : taken.pieces));
    at = taken.at;
    inList = taken.inList;
    size = WINDOW;
  }
  return { pieces, at, inList };
}

/** Takes back what text to come may change, so that it is read again. */
export function reopen({ pieces }: Reading): Reading {
  const kept = pieces.slice(0, -OPEN_PIECES);
  const next = pieces[kept.length];
  return next === undefined ? nothingRead : { pieces: kept, at: next.start, inList: goesOn(next) };
}

function goesOn({ content }: Piece): boolean {
  return content.kind === 'item' && !content.first;
}

/** Reading that begins within a list sees a new list there. */
function inSameList(pieces: readonly Piece[]): readonly Piece[] {
  const [next, ...rest] = pieces;
  if (next?.content.kind !== 'item') return pieces;
  return [{ ...next, content: { ...next.content, first: false } }, ...rest];
}

/** Whole lines, unless one of them is most of what may be read. */
function windowEnd(text: string, at: number, size: number): number {
  if (at + size >= text.length) return text.length;
  const end = text.lastIndexOf('\n', at + size - 1) + 1;
  return end > at + size / 2 ? end : at + size;
}

interface Window {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
  /** Lines and tokens. */
  readonly parts: number;
}

/** The pieces that the text behind the window does not change; null when that takes a larger window. */
function takeFrom({ start, end, pieces, parts }: Window, text: string, size: number): Reading | null {
  const [first, second] = pieces;
  const last = end === text.length;
  if (last && (size === WINDOW || second === undefined)) return { pieces, at: end, inList: false };
  if (first === undefined) return { pieces, at: end, inList: false };
  if (second !== undefined) {
    const settled = size === WINDOW ? Math.max(1, pieces.length - OPEN_PIECES) : 1;
    const next = pieces[settled] ?? second;
    return { pieces: pieces.slice(0, settled), at: next.start, inList: goesOn(next) };
  }
  if (first.start > start) return { pieces: [], at: first.start, inList: goesOn(first) };
  const code = first.content.kind === 'code';
  const fence = code ? fenceOf(text, start, end) : null;
  if (fence !== null) return readFenced(text, first, fence);
  return size >= LONGEST_PIECE || (!code && parts > MOST_PARTS) ? readLong(text, start, end) : null;
}

const blankLine = /\n[ \t]*\n/g;

/** Up to the next blank line. */
function readLong(text: string, start: number, windowEnd: number): Reading {
  // The window may end with it.
  blankLine.lastIndex = start + text.slice(start, windowEnd).trimEnd().length;
  const blank = blankLine.exec(text);
  const end = blank === null ? text.length : blank.index + blank[0].length;
  const reason = end - start > LONGEST_PIECE ? 'long' : 'marks';
  const content = { kind: 'plain', text: text.slice(start, end), reason } as const;
  return { pieces: [{ start, content }], at: end, inList: false };
}

const openingFence = /( {0,3})(`{3,}|~{3,})/y;

interface Fence {
  readonly indent: number;
  readonly marks: string;
  /** Where the code begins. */
  readonly from: number;
}

function fenceOf(text: string, start: number, windowEnd: number): Fence | null {
  const from = text.indexOf('\n', start) + 1;
  openingFence.lastIndex = start;
  const [, indent = '', marks = ''] = openingFence.exec(text) ?? [];
  return marks === '' || from === 0 || from > windowEnd ? null : { indent: indent.length, marks, from };
}

/** Code of any length, up to its closing fence. */
function readFenced(text: string, { start, content }: Piece, { indent, marks, from }: Fence): Reading {
  const closing = new RegExp(`^ {0,3}${marks}${marks.charAt(0)}*[ \\t]*(?:\\n|$)`, 'gm');
  closing.lastIndex = from;
  const closed = closing.exec(text);
  const end = closed === null ? text.length : closed.index + closed[0].length;
  const lines = text.slice(from, closed?.index).replace(/\n$/, '');
  const code = indent === 0 ? lines : lines.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '');
  return {
    pieces: [{ start, content: bounded({ ...content, text: code }, text.slice(start, end), []) }],
    at: end,
    inList: false,
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function readWindow(whole: string, start: number, end: number): Window {
  const text = whole.slice(start, end);
  const tokens: Token[] = [];
  // Only the block pass: what stands in the lines is read when it is drawn.
  parser().block.parse(text, parser(), {}, tokens);
  const starts = lineStarts(text);
  const pieces: Piece[] = [];
  for (let place = 0; place < tokens.length; ) {
    const next = endOfTopLevel(tokens, place);
    pieces.push(...readTopLevel(tokens.slice(place, next), { text, starts, offset: start }));
    place = next;
  }
  return { start, end, pieces, parts: tokens.length + starts.length };
}

function endOfTopLevel(tokens: readonly Token[], place: number): number {
  if (tokens[place]?.nesting !== 1) return place + 1;
  let end = place + 1;
  while (end < tokens.length && !(tokens[end]?.nesting === -1 && tokens[end]?.level === 0)) end += 1;
  return end + 1;
}

interface Source {
  readonly text: string;
  readonly starts: readonly number[];
  /** Where the text stands in the whole. */
  readonly offset: number;
}

interface Stretch {
  readonly start: number;
  readonly text: string;
}

function stretchOf({ text, starts, offset }: Source, { map }: Token): Stretch {
  const start = starts[map?.[0] ?? 0] ?? text.length;
  const end = starts[map?.[1] ?? 0] ?? text.length;
  return { start: offset + start, text: text.slice(start, end) };
}

function readTopLevel(tokens: readonly Token[], source: Source): readonly Piece[] {
  const [first] = tokens;
  if (first === undefined) return [];
  if (first.type === 'bullet_list_open' || first.type === 'ordered_list_open') return readList(tokens, source);
  const { start, text } = stretchOf(source, first);
  return [{ start, content: bounded(contentOf(first, text), text, tokens) }];
}

/** A list is cut into its items: a long one would else be drawn whole with each word that is added to it. */
function readList(tokens: readonly Token[], source: Source): readonly Piece[] {
  const ordered = tokens[0]?.type === 'ordered_list_open';
  const opens = tokens.flatMap((token, place) => (token.type === 'list_item_open' && token.level === 1 ? [place] : []));
  return opens.map((place, index) => {
    const token = tokens[place];
    if (token === undefined) throw new Error('A list has the items that were just found in it.');
    const { start, text } = stretchOf(source, token);
    const number = ordered ? Number.parseInt(token.info, 10) || 0 : 0;
    const item = { kind: 'item', text, ordered, number, first: index === 0 } as const;
    return { start, content: bounded(item, text, tokens.slice(place, opens[index + 1])) };
  });
}

/** What is too deep or too long becomes the text that it is. */
function bounded(content: Content, text: string, tokens: readonly Token[]): Content {
  if (tokens.some(({ type }) => type === 'too_deep')) return { kind: 'plain', text, reason: 'deep' };
  const long = content.kind === 'code' ? hasLongLine(content.text) : text.length > LONGEST_PIECE;
  return long ? { kind: 'plain', text, reason: 'long' } : content;
}

function hasLongLine(code: string): boolean {
  for (let at = 0; at + LONGEST_CODE_LINE < code.length; ) {
    const end = code.lastIndexOf('\n', at + LONGEST_CODE_LINE);
    if (end < at) return true;
    at = end + 1;
  }
  return false;
}

function contentOf(token: Token, text: string): Content {
  switch (token.type) {
    case 'fence':
      return {
        kind: 'code',
        text: token.content.replace(/\n$/, ''),
        info: token.info.trim(),
      };
    case 'code_block':
      return { kind: 'code', text: token.content.replace(/\n+$/, ''), info: '' };
    case 'math_block':
      return { kind: 'math', text: token.content };
    case 'reference_definition':
      return { kind: 'definition', text };
    case 'footnote':
      return { kind: 'footnote', text: token.content, label: token.info };
    case 'heading_open':
      return { kind: 'heading', text };
    case 'table_open':
      return { kind: 'table', text };
    default:
      return { kind: 'markdown', text };
  }
}
