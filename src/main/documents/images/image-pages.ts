import { disableTypes, imageSize } from 'image-size';
import type { Problem } from '../../../shared/problem.ts';
import { problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile } from '../file-problems.ts';
import { exifOrientation } from './exif-orientation.ts';
import { heifOrientation } from './heif-orientation.ts';
import { type ImagePage, type Orientation, orientationOf } from './image-page.ts';
import { tiffPages } from './tiff-pages.ts';

/** The images whose text is recognised. */
export const imageFormats = ['png', 'jpeg', 'tiff', 'webp', 'gif', 'bmp', 'heic', 'avif'] as const;
export type ImageFormat = (typeof imageFormats)[number];

export function isImageFormat(kind: string): kind is ImageFormat {
  return (imageFormats as readonly string[]).includes(kind);
}

type Size = Pick<ImagePage, 'width' | 'height'>;

/** An A3 page at 600 dpi has 70 million pixels. Decoded, each takes four bytes and more. */
const MOST_PIXELS = 100_000_000;
/** The longest side that the decoder can address. */
const LONGEST_SIDE = 32_767;
const MOST_PAGES = 2_000;

// What has neither a place in `imageFormats` nor a use here could only go wrong.
disableTypes(['svg', 'icns', 'ico', 'cur', 'dds', 'j2c', 'jp2', 'jxl', 'jxl-stream', 'ktx', 'pnm', 'psd', 'tga']);

/**
 * The images in a file, from its headers alone. One that would take too much memory is refused before anything is
 * decoded: a file of a few bytes can claim any size.
 */
export function readImagePages(bytes: Buffer, format: ImageFormat): Result<readonly ImagePage[], Problem> {
  const pages = headersOf(bytes, format);
  if (pages === null || pages.length === 0) return err(damagedFile({ what: 'image' }));
  const vast = pages.find((page) => isVast(page));
  if (vast !== undefined) {
    const { width, height } = vast;
    return err(problem('file_too_large', { what: 'pixels', width, height, limit: MOST_PIXELS }));
  }
  if (pages.some(({ width, height }) => width < 1 || height < 1)) return err(damagedFile({ what: 'image' }));
  return ok(pages);
}

function isVast({ width, height }: Size): boolean {
  return width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE;
}

/** Whether an image may be decoded, where only its decoder knows how large it is. */
export function isOfReadableSize(size: Size): boolean {
  return size.width >= 1 && size.height >= 1 && !isVast(size);
}

function largestOf<Sized extends Size>(images: readonly [Sized, ...Sized[]]): Sized {
  return images.reduce((largest, image) =>
    image.width * image.height > largest.width * largest.height ? image : largest,
  );
}

function headersOf(bytes: Buffer, format: ImageFormat): readonly ImagePage[] | null {
  if (format === 'tiff') return tiffPages(bytes, MOST_PAGES);
  try {
    // Those of phones are put together of tiles, each with a size of its own.
    const { images = [], ...first } = imageSize(bytes);
    const { width, height, orientation } =
      format === 'heic' || format === 'avif' ? largestOf([first, ...images]) : first;
    return [{ width, height: Math.abs(height), orientation: turnOf(bytes, format, orientation) }];
  } catch {
    return null;
  }
}

/** @param found by `image-size`. libheif itself turns a HEIC file as it says. */
function turnOf(bytes: Buffer, format: ImageFormat, found: number | undefined): Orientation {
  if (format === 'avif') return heifOrientation(bytes);
  return format === 'png' || format === 'webp' ? exifOrientation(bytes, format) : orientationOf(found);
}
