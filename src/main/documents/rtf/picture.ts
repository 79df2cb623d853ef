import type { EmbeddedPictures, ShownSize } from '../drawings/embedded-pictures.ts';
import { largeImage } from '../drawings/large-image.ts';
import { bitmapFile } from '../images/device-independent-bitmap.ts';
import { createBinary } from './binary.ts';
import type { RtfFound } from './found.ts';

const EMU_PER_TWIP = 635;
/** Words that say in what form a picture is written, if it is one that is read. */
const forms: ReadonlyMap<string, (bytes: Buffer) => Buffer | null> = new Map([
  ['pngblip', (bytes) => bytes],
  ['jpegblip', (bytes) => bytes],
  ['dibitmap', bitmapFile],
]);

/** Puts pictures together from their digits, and counts them and the large ones that are not read. */
export function createPicture(found: RtfFound, pictures: EmbeddedPictures) {
  let size = { width: 0, height: 0, across: 100, down: 100 };
  let read: ((bytes: Buffer) => Buffer | null) | null = null;
  const binary = createBinary();

  function begin(): void {
    size = { width: 0, height: 0, across: 100, down: 100 };
    read = null;
    binary.take();
  }

  function shown(): ShownSize {
    if (size.width === 0 || size.height === 0) return { width: null, height: null };
    return {
      width: (size.width * size.across * EMU_PER_TWIP) / 100,
      height: (size.height * size.down * EMU_PER_TWIP) / 100,
    };
  }

  return {
    begin,
    word(name: string, parameter: number | null): void {
      if (name === 'picwgoal') size.width = parameter ?? 0;
      else if (name === 'pichgoal') size.height = parameter ?? 0;
      else if (name === 'picscalex') size.across = parameter ?? 100;
      else if (name === 'picscaley') size.down = parameter ?? 100;
      else read ??= forms.get(name) ?? null;
    },
    digits(bytes: Buffer): void {
      if (read !== null) binary.digits(bytes);
    },
    data(bytes: Buffer): void {
      if (read !== null) binary.data(bytes);
    },
    /**
     * @param isShown whether it is no part of what is left out, such as hidden text.
     * @returns the mark of the picture; '' if it is small, not read or not shown.
     */
    end(isShown: boolean): string {
      found.images += 1;
      const bytes = read?.(binary.take()) ?? null;
      const { width, height } = shown();
      begin();
      if (!isShown) return '';
      if (bytes !== null) return pictures.mark(bytes, { width, height });
      if ((width ?? 0) >= largeImage.width && (height ?? 0) >= largeImage.height) found.largeImages += 1;
      return '';
    },
  };
}
