import { commentLine } from '../comment-line.ts';
import { numeral } from '../numerals.ts';
import type { DocFile } from './doc-file.ts';
import type { SubDocument, Table } from './fib.ts';

/** A text of its own that belongs to a place in the body. */
export interface Aside {
  readonly mark: string;
  readonly from: number;
  readonly to: number;
}

/** Footnotes or endnotes, by the places in the body that they belong to. */
export function notesOf(file: DocFile, kind: 'footnotes' | 'endnotes'): ReadonlyMap<number, Aside> {
  const [marks, texts]: readonly Table[] =
    kind === 'footnotes' ? ['footnoteMarks', 'footnotes'] : ['endnoteMarks', 'endnotes'];
  const format = kind === 'footnotes' ? 'decimal' : 'lowerRoman';
  let numbered = 0;
  return asidesOf(file, marks ?? 'footnoteMarks', texts ?? 'footnotes', kind, 2, (record) => {
    // A mark that was typed has no number.
    if (record.length >= 2 && record.readUInt16LE(0) === 0) return '';
    numbered += 1;
    return `[${numeral(numbered, format)}]`;
  });
}

const [COMMENT_BYTES, AUTHOR_AT] = [30, 20];

/** Comments by their places; the mark is who made them. */
export function commentsOf(file: DocFile): ReadonlyMap<number, Aside> {
  const authors = readAuthors(file.tableOf('commentAuthors'));
  return asidesOf(file, 'commentMarks', 'comments', 'comments', COMMENT_BYTES, (record) =>
    record.length < AUTHOR_AT + 2 ? '' : (authors[record.readUInt16LE(AUTHOR_AT)] ?? ''),
  );
}

export const commentText = ({ mark }: Aside, text: string): string => commentLine(mark, text);

function asidesOf(
  file: DocFile,
  marks: Table,
  texts: Table,
  part: SubDocument,
  recordBytes: number,
  markOf: (record: Buffer) => string,
): ReadonlyMap<number, Aside> {
  const places = file.positions(marks, recordBytes);
  const ends = file.positions(texts, 0).at;
  const [start, end] = file.rangeOf(part);
  const within = (at: number | undefined) => Math.min(end, start + (at ?? end - start));
  return new Map(
    places.at.slice(0, -1).map((at, index): [number, Aside] => {
      const mark = markOf(places.record(index));
      return [at, { mark, from: within(ends[index]), to: within(ends[index + 1]) }];
    }),
  );
}

function readAuthors(bytes: Buffer): string[] {
  const authors: string[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const end = at + 2 + bytes.readUInt16LE(at) * 2;
    authors.push(bytes.toString('utf16le', at + 2, Math.min(end, bytes.length)));
    at = end;
  }
  return authors;
}

const [SHAPE_BYTES, BOX_BYTES, BOX_SHAPE_AT] = [26, 22, 14];

/** Text boxes by the shapes that they are in, and the shapes by the places that they are anchored at. */
export function boxesOf(file: DocFile) {
  const shapes = file.positions('shapes', SHAPE_BYTES);
  const shapeAt = new Map(shapes.at.slice(0, -1).map((at, index) => [at, idAt(shapes.record(index), 0)] as const));
  const anchors = new Map(shapes.at.slice(0, -1).map((at, index) => [at, shapes.record(index)] as const));
  return {
    shapeAt,
    anchorAt: (place: number) => anchors.get(place) ?? Buffer.alloc(0),
    ranges: boxRanges(file, 'boxes'),
    headerRanges: boxRanges(file, 'headerBoxes'),
  };
}

function boxRanges(file: DocFile, part: 'boxes' | 'headerBoxes') {
  const boxes = file.positions(part, BOX_BYTES);
  const [start, end] = file.rangeOf(part);
  // The last one is no box.
  return boxes.at.slice(0, -2).map((at, index) => ({
    shape: idAt(boxes.record(index), BOX_SHAPE_AT),
    from: Math.min(end, start + at),
    to: Math.min(end, start + (boxes.at[index + 1] ?? at)),
  }));
}

function idAt(record: Buffer, at: number): number {
  return record.length < at + 4 ? -1 : record.readInt32LE(at);
}
