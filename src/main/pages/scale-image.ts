import type { DecodedImage } from './image-decoder.ts';
import { MOST_SHOWN_PIXELS, type Raster, sizeWithin, type Wanted, widthOf } from './raster.ts';

const OPAQUE = 255;

/**
 * An image of at most a size, each pixel the mean of those that it stands for; never larger than it is.
 * @returns null for a kind of pixels that Leptonica does not hold after decoding.
 */
export function scaleImage(image: DecodedImage, wanted: Wanted): Raster | null {
  const colours = readerOf(image);
  if (colours === null) return null;
  const { width, height } = sizeWithin(image, Math.min(widthOf(image, wanted), image.width), MOST_SHOWN_PIXELS);
  const pixels = new Uint8Array(width * height * 4);
  let blank = true;
  for (let y = 0, at = 0; y < height; y += 1) {
    const [top, bottom] = covered(y, height, image.height);
    for (let x = 0; x < width; x += 1, at += 4) {
      const [left, right] = covered(x, width, image.width);
      const colour = mean(image, colours, { top, bottom, left, right });
      pixels[at] = colour >>> 16;
      pixels[at + 1] = (colour >>> 8) & 0xff;
      pixels[at + 2] = colour & 0xff;
      pixels[at + 3] = OPAQUE;
      blank &&= pixels[at] === pixels[0] && pixels[at + 1] === pixels[1] && pixels[at + 2] === pixels[2];
    }
  }
  return { width, height, pixels, blank };
}

/** The source pixels that one of `of` stands for. */
function covered(at: number, of: number, source: number): readonly [from: number, to: number] {
  const from = Math.floor((at * source) / of);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * source) / of))];
}

interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

function mean({ words, wordsPerRow }: DecodedImage, colourAt: ReadColour, area: Area): number {
  let [red, green, blue] = [0, 0, 0];
  for (let y = area.top; y < area.bottom; y += 1) {
    for (let x = area.left; x < area.right; x += 1) {
      const colour = colourAt(words, y * wordsPerRow, x);
      red += colour >>> 16;
      green += (colour >>> 8) & 0xff;
      blue += colour & 0xff;
    }
  }
  const count = (area.bottom - area.top) * (area.right - area.left);
  return (Math.round(red / count) << 16) | (Math.round(green / count) << 8) | Math.round(blue / count);
}

/** Red, green and blue of a pixel in a row, as one number. */
type ReadColour = (words: Uint32Array, row: number, x: number) => number;

function readerOf({ depth }: DecodedImage): ReadColour | null {
  if (depth === 32) return (words, row, x) => (words[row + x] ?? 0) >>> 8;
  if (depth === 8) return (words, row, x) => grey(((words[row + (x >>> 2)] ?? 0) >>> (24 - 8 * (x & 3))) & 0xff);
  if (depth === 16) return (words, row, x) => grey(((words[row + (x >>> 1)] ?? 0) >>> (24 - 16 * (x & 1))) & 0xff);
  // Of two colours, 1 is black.
  if (depth === 1) return (words, row, x) => (((words[row + (x >>> 5)] ?? 0) >>> (31 - (x & 31))) & 1 ? 0 : 0xff_ff_ff);
  return null;
}

function grey(value: number): number {
  return value * 0x01_01_01;
}
