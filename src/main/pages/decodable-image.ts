import type { ImageFormat } from '../documents/images/image-pages.ts';
import { isTiffDecodedApart, tiffFromPage, tiffPage } from '../documents/images/tiff-pages.ts';
import { heifToPpm } from './heif-image.ts';

/** Gives one image of a file as bytes that Leptonica's decoders read; null if it cannot be decoded. Counted from 1. */
export type DecodableImage = (number: number) => Promise<Buffer | null>;

export function decodableImages(bytes: Buffer, format: ImageFormat): DecodableImage {
  if (format === 'heic') return lastKept(() => heifToPpm(bytes));
  if (format === 'avif') return lastKept(async () => (await import('./avif-image.ts')).avifToPpm(bytes));
  return format === 'tiff' ? lastKept((number) => decodableTiff(bytes, number)) : async () => bytes;
}

async function decodableTiff(bytes: Buffer, number: number): Promise<Buffer | null> {
  const page = tiffPage(bytes, number);
  if (!isTiffDecodedApart(bytes, page)) return tiffFromPage(bytes, page);
  const { decodeTiffPage } = await import('./tiff-image.ts');
  return await decodeTiffPage(bytes, page);
}

/** A page is drawn several times, in several sizes, and takes a second to decode. */
function lastKept(decode: DecodableImage): DecodableImage {
  let last: { readonly number: number; readonly image: Buffer | null } | null = null;
  return async (number) => {
    if (last?.number !== number) last = { number, image: await decode(number) };
    return last.image;
  };
}
