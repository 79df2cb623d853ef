import { readFileSync } from 'node:fs';
import encodeJpeg, { init } from '@jsquash/jpeg/encode.js';
import type { PictureFile } from '../../shared/page-picture.ts';
import { packageFiles } from '../common/package-files.ts';
import { writePng } from './png.ts';
import type { Raster } from './raster.ts';

/**
 * The longest side of a picture that is sent, in pixels: an A4 page at 134 dpi. Anthropic makes larger ones smaller (1,568,
 * docs.anthropic.com/en/docs/build-with-claude/vision), and so do OpenAI (2,048 by 768) and the runners of local models.
 */
export const LONGEST_SENT_SIDE = 1_568;

/** A page of print is smaller as a PNG, and loses nothing; a photograph is ten times as large. */
const MOST_PNG_BYTES = 500_000;
const JPEG_QUALITY = 85;

/** The same pixels give the same bytes, so that a page is stored once and a request is known again. */
export async function writePicture(raster: Raster): Promise<PictureFile> {
  const { width, height } = raster;
  const png = writePng(raster);
  if (png.length <= MOST_PNG_BYTES) return { type: 'image/png', base64: png.toString('base64'), width, height };
  const jpeg = await writeJpeg(raster);
  return { type: 'image/jpeg', base64: jpeg.toString('base64'), width, height };
}

let ready: Promise<void> | null = null;

async function writeJpeg({ width, height, pixels }: Raster): Promise<Buffer> {
  ready ??= startEncoder();
  await ready;
  const image = { width, height, data: new Uint8ClampedArray(pixels), colorSpace: 'srgb' } as const;
  // Some runners of local models cannot read a progressive one.
  return Buffer.from(await encodeJpeg(image, { quality: JPEG_QUALITY, progressive: false }));
}

/** Left to itself it would fetch its program. */
function startEncoder(): Promise<void> {
  const wasmBinary = readFileSync(packageFiles.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'));
  return init({ wasmBinary });
}
