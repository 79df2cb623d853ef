import { readImagePages } from '../documents/images/image-pages.ts';
import { type TiffDirectory, tiffTags as tags } from '../documents/images/tiff-directories.ts';
import { type DecodedImage, startImageDecoder } from './image-decoder.ts';
import { OLD_JPEG, type ReadRows, RGB, type TiffLayout } from './tiff-layout.ts';

const [START, APP_14] = [0xd8, 0xee];

/**
 * The strips or tiles of a page that are JPEG files (TIFF Technical Note 2; of before 1995: TIFF 6.0, section 22, as far as
 * they are whole files).
 *
 * @returns the page as the one file that it is; or how to read its rows, and as what; null if it cannot be read.
 */
export async function jpegsOf(file: Buffer, page: TiffDirectory, layout: TiffLayout): Promise<Jpegs | Buffer | null> {
  const jpegs = layout.compression === OLD_JPEG ? oldJpegOf(file, page, layout) : newJpegsOf(file, page, layout);
  const [first] = jpegs;
  if (first === undefined) return null;
  const size = sizeOf(first);
  if (size === null || size.width > layout.across || size.height > Math.max(layout.down, layout.height)) return null;
  if (jpegs.length === 1 && size.width === layout.width && size.height === layout.height) return first;
  return layout.compression === OLD_JPEG ? null : await read(jpegs, layout);
}

interface Jpegs {
  readonly read: ReadRows;
  /** What the decoder makes of them. */
  readonly as: Pick<TiffLayout, 'samples' | 'meaning' | 'opacityAt'>;
}

async function read(jpegs: readonly Buffer[], layout: TiffLayout): Promise<Jpegs> {
  const decoder = await startImageDecoder();
  const count = layout.isApart ? layout.samples.count : 3;
  return {
    read: (at, rows) => {
      const jpeg = jpegs[at];
      const size = jpeg === undefined ? null : sizeOf(jpeg);
      if (jpeg === undefined || size === null || size.height < rows || size.width > layout.across) return null;
      const decoded = decoder.decode(jpeg, 1);
      return decoded === null ? null : rowsOf(decoded, rows, layout.across, layout.isApart ? 1 : 3);
    },
    as: {
      samples: { ...layout.samples, count },
      meaning: layout.isApart ? layout.meaning : RGB,
      opacityAt: 0,
    },
  };
}

/** Of one value a pixel, or of red, green and blue; null for pixels of another kind. */
function rowsOf(image: DecodedImage, count: number, width: number, values: 1 | 3): readonly Uint8Array[] | null {
  const { depth, words, wordsPerRow } = image;
  if (depth !== 8 && !(depth === 32 && values === 3)) return null;
  return Array.from({ length: count }, (_, y) => {
    const row = new Uint8Array(width * values);
    for (let x = 0; x < image.width; x += 1) {
      for (let value = 0; value < values; value += 1) {
        const byte = depth === 8 ? x : x * 4 + value;
        row[x * values + value] = (words[y * wordsPerRow + (byte >>> 2)] ?? 0) >>> (24 - 8 * (byte & 3));
      }
    }
    return row;
  });
}

function sizeOf(jpeg: Buffer) {
  const pages = readImagePages(jpeg, 'jpeg');
  return pages.ok ? (pages.value[0] ?? null) : null;
}

function newJpegsOf(file: Buffer, page: TiffDirectory, layout: TiffLayout): readonly Buffer[] {
  // Without the marks of its start and end.
  const tables = Buffer.from(page.values(tags.jpegTables)).subarray(2, -2);
  return layout.starts.map((start, at) => {
    const own = file.subarray(start, start + (layout.lengths[at] ?? 0));
    const head = own[1] === START ? own.subarray(0, 2) : Buffer.from([0xff, START]);
    const rest = own[1] === START ? own.subarray(2) : own;
    return Buffer.concat([head, layout.meaning === RGB && !layout.isApart ? NOT_CONVERTED : NOTHING, tables, rest]);
  });
}

const NOTHING = Buffer.alloc(0);
/** Adobe's mark that says that the values are red, green and blue: decoders take them for YCbCr otherwise. */
const NOT_CONVERTED = Buffer.from([0xff, APP_14, 0, 14, ...Buffer.from('Adobe', 'latin1'), 0, 100, 0, 0, 0, 0, 0]);

/** Where the file says that it is, or in the only strip. */
function oldJpegOf(file: Buffer, page: TiffDirectory, { starts, lengths }: TiffLayout): readonly Buffer[] {
  const [start, length = 0] = [page.first(tags.oldJpeg), page.first(tags.oldJpegBytes)];
  const own =
    start === undefined
      ? file.subarray(starts[0], (starts[0] ?? 0) + (lengths[0] ?? 0))
      : file.subarray(start, start + (length || file.length));
  return starts.length === 1 && own[0] === 0xff && own[1] === START ? [own] : [];
}
