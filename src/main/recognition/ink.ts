import { inflateSync } from 'node:zlib';
import { type Box, boxAround } from '../pages/box.ts';

/** A picture in black and white. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  /** A byte for eight pixels, the first in its highest bit, and whole bytes for a row; a bit is 0 where there is ink. */
  readonly rows: Uint8Array;
}

/** A page of the smallest print has 300,000 runs of ink, a picture of noise some of every pixel. */
const MOST_RUNS = 2_000_000;

/** Where each piece of ink is that hangs together: most letters are one. Null for a picture that is full of specks. */
export function piecesOfInk(ink: Ink): readonly Box[] | null {
  const pieces = createPieces();
  let above: Row = { runs: [], first: 0 };
  for (let y = 0; y < ink.height; y += 1) {
    const row: Row = { runs: runsOf(ink, y), first: pieces.count() };
    if (row.first + row.runs.length / 2 > MOST_RUNS) return null;
    for (let at = 0; at < row.runs.length; at += 2) {
      pieces.add({ left: row.runs[at] ?? 0, top: y, right: row.runs[at + 1] ?? 0, bottom: y + 1 });
    }
    joinTouching(above, row, pieces.join);
    above = row;
  }
  return pieces.boxes();
}

/** How much of a picture is ink, from 0 to 1. */
export function shareOfInk({ width, height, rows }: Ink): number {
  let ink = 0;
  for (let y = 0; y < height; y += 1) {
    const begin = y * Math.ceil(width / 8);
    // Bits behind the last pixel of a row are not of the picture.
    for (let at = 0; at < width >> 3; at += 1) ink += 8 - (bitsSet[rows[begin + at] ?? PAPER] ?? 0);
  }
  return ink / Math.max(1, width * height);
}

const bitsSet = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** What is paper there is ink here: white print on black. */
export function inverted({ width, height, rows }: Ink): Ink {
  return { width, height, rows: rows.map((eight) => ~eight) };
}

interface Row {
  /** Where ink begins and ends, in turns. */
  readonly runs: readonly number[];
  /** The number of the first run among those of the picture. */
  readonly first: number;
}

function runsOf({ width, rows }: Ink, y: number): readonly number[] {
  const begin = y * Math.ceil(width / 8);
  const runs: number[] = [];
  let isInk = false;
  for (let x = 0; x < width; x += 1) {
    const eight = rows[begin + (x >> 3)] ?? PAPER;
    if ((x & 7) === 0 && eight === (isInk ? INK : PAPER)) {
      x += 7;
    } else if (((eight >> (7 - (x & 7))) & 1) === (isInk ? 1 : 0)) {
      runs.push(x);
      isInk = !isInk;
    }
  }
  if (isInk) runs.push(width);
  return runs;
}

/** Eight pixels of one kind. */
const INK = 0;
const PAPER = 0xff;

/** Joins the runs of a row with those above that they touch, if only at a corner. */
function joinTouching(above: Row, row: Row, join: (one: number, other: number) => void): void {
  let [at, over] = [0, 0];
  while (at < row.runs.length && over < above.runs.length) {
    const [left = 0, right = 0] = [row.runs[at], row.runs[at + 1]];
    const [leftAbove = 0, rightAbove = 0] = [above.runs[over], above.runs[over + 1]];
    if (leftAbove <= right && left <= rightAbove) join(above.first + over / 2, row.first + at / 2);
    if (rightAbove < right) over += 2;
    else at += 2;
  }
}

/** Boxes that are joined into larger ones: a union-find over their numbers. */
function createPieces() {
  const parents: number[] = [];
  const boxes: Box[] = [];

  const rootOf = (number: number): number => {
    let root = number;
    for (let parent = parents[root] ?? root; parent !== root; parent = parents[root] ?? root) {
      parents[root] = parents[parent] ?? parent;
      root = parent;
    }
    return root;
  };

  return {
    count: () => boxes.length,
    add(box: Box): void {
      parents.push(boxes.length);
      boxes.push(box);
    },
    join(one: number, other: number): void {
      const [first, second] = [rootOf(one), rootOf(other)];
      if (first !== second) parents[Math.max(first, second)] = Math.min(first, second);
    },
    boxes(): readonly Box[] {
      const whole = new Map<number, Box>();
      boxes.forEach((box, number) => {
        const root = rootOf(number);
        const known = whole.get(root);
        whole.set(root, known === undefined ? box : boxAround(known, box));
      });
      return [...whole.values()];
    },
  };
}

const SIGNATURE_BYTES = 8;

/** A PNG file of one bit a pixel, as Leptonica writes its pictures. @throws {Error} for any other. */
export function inkOfPng(png: Buffer): Ink {
  const data: Buffer[] = [];
  let [width, height, bits] = [0, 0, 0];
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') [width, height, bits] = [content.readUInt32BE(0), content.readUInt32BE(4), content[8] ?? 0];
    if (type === 'IDAT') data.push(content);
  }
  if (bits !== 1) throw new Error(`The picture has ${bits} bits a pixel.`);
  return { width, height, rows: unfiltered(inflateSync(Buffer.concat(data)), Math.ceil(width / 8), height) };
}

/** Undoes the filter of each row: https://www.w3.org/TR/png-3/#9Filters, for pixels of less than a byte. */
function unfiltered(filtered: Buffer, stride: number, height: number): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = filtered[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x === 0 ? 0 : (rows[at - 1] ?? 0);
      const up = y === 0 ? 0 : (rows[at - stride] ?? 0);
      const corner = x === 0 || y === 0 ? 0 : (rows[at - stride - 1] ?? 0);
      rows[at] = (filtered[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default:
      return nearest(left + up - corner, left, up, corner);
  }
}

function nearest(to: number, left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [Math.abs(to - left), Math.abs(to - up), Math.abs(to - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
