/** A folded text, which knows where its characters come from. Offsets are in UTF-16 code units. */
export interface QuotableText {
  readonly text: string;
  /** Where in the original text the folded character at this offset begins. */
  startOf(offset: number): number;
  /** Where the folded character before this offset ends. */
  endOf(offset: number): number;
}

export interface FoldedTextBuilder {
  /** Adds what one unit of the original was folded to. */
  unit(folded: number, at: number): void;
  /** Adds what successive units of the original were folded to, one by one. @param folds left out, nothing changed. */
  units(text: string, at: number, folds?: Uint16Array): void;
  /** Adds what a piece of the original was folded to as a whole. */
  piece(folded: string, at: number, length: number): void;
  finish(): QuotableText;
}

/** Numbers kept for each piece: where it begins in the folded text and in the original, and its end in the original. */
const NUMBERS_A_PIECE = 3;
/** The end of a piece whose units correspond one by one. */
const ONE_BY_ONE = 0;

/** @param expected about how long the folded text will be. */
export function createFoldedText(expected: number): FoldedTextBuilder {
  let units = new Uint16Array(expected + 16);
  let length = 0;
  let pieces = new Int32Array(NUMBERS_A_PIECE * 64);
  let count = 0;
  /** Where the last piece goes on, if its units correspond one by one; otherwise negative. */
  let next = -1;

  const begin = (piece: number) => pieces[piece * NUMBERS_A_PIECE] ?? 0;
  const start = (piece: number) => pieces[piece * NUMBERS_A_PIECE + 1] ?? 0;
  const end = (piece: number) => pieces[piece * NUMBERS_A_PIECE + 2] ?? 0;

  const beginPiece = (from: number, to: number) => {
    const at = count * NUMBERS_A_PIECE;
    if (at + NUMBERS_A_PIECE > pieces.length) {
      const larger = new Int32Array(pieces.length * 2);
      larger.set(pieces);
      pieces = larger;
    }
    pieces[at] = length;
    pieces[at + 1] = from;
    pieces[at + 2] = to;
    count += 1;
  };

  const makeRoom = (more: number) => {
    if (length + more <= units.length) return;
    const larger = new Uint16Array(Math.max(units.length * 2, length + more));
    larger.set(units);
    units = larger;
  };

  /** The piece that holds a unit of the folded text. */
  const pieceAt = (offset: number): number => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (begin(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    unit: (folded, at) => {
      makeRoom(1);
      if (at !== next) beginPiece(at, ONE_BY_ONE);
      units[length] = folded;
      length += 1;
      next = at + 1;
    },
    units: (text, at, folds) => {
      makeRoom(text.length);
      if (at !== next) beginPiece(at, ONE_BY_ONE);
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        units[length + index] = folds === undefined ? code : (folds[code] ?? 0);
      }
      length += text.length;
      next = at + text.length;
    },
    piece: (folded, at, taken) => {
      if (folded === '') return;
      makeRoom(folded.length);
      beginPiece(at, at + taken);
      for (let index = 0; index < folded.length; index += 1) units[length + index] = folded.charCodeAt(index);
      length += folded.length;
      next = -1;
    },
    finish: () => ({
      text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'),
      startOf(offset) {
        const piece = pieceAt(offset);
        return end(piece) === ONE_BY_ONE ? start(piece) + offset - begin(piece) : start(piece);
      },
      endOf(offset) {
        const piece = pieceAt(offset - 1);
        return end(piece) === ONE_BY_ONE ? start(piece) + offset - begin(piece) : end(piece);
      },
    }),
  };
}
