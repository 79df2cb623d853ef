import { Lexer, type Token } from 'marked';

/** A top-level piece of a Markdown text, rendered by itself so that finished pieces are never rendered again. */
export type Block =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly language: string };

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Link definitions of the whole text (`[name]: https://…`), which the pieces would otherwise not see. */
  readonly definitions: string;
}

interface Piece {
  readonly start: number;
  /** Null for definitions, which render as nothing. */
  readonly block: Block | null;
  readonly definition: string;
}

/** Blocks at the end that text to come may still join or change: a list and a paragraph after it, for one. */
const openBlocks = 2;
const footnote = /^\[\^[^\]\s]+\]:/m;

function pieceOf(token: Token, start: number): Piece {
  if (token.type === 'def') return { start, block: null, definition: `${token.raw.trim()}\n` };
  if (token.type === 'code') {
    const language = typeof token.lang === 'string' ? (token.lang.trim().split(/\s+/)[0] ?? '') : '';
    return { start, block: { kind: 'code', text: String(token.text), language }, definition: '' };
  }
  return { start, block: { kind: 'markdown', text: token.raw }, definition: '' };
}

function lex(text: string, offset: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = offset;
  // Only the block pass: the inline one is react-markdown's work, and most of the time.
  for (const token of new Lexer({ gfm: true }).blockTokens(text, [])) {
    if (token.type !== 'space') pieces.push(pieceOf(token, start));
    start += token.raw.length;
  }
  return pieces;
}

/**
 * Cuts a text into blocks. Given a longer version of the text it saw last, it reads on from near the end only, and the
 * blocks before keep their identity.
 */
export function createBlockSplitter(): (text: string) => Blocks {
  let seen = '';
  let pieces: readonly Piece[] = [];
  return (source) => {
    const text = source.replace(/\r\n?/g, '\n');
    if (!text.startsWith(seen)) pieces = [];
    const kept = pieces.slice(0, -openBlocks);
    const from = pieces[kept.length]?.start ?? 0;
    pieces = [...kept, ...lex(text.slice(from), from)];
    seen = text;
    return collect(text, pieces);
  };
}

function collect(text: string, pieces: readonly Piece[]): Blocks {
  const definitions = pieces.map(({ definition }) => definition).join('');
  // Footnotes number themselves over the whole text, which pieces cannot.
  if (footnote.test(text)) return { blocks: [{ kind: 'markdown', text }], definitions: '' };
  return { blocks: pieces.flatMap(({ block }) => (block === null ? [] : [block])), definitions };
}
