import { isLarge, type PixelSize, pixelSizeOf } from '../drawings/embedded-pictures.ts';
import { pictureMark } from '../drawings/pictures.ts';
import { shownSize } from '../html/images.ts';
import type { HtmlAttributes } from '../html/looks.ts';
import { RefusedPart, type ZipParts } from '../packed/zip-parts.ts';
import { pathFrom } from './package.ts';

/** The pictures among the text of a book that are large enough to be a page or table. */
export interface LargePictures {
  /** Looks at the pictures of a page, whose marks are then known. */
  look(page: string, path: string): Promise<void>;
  /** The mark of what an `img` on a page shows; '' if it is small or not read. */
  mark(attributes: HtmlAttributes, path: string): string;
  /** How many were not looked at, as the book unpacks to more than may be. */
  notRead(): number;
}

/** @param parts where pictures are unpacked from: they take nothing of what the text may unpack to. */
export function createLargePictures(parts: ZipParts): LargePictures {
  const sizes = new Map<string, PixelSize | null>();
  let refused = 0;

  async function sizeOf(picture: string): Promise<PixelSize | null> {
    try {
      return pixelSizeOf(await parts.bytes(picture));
    } catch (error) {
      if (!(error instanceof RefusedPart)) throw error;
      refused += 1;
      return null;
    }
  }

  return {
    async look(page, path) {
      for (const picture of picturePaths(page, path)) {
        if (sizes.has(picture) || !parts.has(picture) || pictureMark(picture) === '') continue;
        sizes.set(picture, await sizeOf(picture));
      }
    },
    mark(attributes, path) {
      const picture = pathFrom(path, attributes.src ?? '');
      const size = sizes.get(picture) ?? null;
      return size !== null && isLarge(size, shownSize(attributes)) ? pictureMark(picture) : '';
    },
    notRead: () => refused,
  };
}

/** The paths of what the pictures on a page show. */
export function picturePaths(page: string, path: string): readonly string[] {
  const shown = page.matchAll(
    /<(?:\w+:)?(?:img|image)\s[^>]{0,2000}?(?:src|href)\s{0,9}=\s{0,9}["']([^"']{1,1000})["']/gi,
  );
  return [...shown].map(([, reference = '']) => pathFrom(path, reference));
}
