import { type ImagePage, orientationOf } from './image-page.ts';
import {
  isBigTiff,
  isLittleEndian,
  type TiffDirectory,
  tiffTags as tags,
  tiffDirectories,
} from './tiff-directories.ts';

/** Fax (three kinds) and what every decoder knows: as they are, LZW and PackBits. */
const [PLAIN, HUFFMAN, GROUP_3, GROUP_4, LZW, PACK_BITS] = [1, 2, 3, 4, 5, 32_773];
const known: ReadonlySet<number> = new Set([PLAIN, HUFFMAN, GROUP_3, GROUP_4, LZW, PACK_BITS]);
const knownBits: ReadonlySet<number> = new Set([1, 2, 4, 8, 16]);

/** A page's values are in planes of their own. */
export const APART = 2;

/** The pages of a TIFF from their directories; null if it has none that can be followed. */
export function tiffPages(bytes: Buffer, most: number): readonly ImagePage[] | null {
  return pageDirectories(bytes, most)?.map(sizeOf) ?? null;
}

/** @param number counted from 1. @throws {Error} if there is none. */
export function tiffPage(bytes: Buffer, number: number): TiffDirectory {
  const directory = pageDirectories(bytes, Number.POSITIVE_INFINITY)?.[number - 1];
  if (directory === undefined) throw new Error(`There is no page ${number}.`);
  return directory;
}

/** Whether a page is of a kind that Leptonica does not read, at least not as its build in WebAssembly (decision 38). */
export function isTiffDecodedApart(bytes: Buffer, page: TiffDirectory): boolean {
  return (
    isBigTiff(bytes) ||
    !known.has(page.first(tags.compression) ?? PLAIN) ||
    !knownBits.has(page.first(tags.bits) ?? 1) ||
    page.first(tags.tileWidth) !== undefined ||
    (page.first(tags.planes) === APART && (page.first(tags.samples) ?? 1) > 1)
  );
}

/** The same file with a page as the only one, as it lies: decoders follow no others, and turn none by themselves. */
export function tiffFromPage(bytes: Buffer, page: TiffDirectory): Buffer {
  const copy = Buffer.from(bytes);
  const little = isLittleEndian(copy);
  if (little) copy.writeUInt32LE(page.at, 4);
  else copy.writeUInt32BE(page.at, 4);
  copy.writeUInt32LE(0, page.nextAt);
  const turnAt = page.valueAt(tags.orientation);
  if (turnAt !== null && little) copy.writeUInt16LE(1, turnAt);
  else if (turnAt !== null) copy.writeUInt16BE(1, turnAt);
  return copy;
}

const REDUCED = 1;

/** Without thumbnails: images that a file calls reduced, and that are smaller than the page before them, of its shape. */
function pageDirectories(bytes: Buffer, most: number): readonly TiffDirectory[] | null {
  const pages: TiffDirectory[] = [];
  for (const directory of tiffDirectories(bytes, most) ?? []) {
    const before = pages.at(-1);
    if (before === undefined || !isReduced(directory, before)) pages.push(directory);
  }
  return pages.length === 0 ? null : pages;
}

function isReduced(directory: TiffDirectory, page: TiffDirectory): boolean {
  if (((directory.first(tags.kind) ?? 0) & REDUCED) === 0) return false;
  const [small, large] = [sizeOf(directory), sizeOf(page)];
  const height = (small.width * large.height) / large.width;
  return small.width < large.width && Math.abs(height - small.height) <= 2;
}

function sizeOf(page: TiffDirectory): ImagePage {
  return {
    width: page.first(tags.width) ?? 0,
    height: page.first(tags.height) ?? 0,
    orientation: orientationOf(page.first(tags.orientation)),
  };
}
