import { readFileSync } from 'node:fs';
import encodeJpeg, { init } from '@jsquash/jpeg/encode.js';
import type { PictureFile } from '../../shared/page-picture.ts';
import { packageFiles } from '../common/package-files.ts';
import { hasNoColours, writePng } from './png.ts';
import { LONGEST_SENT_SIDE, type Raster } from './raster.ts';

/** A page of print is smaller as a PNG, and loses nothing; a photograph is ten times as large. */
const MOST_PNG_BYTES = 500_000;
const JPEG_QUALITY = 85;

/** So that no line is cut in both pieces that it is on. */
const OVERLAP = 60;

/** A page as it is sent: one picture, or several of a strip, from the top. */
export async function writePictures(raster: Raster): Promise<readonly PictureFile[]> {
  const files: PictureFile[] = [];
  for (const piece of piecesOf(raster)) files.push(await writePicture(piece));
  return files;
}

function piecesOf(raster: Raster): readonly Raster[] {
  const { width, height, pixels } = raster;
  if (height <= LONGEST_SENT_SIDE) return [raster];
  const step = LONGEST_SENT_SIDE - OVERLAP;
  return Array.from({ length: Math.ceil((height - OVERLAP) / step) }, (_, index) => {
    const top = index * step;
    const bottom = Math.min(height, top + LONGEST_SENT_SIDE);
    return { ...raster, height: bottom - top, pixels: pixels.subarray(top * width * 4, bottom * width * 4) };
  });
}

/** The same pixels give the same bytes, so that a page is stored once and a request is known again. */
async function writePicture(raster: Raster): Promise<PictureFile> {
  const { width, height } = raster;
  const png = writePng(raster);
  if (png.length <= MOST_PNG_BYTES) return { type: 'image/png', base64: png.toString('base64'), width, height };
  const jpeg = await writeJpeg(raster);
  return { type: 'image/jpeg', base64: jpeg.toString('base64'), width, height };
}

let ready: Promise<void> | null = null;

/** MozJPEG's numbers. */
const GREY = 1;
const COLOURS = 3;

async function writeJpeg(raster: Raster): Promise<Buffer> {
  const { width, height, pixels } = raster;
  ready ??= startEncoder();
  await ready;
  const image = { width, height, data: new Uint8ClampedArray(pixels), colorSpace: 'srgb' } as const;
  // Some runners of local models cannot read a progressive one.
  const options = { quality: JPEG_QUALITY, progressive: false, color_space: hasNoColours(raster) ? GREY : COLOURS };
  return Buffer.from(await encodeJpeg(image, options));
}

/** Left to itself it would fetch its program. */
function startEncoder(): Promise<void> {
  const wasmBinary = readFileSync(packageFiles.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'));
  return init({ wasmBinary });
}
