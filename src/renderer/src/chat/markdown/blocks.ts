import { OPEN_PIECES, type Piece, type PlainReason, readPieces } from './pieces.ts';
import type { NoteNumbers } from './rules/footnotes.ts';

/** A part of a Markdown text, drawn by itself so that finished parts are never drawn again. */
export type Block =
  | { readonly kind: 'heading' | 'table' | 'markdown' | 'math'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly info: string }
  | { readonly kind: 'plain'; readonly text: string; readonly reason: PlainReason }
  | {
      readonly kind: 'list';
      readonly start: number | null;
      readonly items: readonly string[];
      /** It goes on with the list before it. */
      readonly more: boolean;
    };

interface Footnote {
  readonly label: string;
  readonly text: string;
}

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Link definitions of the whole text (`[name]: https://…`), which its parts would otherwise not see. */
  readonly definitions: string;
  /** In the order in which they stand; their numbers are counted so. */
  readonly footnotes: readonly Footnote[];
  readonly notes: NoteNumbers;
}

/** More link definitions than this are shown, at the end, as the text that they are. */
const MOST_DEFINITIONS = 1_000;
/** Notes beyond these are shown in the same way. */
const MOST_FOOTNOTES = 100;
/** What comes after so many pieces is not laid out. */
const MOST_PIECES = 2_000;
/** The ones after the last that is laid out tell that it has ended. */
const MOST_READ = MOST_PIECES + OPEN_PIECES;
/** A longer list is several, which are laid out apart. */
const ITEMS_TOGETHER = 24;

const nothing: Blocks = { blocks: [], definitions: '', footnotes: [], notes: new Map() };

/**
 * Cuts a text into blocks. Given a longer version of the text it saw last, it reads on from near the end only, and the
 * blocks before stay the same objects.
 */
export function createBlockSplitter(): (text: string) => Blocks {
  let seen = '';
  let pieces: readonly Piece[] = [];
  let last = nothing;
  return (source) => {
    const text = source.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
    if (!text.startsWith(seen)) pieces = [];
    // Of more than can be laid out, no more is read.
    if (pieces.length < MOST_READ) {
      const kept = pieces.slice(0, -OPEN_PIECES);
      const reread = pieces[kept.length];
      const again = readPieces(text, reread?.start ?? 0, MOST_READ - kept.length);
      pieces = [...kept, ...continueList(kept, again, reread)].slice(0, MOST_READ);
    }
    seen = text;
    last = keepSame(last, collect(text, pieces));
    return last;
  };
}

/** Reading that began within a list sees a new list there; it is the old one that goes on. */
function continueList(kept: readonly Piece[], again: readonly Piece[], old: Piece | undefined): readonly Piece[] {
  const [next, ...rest] = again;
  const continues = old?.content.kind === 'item' && !old.content.first && kept.length > 0;
  if (next?.content.kind !== 'item' || !continues) return again;
  return [{ ...next, content: { ...next.content, first: false } }, ...rest];
}

/** Blocks that did not change stay the same objects, and so do the parts that all of them depend on. */
function keepSame(last: Blocks, next: Blocks): Blocks {
  const blocks = next.blocks.map((block, place) => {
    const known = last.blocks[place];
    return isSameBlock(known, block) ? known : block;
  });
  const labels = [...next.notes.keys()];
  const sameNotes = labels.length === last.notes.size && labels.every((label) => last.notes.has(label));
  return { ...next, blocks, notes: sameNotes ? last.notes : next.notes };
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
  if (block.kind === 'code' && (known as typeof block).info !== block.info) return false;
  if (block.kind === 'plain' && (known as typeof block).reason !== block.reason) return false;
  return (known as typeof block).text === block.text;
}

function collect(text: string, pieces: readonly Piece[]): Blocks {
  const blocks: Block[] = [];
  const definitions: string[] = [];
  const tooMany: string[] = [];
  const footnotes: Footnote[] = [];
  const notes = new Map<string, number>();
  let list: { start: number | null; items: string[] } | null = null;
  const beyond = pieces.length < MOST_READ ? undefined : pieces[MOST_PIECES];
  for (const { content } of beyond === undefined ? pieces : pieces.slice(0, MOST_PIECES)) {
    if (content.kind === 'item') {
      list = addItem(blocks, list, content);
      continue;
    }
    if (content.kind === 'definition' && definitions.length < MOST_DEFINITIONS) definitions.push(content.text.trim());
    else if (content.kind === 'definition') tooMany.push(content.text);
    else if (content.kind === 'footnote' && footnotes.length >= MOST_FOOTNOTES) {
      tooMany.push(`[^${content.label}]: ${content.text}\n`);
    } else if (content.kind === 'footnote') {
      footnotes.push({ label: content.label, text: content.text });
      if (!notes.has(content.label)) notes.set(content.label, footnotes.length);
    } else blocks.push(content);
  }
  if (beyond !== undefined) blocks.push({ kind: 'plain', text: text.slice(beyond.start), reason: 'long' });
  if (tooMany.length > 0) blocks.push({ kind: 'plain', text: tooMany.join(''), reason: 'long' });
  return { blocks, definitions: definitions.join('\n'), footnotes, notes };
}

type Item = Extract<Piece['content'], { kind: 'item' }>;
type OpenList = { readonly start: number | null; readonly items: string[] };

function addItem(blocks: Block[], list: OpenList | null, { text, ordered, number, first }: Item): OpenList {
  if (list !== null && !first && list.items.length < ITEMS_TOGETHER) {
    list.items.push(text);
    return list;
  }
  const more = list !== null && !first;
  const start = more ? (list.start === null ? null : list.start + list.items.length) : ordered ? number : null;
  const opened = { start, items: [text] };
  blocks.push({ kind: 'list', ...opened, more });
  return opened;
}
