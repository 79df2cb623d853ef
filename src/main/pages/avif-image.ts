import { readFileSync } from 'node:fs';
import decode, { init } from '@jsquash/avif/decode.js';
import { packageFiles } from '../common/package-files.ts';
import { isOfReadableSize } from '../documents/images/image-pages.ts';
import { ppmOfRgba } from './ppm.ts';

let ready: Promise<void> | null = null;

/**
 * The picture in an AVIF file as PPM, as it lies in the file, on white. libavif decodes it in WebAssembly, in a memory of its own.
 *
 * @returns null if it cannot be decoded, or is larger than its header said.
 */
export async function avifToPpm(file: Uint8Array): Promise<Buffer | null> {
  ready ??= startDecoder();
  await ready;
  try {
    const pixels = await decode(new Uint8Array(file).buffer);
    return isOfReadableSize(pixels) ? ppmOfRgba(pixels) : null;
  } catch {
    // As a trap of WebAssembly, or its word that it cannot.
    return null;
  }
}

/** Left to itself it would fetch its program. */
function startDecoder(): Promise<void> {
  const wasmBinary = readFileSync(packageFiles.resolve('@jsquash/avif/codec/dec/avif_dec.wasm'));
  return init({ wasmBinary });
}
