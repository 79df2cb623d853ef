import type { ImageFormat } from '../documents/images/image-pages.ts';
import { isTiffDecodedApart, tiffFromPage } from '../documents/images/tiff-pages.ts';
import { heifToPpm } from './heif-image.ts';

/** Gives one image of a file as bytes that Leptonica's decoders read; null if it cannot be decoded. Counted from 1. */
export type DecodableImage = (number: number) => Promise<Buffer | null>;

/** @param count of the images in the file. */
export function decodableImages(bytes: Buffer, format: ImageFormat, count: number): DecodableImage {
  if (format === 'heic') return lastKept(() => heifToPpm(bytes));
  if (format !== 'tiff') return async () => bytes;
  const decodedApart = lastKept(async (number) => {
    const { tiffPageToPpm } = await import('./tiff-image.ts');
    return tiffPageToPpm(bytes, number);
  });
  return async (number) => {
    if (isTiffDecodedApart(bytes, number)) return await decodedApart(number);
    return count === 1 ? bytes : tiffFromPage(bytes, number);
  };
}

/** A page is drawn several times, in several sizes, and takes a second to decode. */
function lastKept(decode: DecodableImage): DecodableImage {
  let last: { readonly number: number; readonly image: Buffer | null } | null = null;
  return async (number) => {
    if (last?.number !== number) last = { number, image: await decode(number) };
    return last.image;
  };
}
