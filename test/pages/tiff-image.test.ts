import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tiffPage, tiffPages } from '../../src/main/documents/images/tiff-pages.ts';
import { decodableImages } from '../../src/main/pages/decodable-image.ts';
import { startImageDecoder } from '../../src/main/pages/image-decoder.ts';
import { scaleImage } from '../../src/main/pages/scale-image.ts';
import { decodeTiffPage } from '../../src/main/pages/tiff-image.ts';
import { type Picture, tiff, tiffOfJpeg } from '../support/page-pictures.ts';

/** Grey pixels that differ from row to row. */
const picture: Picture = { width: 6, height: 7, pixels: Buffer.from(Array.from({ length: 42 }, (_, at) => at * 5)) };
const HEAD = 'P6\n6 7\n255\n';

async function pixelsOf(file: Buffer, number = 1): Promise<Buffer | null> {
  const ppm = await decodeTiffPage(file, tiffPage(file, number));
  if (ppm === null) return null;
  expect(ppm.toString('latin1', 0, HEAD.length)).toBe(HEAD);
  return Buffer.from(ppm.subarray(HEAD.length).filter((_: number, at: number) => at % 3 === 0));
}

describe('a page of a TIFF file that is packed by Deflate', () => {
  it('has the rows of all its strips, also where the last is filled up', async () => {
    expect(await pixelsOf(tiff([picture], { deflated: true }))).toEqual(picture.pixels);
    expect(await pixelsOf(tiff([picture], { deflated: true, rows: 3 }))).toEqual(picture.pixels);
  });

  it('is whole where its only strip is longer than the page', async () => {
    expect(await pixelsOf(tiff([picture], { deflated: true, rows: 90 }))).toEqual(picture.pixels);
  });

  it('is whole where the file does not say how long its strips are', async () => {
    const file = tiff([picture], { deflated: true });
    const lengths = file.readUInt32LE(4) + 2 + 9 * 12;
    expect(file.readUInt16LE(lengths)).toBe(279);
    file.writeUInt16LE(65_000, lengths);
    expect(await pixelsOf(file)).toEqual(picture.pixels);
  });

  it('is none where rows are missing: they would be black', async () => {
    const file = tiff([{ ...picture, pixels: picture.pixels.subarray(0, 12) }], { deflated: true, rows: 2 });
    expect(await pixelsOf(file)).toBeNull();
  });

  it('is decoded although the pages follow each other in a circle', async () => {
    const other = { ...picture, pixels: Buffer.from(picture.pixels).reverse() };
    const file = tiff([picture, other], { deflated: true });
    const first = file.readUInt32LE(4);
    const second = file.readUInt32LE(first + 2 + file.readUInt16LE(first) * 12);
    file.writeUInt32LE(first, second + 2 + file.readUInt16LE(second) * 12);
    expect(await pixelsOf(file, 2)).toEqual(other.pixels);
  });
});

const [WIDTH, HEIGHT] = [50, 38];
type Colour = readonly [red: number, green: number, blue: number];
const coloured = (x: number, y: number): Colour => [x * 5, y * 6, 255 - x * 3];
const greyOf = (x: number, y: number): Colour => {
  const [red, green, blue] = coloured(x, y);
  const grey = Math.round((red * 299 + green * 587 + blue * 114) / 1_000);
  return [grey, grey, grey];
};
const checked = (x: number, y: number): Colour => {
  const value = ((Math.floor(x / 3) + Math.floor(y / 4)) % 2) * 255;
  return [value, value, value];
};
const pale = (x: number, y: number): Colour => {
  const [red, green, blue] = coloured(x, y);
  return [(255 + red) / 2, (255 + green) / 2, (255 + blue) / 2];
};

const fileOf = (name: string) => readFileSync(new URL(`./files/${name}.tif`, import.meta.url));

/** The same picture, written by libtiff and ImageMagick in other ways. */
describe('a page of a TIFF file', () => {
  it.each<[name: string, colour: (x: number, y: number) => Colour, tolerance: number]>([
    ['tiles-lzw', coloured, 0],
    ['planes-deflate-differences', coloured, 0],
    ['tiles-planes-packbits', coloured, 0],
    ['inks-deflate', coloured, 1],
    ['grey-12-bits', greyOf, 1],
    ['big-16-bits-differences', coloured, 0],
    ['bits-reversed-deflate', checked, 0],
    ['palette-tiles', checked, 0],
    ['opacity-deflate', pale, 1],
    ['strips-jpeg', coloured, 25],
    ['tiles-jpeg-as-they-are', coloured, 6],
    ['grey-strips-jpeg', greyOf, 6],
    ['planes-jpeg', coloured, 6],
  ])('is read as it is: %s', async (name, colour, tolerance) => {
    const image = await decodableImages(fileOf(name), 'tiff')(1);
    const decoded = image === null ? null : (await startImageDecoder()).decode(image, 1);
    const raster = decoded === null ? null : scaleImage(decoded, { width: WIDTH });
    if (raster === null) throw new Error('It was not decoded.');
    expect([raster.width, raster.height]).toEqual([WIDTH, HEIGHT]);
    const apart = raster.pixels.map((value, at) => {
      const [x, y] = [(at >>> 2) % WIDTH, Math.floor((at >>> 2) / WIDTH)];
      return Math.abs(value - (colour(x, y)[at % 4] ?? 255));
    });
    expect(Math.max(...apart)).toBeLessThanOrEqual(tolerance);
  });

  it.each(['zstd', 'lzma', 'webp', 'float-deflate', 'inks-jpeg', 'tiles-fax', 'lab-deflate'])(
    'is none rather than a guess: %s',
    async (name) => {
      expect(await decodableImages(fileOf(name), 'tiff')(1)).toBeNull();
    },
  );

  it('that is a JPEG of before 1995 is that JPEG', async () => {
    const jpeg = readFileSync(new URL('../recognition/files/line.jpeg', import.meta.url));
    const file = tiffOfJpeg(jpeg, { width: 640, height: 160 }, { isOld: true });
    expect(await decodableImages(file, 'tiff')(1)).toEqual(jpeg);
  });

  it('is no JPEG of another size', async () => {
    const jpeg = readFileSync(new URL('../recognition/files/line.jpeg', import.meta.url));
    expect(await decodableImages(tiffOfJpeg(jpeg, { width: 320, height: 80 }), 'tiff')(1)).toBeNull();
  });

  it('is no thumbnail of the one before', () => {
    const pages = tiffPages(fileOf('thumbnail'), 10);
    expect(pages?.map(({ width }) => width)).toEqual([WIDTH, WIDTH]);
  });
});
