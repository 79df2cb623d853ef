import UTIF from 'utif2';
import { isOfReadableSize } from '../documents/images/image-pages.ts';

/**
 * A page of a TIFF file as PPM, which the decoders of all other images read. Colour scanners pack pages as JPEG, and many
 * programs by Deflate; Leptonica has neither decoder for TIFF files in WebAssembly (decision 38).
 *
 * @param number counted from 1.
 * @returns null if it cannot be decoded, or is larger than its header said.
 */
export function tiffPageToPpm(file: Buffer, number: number): Buffer | null {
  try {
    const bytes = new Uint8Array(file).buffer;
    const page = UTIF.decode(bytes)[number - 1];
    if (page === undefined) return null;
    UTIF.decodeImage(bytes, page);
    const { width, height } = page;
    return isOfReadableSize({ width, height }) ? ppmOf(UTIF.toRGBA8(page), width, height) : null;
  } catch {
    // It is damaged, or in colours that are not known here.
    return null;
  }
}

function ppmOf(rgba: Uint8Array, width: number, height: number): Buffer {
  const head = Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1');
  const ppm = Buffer.allocUnsafe(head.length + width * height * 3);
  head.copy(ppm);
  for (let from = 0, to = head.length; from < rgba.length; from += 4, to += 3) {
    ppm[to] = rgba[from] ?? 0;
    ppm[to + 1] = rgba[from + 1] ?? 0;
    ppm[to + 2] = rgba[from + 2] ?? 0;
  }
  return ppm;
}
