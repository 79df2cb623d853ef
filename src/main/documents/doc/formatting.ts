import { lastAtMost, readPositions } from './plc.ts';

/** Formatting of a run of bytes in the stream. */
export interface FormattedRun {
  readonly properties: Buffer;
  /** The paragraph's style; 0 of characters. */
  readonly style: number;
  /** Where in the stream it ends. */
  readonly end: number;
}

export type Formatting = (place: number) => FormattedRun | null;

const PAGE_BYTES = 512;

/** Formatting is kept in pages of the stream, which a table lists by the places that they are about. */
export function readFormatting(table: Buffer, stream: Buffer, kind: 'paragraphs' | 'characters'): Formatting {
  const pages = readPositions(table, 4);
  const cached = new Map<number, Page>();
  const pageAt = (index: number): Page => {
    const known = cached.get(index);
    if (known !== undefined) return known;
    const record = pages.record(index);
    const at = record.length < 4 ? 0 : record.readUInt32LE(0) * PAGE_BYTES;
    const page = readPage(stream.subarray(at, at + PAGE_BYTES), kind);
    cached.set(index, page);
    return page;
  };
  return (place) => {
    const index = lastAtMost(pages.at, place);
    if (index < 0 || index >= pages.at.length - 1) return null;
    const { starts, runs } = pageAt(index);
    return runs[lastAtMost(starts, place)] ?? null;
  };
}

interface Page {
  readonly starts: readonly number[];
  readonly runs: readonly FormattedRun[];
}

function readPage(page: Buffer, kind: 'paragraphs' | 'characters'): Page {
  const count = page.length < PAGE_BYTES ? 0 : (page[PAGE_BYTES - 1] ?? 0);
  const entryBytes = kind === 'paragraphs' ? 13 : 1;
  if ((count + 1) * 4 + count * entryBytes >= PAGE_BYTES) return { starts: [], runs: [] };
  const starts = Array.from({ length: count }, (_, index) => page.readUInt32LE(index * 4));
  const runs = starts.map((_, index) => {
    const end = page.readUInt32LE((index + 1) * 4);
    const at = (page[(count + 1) * 4 + index * entryBytes] ?? 0) * 2;
    return { ...(kind === 'paragraphs' ? ofParagraph(page, at) : ofCharacters(page, at)), end };
  });
  return { starts, runs };
}

const plain = { style: 0, properties: Buffer.alloc(0) };

function ofCharacters(page: Buffer, at: number): Omit<FormattedRun, 'end'> {
  return at === 0 ? plain : { style: 0, properties: page.subarray(at + 1, at + 1 + (page[at] ?? 0)) };
}

function ofParagraph(page: Buffer, at: number): Omit<FormattedRun, 'end'> {
  if (at === 0) return plain;
  const words = page[at] ?? 0;
  const [from, size] = words === 0 ? [at + 2, (page[at + 1] ?? 0) * 2] : [at + 1, words * 2 - 1];
  if (size < 2 || from + 2 > page.length) return plain;
  return { style: page.readUInt16LE(from), properties: page.subarray(from + 2, from + size) };
}
