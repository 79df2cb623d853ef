import UTIF from 'utif2';
import { isOfReadableSize } from '../documents/images/image-pages.ts';
import { tiffFromPage } from '../documents/images/tiff-pages.ts';

const tags = { width: 256, height: 257, values: 277, rowsInStrip: 278, planes: 284, tileWidth: 322 } as const;
/** Each of a pixel's values is in a picture of its own. */
const APART = 2;

/**
 * A page of a TIFF file as PPM, which the decoders of all other images read. Colour scanners pack pages as JPEG, and many
 * programs by Deflate; Leptonica has neither decoder for TIFF files in WebAssembly (decision 38).
 *
 * @param number counted from 1.
 * @returns null if it cannot be decoded, or is larger than its header said.
 */
export function tiffPageToPpm(file: Buffer, number: number): Buffer | null {
  try {
    const bytes = new Uint8Array(tiffFromPage(file, number)).buffer;
    const [page] = UTIF.decode(bytes);
    if (page === undefined) return null;
    const size = { width: firstOf(page, tags.width) ?? 0, height: firstOf(page, tags.height) ?? 0 };
    // UTIF would take values that lie apart for those of one pixel, and give noise.
    const isApart = firstOf(page, tags.planes) === APART && (firstOf(page, tags.values) ?? 1) > 1;
    if (isApart || !isOfReadableSize(size)) return null;
    page[`t${tags.height}`] = [heightOfStrips(page, size.height)];
    UTIF.decodeImage(bytes, page);
    return ppmOf(UTIF.toRGBA8(page), size.width, size.height);
  } catch {
    // It is damaged, or in colours that are not known here.
    return null;
  }
}

function firstOf(page: UTIF.IFD, tag: number): number | undefined {
  const values = page[`t${tag}`];
  const value = Array.isArray(values) ? values[0] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** Some programs fill the last strip up with rows that are not of the page; UTIF leaves a strip out that has no room. */
function heightOfStrips(page: UTIF.IFD, height: number): number {
  const rows = firstOf(page, tags.rowsInStrip) ?? height;
  if (rows < 1 || rows >= height || firstOf(page, tags.tileWidth) !== undefined) return height;
  return Math.ceil(height / rows) * rows;
}

/** @param rgba may have more rows. */
function ppmOf(rgba: Uint8Array, width: number, height: number): Buffer {
  const head = Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1');
  const ppm = Buffer.alloc(head.length + width * height * 3);
  head.copy(ppm);
  for (let from = 0, to = head.length; to < ppm.length; from += 4, to += 3) {
    ppm[to] = rgba[from] ?? 0;
    ppm[to + 1] = rgba[from + 1] ?? 0;
    ppm[to + 2] = rgba[from + 2] ?? 0;
  }
  return ppm;
}
