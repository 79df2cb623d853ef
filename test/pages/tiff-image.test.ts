import { describe, expect, it } from 'vitest';
import { tiffPageToPpm } from '../../src/main/pages/tiff-image.ts';
import { type Picture, tiff } from '../support/page-pictures.ts';

/** Grey pixels that differ from row to row. */
const picture: Picture = { width: 6, height: 7, pixels: Buffer.from(Array.from({ length: 42 }, (_, at) => at * 5)) };
const HEAD = 'P6\n6 7\n255\n';

function pixelsOf(file: Buffer, number = 1): Buffer | null {
  const ppm = tiffPageToPpm(file, number);
  if (ppm === null) return null;
  expect(ppm.toString('latin1', 0, HEAD.length)).toBe(HEAD);
  return Buffer.from(ppm.subarray(HEAD.length).filter((_, at) => at % 3 === 0));
}

describe('a page of a TIFF file that is packed by Deflate', () => {
  it('has the rows of all its strips, also where the last is filled up', () => {
    expect(pixelsOf(tiff([picture], { deflated: true }))).toEqual(picture.pixels);
    expect(pixelsOf(tiff([picture], { deflated: true, rows: 3 }))).toEqual(picture.pixels);
  });

  it('is decoded although the pages follow each other in a circle', () => {
    const other = { ...picture, pixels: Buffer.from(picture.pixels).reverse() };
    const file = tiff([picture, other], { deflated: true });
    const first = file.readUInt32LE(4);
    const second = file.readUInt32LE(first + 2 + file.readUInt16LE(first) * 12);
    file.writeUInt32LE(first, second + 2 + file.readUInt16LE(second) * 12);
    expect(pixelsOf(file, 2)).toEqual(other.pixels);
  });

  it('is none where the values of its pixels lie apart, which would be noise', () => {
    const file = tiff([picture], { deflated: true });
    const directory = file.readUInt32LE(4);
    const [colours, strips] = [7, 8].map((at) => directory + 2 + at * 12);
    // Three values a pixel; the count of rows in a strip becomes the order of the values.
    file.writeUInt32LE(3, (colours ?? 0) + 8);
    file.writeUInt16LE(284, strips ?? 0);
    file.writeUInt32LE(2, (strips ?? 0) + 8);
    expect(tiffPageToPpm(file, 1)).toBeNull();
  });
});
