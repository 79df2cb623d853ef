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

/** The parser is never given more than this at once, which bounds what it may cost. */
const WINDOW = 64_000;
/** A single paragraph, table or item beyond this is not laid out. */
const LONGEST_PIECE = 32_000;
/** Code with a longer line is no code, and laying such a line out takes as long as a page of others. */
const LONGEST_CODE_LINE = 5_000;
/** Pieces at the end of what was read that the text behind it may still join or change. */
export const OPEN_PIECES = 2;

/**
 * Reads a text from `from` on, until it has more than `most` pieces. Each stretch of it is given to the parser twice at
 * most, whatever stands in it.
 */
export function readPieces(text: string, from: number, most: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  while (at < text.length && pieces.length <= most) {
    const end = windowEnd(text, at);
    const read = readWindow(text.slice(at, end), at);
    if (end === text.length) {
      pieces.push(...read);
      break;
    }
    const settled = read.slice(0, -OPEN_PIECES);
    const [first, second] = read;
    const next = read[settled.length];
    if (first === undefined) at = end;
    else if (settled.length > 0 && next !== undefined) {
      pieces.push(...settled);
      at = next.start;
    } else if (second !== undefined) {
      pieces.push(first);
      at = second.start;
    } else if (first.start > at) at = first.start;
    else {
      pieces.push(readLong(text, first, end));
      at = endOfLong(text, first, end);
    }
  }
  return pieces;
}

/** Whole lines, unless one of them is most of what may be read. */
function windowEnd(text: string, at: number): number {
  if (at + WINDOW >= text.length) return text.length;
  const end = text.lastIndexOf('\n', at + WINDOW - 1) + 1;
  return end > at + WINDOW / 2 ? end : at + WINDOW;
}

/** One piece that fills a window and goes on. */
function readLong(text: string, { start, content }: Piece, from: number): Piece {
  const end = endOfLong(text, { start, content }, from);
  if (content.kind !== 'code')
    return { start, content: { kind: 'plain', text: text.slice(start, end), reason: 'long' } };
  const code = text.slice(text.indexOf('\n', start) + 1, end).replace(/\n?[ ]{0,3}(?:`{3,}|~{3,})[ \t]*\n?$/, '');
  return { start, content: bounded({ ...content, text: code }, text.slice(start, end), []) };
}

/** Code ends at its fence, all else at the next blank line. */
function endOfLong(text: string, { start, content }: Piece, from: number): number {
  const fence =
    content.kind === 'code' ? /^ {0,3}(`{3,}|~{3,})/.exec(text.slice(start, start + 1_000))?.[1] : undefined;
  const end = fence === undefined ? /\n[ \t]*\n/g : new RegExp(`\\n {0,3}${fence}${fence[0]}*[ \\t]*(?:\\n|$)`, 'g');
  end.lastIndex = Math.max(start, from - 1);
  const found = end.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function readWindow(text: string, offset: number): readonly Piece[] {
  const tokens: Token[] = [];
  // Only the block pass: what stands in the lines is read when it is drawn.
  parser().block.parse(text, parser(), {}, tokens);
  const starts = lineStarts(text);
  const pieces: Piece[] = [];
  for (let place = 0; place < tokens.length; ) {
    const end = endOfTopLevel(tokens, place);
    pieces.push(...readTopLevel(tokens.slice(place, end), { text, starts, offset }));
    place = end;
  }
  return pieces;
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
