import { Lexer, type Token, type Tokens } from 'marked';

/** A piece of a Markdown text, rendered by itself so that finished pieces are never rendered again. */
export type Block =
  | { readonly kind: 'heading' | 'table' | 'markdown'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  /** A list is cut into its items: a long one would else be rendered whole with each word that is added to it. */
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly string[] };

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Link definitions of the whole text (`[name]: https://…`), which the pieces would otherwise not see. */
  readonly definitions: string;
}

/** What text to come may still change is read again from the start of a piece. */
interface Piece {
  readonly start: number;
  readonly content:
    | Exclude<Block, { kind: 'list' }>
    | {
        readonly kind: 'item';
        readonly text: string;
        readonly ordered: boolean;
        readonly number: number;
        readonly first: boolean;
      }
    | { readonly kind: 'definition'; readonly text: string };
}

/** Pieces at the end that text to come may still join or change: a list and a paragraph after it, for one. */
const openPieces = 2;
const footnote = /^\[\^[^\]\s]+\]:/m;

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

function readList(token: Tokens.List, start: number): readonly Piece[] {
  let at = start;
  return token.items.map((item: Tokens.ListItem, place) => {
    const number = token.ordered ? Number.parseInt(item.raw, 10) || 0 : 0;
    const piece: Piece = {
      start: at,
      content: { kind: 'item', text: item.raw, ordered: token.ordered, number, first: place === 0 },
    };
    at += item.raw.length;
    return piece;
  });
}

function readToken(token: Token, start: number): readonly Piece[] {
  if (token.type === 'space') return [];
  if (isList(token)) return readList(token, start);
  if (token.type === 'def') return [{ start, content: { kind: 'definition', text: token.raw } }];
  if (token.type === 'code') {
    const language = typeof token.lang === 'string' ? (token.lang.trim().split(/\s+/)[0] ?? '') : '';
    return [{ start, content: { kind: 'code', text: String(token.text), language } }];
  }
  const kind = token.type === 'heading' || token.type === 'table' ? token.type : 'markdown';
  return [{ start, content: { kind, text: token.raw } }];
}

function read(text: string, offset: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = offset;
  // Only the block pass: the inline one is react-markdown's work, and most of the time.
  for (const token of new Lexer({ gfm: true }).blockTokens(text, [])) {
    pieces.push(...readToken(token, start));
    start += token.raw.length;
  }
  return pieces;
}

/** Reading that began within a list sees a new list there; it is the old one that goes on. */
function continueList(kept: readonly Piece[], again: readonly Piece[], old: Piece | undefined): readonly Piece[] {
  const [next, ...rest] = again;
  const continues = old?.content.kind === 'item' && !old.content.first && kept.length > 0;
  if (next?.content.kind !== 'item' || !continues) return again;
  return [{ ...next, content: { ...next.content, first: false } }, ...rest];
}

/**
 * Cuts a text into blocks. Given a longer version of the text it saw last, it reads on from near the end only, and the
 * pieces before keep their texts.
 */
export function createBlockSplitter(): (text: string) => Blocks {
  let seen = '';
  let pieces: readonly Piece[] = [];
  let last: Blocks = { blocks: [], definitions: '' };
  return (source) => {
    const text = source.replace(/\r\n?/g, '\n');
    if (!text.startsWith(seen)) pieces = [];
    const kept = pieces.slice(0, -openPieces);
    const reread = pieces[kept.length];
    const from = reread?.start ?? 0;
    pieces = [...kept, ...continueList(kept, read(text.slice(from), from), reread)];
    seen = text;
    last = keepSame(last, collect(text, pieces));
    return last;
  };
}

/** Blocks that did not change stay the same objects, so that they are not rendered again. */
function keepSame(last: Blocks, { blocks, definitions }: Blocks): Blocks {
  const kept = blocks.map((block, place) => {
    const known = last.blocks[place];
    return isSameBlock(known, block) ? known : block;
  });
  return { blocks: kept, definitions };
}

/** What was read again, or put together again from its items, is most often what it was. */
function isSameBlock(known: Block | undefined, block: Block): known is Block {
  if (known === undefined || known.kind !== block.kind) return false;
  if (block.kind === 'list') {
    const { start, items } = known as typeof block;
    return (
      start === block.start &&
      items.length === block.items.length &&
      items.every((item, place) => item === block.items[place])
    );
  }
  if (block.kind === 'code' && (known as typeof block).language !== block.language) return false;
  return (known as typeof block).text === block.text;
}

function collect(text: string, pieces: readonly Piece[]): Blocks {
  // Footnotes number themselves over the whole text, which pieces cannot.
  if (footnote.test(text)) return { blocks: [{ kind: 'markdown', text }], definitions: '' };
  const blocks: Block[] = [];
  const definitions: string[] = [];
  let items: string[] = [];
  for (const { content } of pieces) {
    if (content.kind === 'definition') definitions.push(content.text.trim());
    else if (content.kind !== 'item') blocks.push(content);
    else if (content.first) {
      items = [content.text];
      blocks.push({ kind: 'list', start: content.ordered ? content.number : null, items });
    } else items.push(content.text);
  }
  return { blocks, definitions: definitions.join('\n') };
}
