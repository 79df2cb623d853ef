import type { EmbeddedPictures, ShownSize } from '../drawings/embedded-pictures.ts';
import { bitmapFile } from '../images/device-independent-bitmap.ts';
import { createBinary } from './binary.ts';
import type { RtfFound } from './found.ts';

const EMU_PER_TWIP = 635;
const asTheyAre = (bytes: Buffer) => bytes;
/** Words that say in what form a picture is written, where that is not the form of a file. */
const forms: ReadonlyMap<string, (bytes: Buffer) => Buffer | null> = new Map([['dibitmap', bitmapFile]]);

/** Puts pictures together from their digits, and counts them. */
export function createPicture(found: RtfFound, pictures: EmbeddedPictures) {
  let size = { width: 0, height: 0, across: 100, down: 100 };
  let read: (bytes: Buffer) => Buffer | null = asTheyAre;
  const binary = createBinary();

  function begin(): void {
    size = { width: 0, height: 0, across: 100, down: 100 };
    read = asTheyAre;
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
      else read = forms.get(name) ?? read;
    },
    digits(bytes: Buffer): void {
      binary.digits(bytes);
    },
    data(bytes: Buffer): void {
      binary.data(bytes);
    },
    /**
     * @param isShown whether it is no part of what is left out, such as hidden text.
     * @returns the mark of the picture; '' if it is small, not read or not shown.
     */
    end(isShown: boolean): string {
      found.images += 1;
      const written = binary.take();
      const size = shown();
      const bytes = read(written) ?? written;
      begin();
      return isShown ? pictures.mark(bytes, size) : '';
    },
  };
}
