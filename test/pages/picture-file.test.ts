import { expect, it } from 'vitest';
import { startImageDecoder } from '../../src/main/pages/image-decoder.ts';
import { writePictures } from '../../src/main/pages/picture-file.ts';
import { type Raster, sizeWithin, widthOf } from '../../src/main/pages/raster.ts';
import { scaleImage } from '../../src/main/pages/scale-image.ts';

function raster(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly [number, number, number],
): Raster {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) pixels.set([...colourAt(x, y), 255], at);
  }
  return { width, height, pixels, blank: false };
}

async function readBack(base64: string) {
  const decoded = (await startImageDecoder()).decode(Buffer.from(base64, 'base64'), 1);
  if (decoded === null) throw new Error('It cannot be decoded.');
  return scaleImage(decoded, { width: decoded.width });
}

it.each([
  ['in grey', (x: number, y: number) => [(x * 7 + y) % 256, (x * 7 + y) % 256, (x * 7 + y) % 256]],
  ['in colours', (x: number, y: number) => [(x * 7) % 256, (y * 3) % 256, (x + y) % 256]],
] as const)('a picture %s is the same after it was written and read, to the pixel', async (_name, colourAt) => {
  const picture = raster(61, 37, colourAt as never);
  const [file, ...others] = await writePictures(picture);
  expect(others).toEqual([]);
  expect(file).toMatchObject({ type: 'image/png', width: 61, height: 37 });
  const back = await readBack(file?.base64 ?? '');
  expect(Buffer.from(back?.pixels ?? []).equals(Buffer.from(picture.pixels))).toBe(true);
});

it('the same pixels give the same bytes, also as a JPEG, which is near to them', async () => {
  let seed = 1;
  const noise = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return 90 + ((seed >> 16) % 60);
  };
  const picture = raster(800, 600, () => [noise(), noise(), noise()]);
  const [[one], [other]] = [await writePictures(picture), await writePictures(picture)];
  expect(one?.type).toBe('image/jpeg');
  expect(one?.base64 === other?.base64).toBe(true);
  const back = await readBack(one?.base64 ?? '');
  const mean = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  expect(Math.abs(mean(back?.pixels ?? new Uint8Array()) - mean(picture.pixels))).toBeLessThan(3);
});

it.each([
  ['a sheet of paper', [210, 297], [1_109, 1_568]],
  ['a slide', [1_600, 900], [1_568, 882]],
  ['a picture of a telephone', [1_080, 2_340], [1_100, 2_383]],
  ['a till receipt', [80, 600], [1_033, 7_746]],
] as const)('%s is drawn so that it can be read', (_name, [width, height], [wide, high]) => {
  const page = { width, height };
  expect(sizeWithin(page, widthOf(page, 'to_send'), 8_000_000)).toEqual({ width: wide, height: high });
});

it('a strip is sent in pieces from the top, each of them as high as a sheet, and no line is lost between two', async () => {
  const strip = raster(30, 4_000, (_x, y) => [y % 256, (y >> 8) * 10, 0]);
  const files = await writePictures(strip);
  expect(files.map(({ height }) => height)).toEqual([1_568, 1_568, 984]);
  const rows = await Promise.all(
    files.map(async ({ base64 }) => {
      const piece = await readBack(base64);
      const at = (y: number) => (piece?.pixels[y * 30 * 4] ?? 0) + ((piece?.pixels[y * 30 * 4 + 1] ?? 0) / 10) * 256;
      return [at(0), at((piece?.height ?? 0) - 1)];
    }),
  );
  expect(rows).toEqual([
    [0, 1_567],
    [1_508, 3_075],
    [3_016, 3_999],
  ]);
});
