import { nothingRead, type Piece, type PlainReason, type Reading, readOn, reopen } from './pieces.ts';
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
  /** The whole text, with plain line ends. */
  readonly text: string;
  /** Where in it the blocks end; what comes after has not been read yet. */
  readonly readTo: number;
}

/** More link definitions than this are shown, at the end, as the text that they are. */
const MOST_DEFINITIONS = 1_000;
/** Notes beyond these are shown in the same way. */
const MOST_FOOTNOTES = 100;
/** What comes after so many pieces is not laid out. */
const MOST_PIECES = 2_000;
/** The ones after the last that is laid out tell that it has ended. */
const MOST_READ = MOST_PIECES + 2;
/** A longer list is several, which are laid out apart. */
const ITEMS_TOGETHER = 24;

const nothing: Blocks = { blocks: [], definitions: '', footnotes: [], notes: new Map(), text: '', readTo: 0 };

/**
 * Cuts a text into blocks. Given a longer version of the text it saw last, it reads on from near the end only, and the
 * blocks before stay the same objects. Each time it reads about as many lines and tokens as `parts` allows; given the
 * same text again, it goes on.
 */
export function createBlockSplitter(): (text: string, parts?: number) => Blocks {
  let seen = '';
  let reading = nothingRead;
  let last = nothing;
  return (source, parts = Number.POSITIVE_INFINITY) => {
    const text = source.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
    if (!text.startsWith(seen)) reading = nothingRead;
    else if (text === seen && reading.at === text.length) return last;
    // Of more than can be laid out, no more is read.
    if (reading.pieces.length < MOST_READ)
      reading = readOn(text, reading.at === seen.length ? reopen(reading) : reading, { pieces: MOST_READ, parts });
    seen = text;
    last = keepSame(last, collect(text, reading));
    return last;
  };
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

function collect(text: string, { pieces, at }: Reading): Blocks {
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
  const readTo = beyond === undefined ? at : text.length;
  return { blocks, definitions: definitions.join('\n'), footnotes, notes, text, readTo };
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
