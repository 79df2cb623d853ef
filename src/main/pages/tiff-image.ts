import { isOfReadableSize } from '../documents/images/image-pages.ts';
import type { TiffDirectory } from '../documents/images/tiff-directories.ts';
import { jpegsOf } from './tiff-jpeg.ts';
import {
  DIFFERENCES,
  INKS,
  JPEG,
  OLD_JPEG,
  PALETTE,
  type ReadRows,
  RGB,
  type TiffLayout,
  tiffLayoutOf,
  WHITE_IS_ZERO,
  YCBCR,
} from './tiff-layout.ts';
import { samplesOf, undoDifferences, unpackTiff, withBitsReversed } from './tiff-packing.ts';

/**
 * A page of a TIFF file as PPM, or the JPEG that it is, both of which the decoders of all other images read.
 *
 * @returns null if it is damaged, larger than its header said, or of a kind that is not known here: never a guess.
 */
export async function decodeTiffPage(file: Buffer, page: TiffDirectory): Promise<Buffer | null> {
  try {
    const layout = tiffLayoutOf(file, page);
    if (layout === null || !isOfReadableSize(layout)) return null;
    if (layout.compression === JPEG || layout.compression === OLD_JPEG) {
      const jpegs = await jpegsOf(file, page, layout);
      return jpegs === null || Buffer.isBuffer(jpegs) ? jpegs : drawn({ ...layout, ...jpegs.as }, jpegs.read);
    }
    return drawn(layout, (at, rows) => unpackedRows(file, layout, at, rows));
  } catch {
    // Damaged: as zlib says, or as a place outside of the file.
    return null;
  }
}

function unpackedRows(file: Buffer, layout: TiffLayout, at: number, rows: number): readonly Uint8Array[] | null {
  const { across, samples, isApart, meaning, predictor, isReversed, compression } = layout;
  const [start = 0, length = 0] = [layout.starts[at], layout.lengths[at]];
  const packed = file.subarray(start, start + length);
  const inRow = isApart ? { ...samples, count: 1 } : samples;
  const rowBytes = Math.ceil((across * inRow.count * inRow.bits) / 8);
  const bytes = unpackTiff(isReversed ? withBitsReversed(packed) : packed, compression, rowBytes * rows);
  if (bytes === null) return null;
  return Array.from({ length: rows }, (_, index) => {
    const row = bytes.subarray(index * rowBytes, (index + 1) * rowBytes);
    if (predictor === DIFFERENCES) undoDifferences(row, inRow);
    return samplesOf(row, across * inRow.count, inRow, meaning === PALETTE);
  });
}

function drawn(layout: TiffLayout, read: ReadRows): Buffer | null {
  const { width, height, across, down, samples, isApart } = layout;
  const [tilesAcross, tilesDown] = [Math.ceil(width / across), Math.ceil(height / down)];
  const planes = isApart ? samples.count : 1;
  if (layout.starts.length < tilesAcross * tilesDown * planes) return null;
  const head = Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1');
  const ppm = Buffer.alloc(head.length + width * height * 3);
  head.copy(ppm);
  const colour = colourOf(layout);
  for (let tile = 0; tile < tilesAcross * tilesDown; tile += 1) {
    const [left, top] = [(tile % tilesAcross) * across, Math.floor(tile / tilesAcross) * down];
    const rows = Math.min(down, height - top);
    const planned = Array.from({ length: planes }, (_, plane) => read(plane * tilesAcross * tilesDown + tile, rows));
    const whole = planned.filter((one) => one !== null);
    if (whole.length < planes) return null;
    const pixel = new Uint8Array(samples.count);
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < Math.min(across, width - left); x += 1) {
        for (let value = 0; value < samples.count; value += 1) {
          pixel[value] = (isApart ? whole[value]?.[y]?.[x] : whole[0]?.[y]?.[x * samples.count + value]) ?? 0;
        }
        colour(pixel, ppm, head.length + ((top + y) * width + left + x) * 3);
      }
    }
  }
  return ppm;
}

type WriteColour = (pixel: Uint8Array, to: Uint8Array, at: number) => void;

/** Writes red, green and blue of a pixel, on white. */
function colourOf(layout: TiffLayout): WriteColour {
  const write = opaqueColourOf(layout);
  const { opacityAt } = layout;
  if (opacityAt === 0) return write;
  return (pixel, to, at) => {
    write(pixel, to, at);
    const opacity = pixel[opacityAt] ?? 255;
    for (let value = at; value < at + 3; value += 1) {
      to[value] = 255 - Math.round(((255 - (to[value] ?? 255)) * opacity) / 255);
    }
  };
}

function opaqueColourOf({ meaning, palette }: TiffLayout): WriteColour {
  switch (meaning) {
    case RGB:
      return (pixel, to, at) => put(to, at, pixel[0] ?? 0, pixel[1] ?? 0, pixel[2] ?? 0);
    case PALETTE: {
      const colours = palette.length / 3;
      const part = (number: number) => (palette[number] ?? 0) >>> 8;
      return (pixel, to, at) => {
        const number = pixel[0] ?? 0;
        put(to, at, part(number), part(number + colours), part(number + colours * 2));
      };
    }
    case INKS:
      return (pixel, to, at) => {
        const left = (ink: number) => ((255 - (pixel[ink] ?? 0)) * (255 - (pixel[3] ?? 0))) / 255;
        put(to, at, left(0), left(1), left(2));
      };
    case YCBCR:
      return (pixel, to, at) => {
        const light = pixel[0] ?? 0;
        const b = (pixel[1] ?? 0) - 128;
        const r = (pixel[2] ?? 0) - 128;
        put(to, at, light + 1.402 * r, light - 0.344 * b - 0.714 * r, light + 1.772 * b);
      };
    case WHITE_IS_ZERO:
      return (pixel, to, at) => to.fill(255 - (pixel[0] ?? 0), at, at + 3);
    default:
      return (pixel, to, at) => to.fill(pixel[0] ?? 0, at, at + 3);
  }
}

function put(to: Uint8Array, at: number, red: number, green: number, blue: number): void {
  to[at] = clamped(red);
  to[at + 1] = clamped(green);
  to[at + 2] = clamped(blue);
}

function clamped(value: number): number {
  return Math.max(0, Math.min(255, value));
}
