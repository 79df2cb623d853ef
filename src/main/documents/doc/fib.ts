/** Which parts of the file a Word 97–2003 document is made of, from the block at the beginning of its text. */
export interface Fib {
  /** The name of the stream that the tables are in. */
  readonly tables: '0Table' | '1Table';
  /** Characters of the body, the footnotes and so on, which follow each other in this order. */
  readonly lengths: Readonly<Record<SubDocument, number>>;
  readonly placeOf: (table: Table) => { readonly at: number; readonly size: number };
}

const subDocuments = [
  'body',
  'footnotes',
  'headers',
  'macros',
  'comments',
  'endnotes',
  'boxes',
  'headerBoxes',
] as const;
export type SubDocument = (typeof subDocuments)[number];

/** By their numbers in the list of tables. */
const tables = {
  styles: 1,
  footnoteMarks: 2,
  footnotes: 3,
  commentMarks: 4,
  comments: 5,
  headers: 11,
  characters: 12,
  paragraphs: 13,
  fonts: 15,
  pieces: 33,
  commentAuthors: 36,
  shapes: 40,
  endnoteMarks: 46,
  endnotes: 47,
  drawings: 50,
  boxes: 56,
  headerBoxes: 58,
  lists: 73,
  listOverrides: 74,
} as const;
export type Table = keyof typeof tables;

const [FLAGS_AT, BASE_BYTES] = [10, 32];
const [ENCRYPTED, SECOND_TABLE] = [0x0100, 0x0200];
/** Of the first length among the document's numbers. */
const FIRST_LENGTH = 3;

export function isEncrypted(stream: Buffer): boolean {
  return stream.length >= FLAGS_AT + 2 && (stream.readUInt16LE(FLAGS_AT) & ENCRYPTED) !== 0;
}

/** Throws if the block is cut off. */
export function readFib(stream: Buffer): Fib {
  const numbersAt = BASE_BYTES + 2 + stream.readUInt16LE(BASE_BYTES) * 2;
  const lengthsAt = numbersAt + 2;
  const placesAt = lengthsAt + stream.readUInt16LE(numbersAt) * 4;
  const count = stream.readUInt16LE(placesAt);
  const lengths = subDocuments.map(
    (name, at) => [name, stream.readInt32LE(lengthsAt + (FIRST_LENGTH + at) * 4)] as const,
  );
  return {
    tables: (stream.readUInt16LE(FLAGS_AT) & SECOND_TABLE) === 0 ? '0Table' : '1Table',
    lengths: Object.fromEntries(lengths.map(([name, length]) => [name, Math.max(0, length)])) as Fib['lengths'],
    placeOf(table) {
      const at = placesAt + 2 + tables[table] * 8;
      if (tables[table] >= count || at + 8 > stream.length) return { at: 0, size: 0 };
      return { at: stream.readUInt32LE(at), size: stream.readUInt32LE(at + 4) };
    },
  };
}

/** Where in the whole text each sub-document begins and ends. */
export function rangesOf(lengths: Fib['lengths']): Readonly<Record<SubDocument, readonly [from: number, to: number]>> {
  let at = 0;
  const ranges = subDocuments.map((name) => {
    const from = at;
    at += lengths[name];
    return [name, [from, at]] as const;
  });
  return Object.fromEntries(ranges) as Record<SubDocument, readonly [number, number]>;
}
