import { lastAtMost } from './plc.ts';

/** A run of the text that stands together in the file. */
export interface Piece {
  /** In the text. */
  readonly from: number;
  readonly to: number;
  /** In the stream. */
  readonly at: number;
  /** Bytes a character. */
  readonly width: 1 | 2;
}

export interface Pieces {
  readonly text: string;
  /** The piece that a character is in. */
  readonly of: (at: number) => Piece | null;
  /** Where in the stream a character is. */
  readonly placeOf: (at: number) => number;
}

const [PROPERTIES, PIECES] = [1, 2];
const NARROW = 0x4000_0000;
const western = new TextDecoder('windows-1252');

/** The text, which was put together from pieces as it was edited. Throws if it is damaged. */
export function readPieces(table: Buffer, stream: Buffer): Pieces {
  const pieces = pieceList(pieceTable(table));
  const characters = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  // Pieces share their bytes only where a file was made to do harm.
  if (characters > stream.length) throw new Error('The text is longer than the file.');
  const text = pieces.map((piece) => textOf(piece, stream)).join('');
  const starts = pieces.map(({ from }) => from);
  const of = (at: number): Piece | null => {
    const piece = pieces[lastAtMost(starts, at)];
    return piece === undefined || at >= piece.to ? null : piece;
  };
  return {
    text,
    of,
    placeOf(at) {
      const piece = of(at);
      return piece === null ? -1 : piece.at + (at - piece.from) * piece.width;
    },
  };
}

function pieceTable(table: Buffer): Buffer {
  let at = 0;
  while (table[at] === PROPERTIES) at += 3 + table.readUInt16LE(at + 1);
  if (table[at] !== PIECES) throw new Error('There is no table of pieces.');
  return table.subarray(at + 5, at + 5 + table.readUInt32LE(at + 1));
}

function pieceList(bytes: Buffer): Piece[] {
  const count = Math.floor((bytes.length - 4) / 12);
  return Array.from({ length: count }, (_, index): Piece => {
    const [from, to] = [bytes.readUInt32LE(index * 4), bytes.readUInt32LE(index * 4 + 4)];
    if (to < from) throw new Error('The pieces are out of order.');
    const place = bytes.readUInt32LE((count + 1) * 4 + index * 8 + 2);
    const isNarrow = (place & NARROW) !== 0;
    return { from, to, at: isNarrow ? (place & ~NARROW) >>> 1 : place, width: isNarrow ? 1 : 2 };
  });
}

/** What a cut-off file no longer has is left blank, so that places in the text stay right. */
function textOf({ from, to, at, width }: Piece, stream: Buffer): string {
  const bytes = stream.subarray(at, at + (to - from) * width);
  const text = width === 1 ? western.decode(bytes) : bytes.toString('utf16le');
  return text.padEnd(to - from, ' ');
}
