import { largeImage } from '../drawings/large-image.ts';
import type { FoundInDoc } from './found-in-doc.ts';

const [WIDTH_AT, HEAD_BYTES] = [0x1c, 0x24];
const EMU_PER_TWIP = 635;
/** Scales are in thousandths. */
const WHOLE = 1_000;

/** Counts a picture whose description is at this place of the stream `Data`. */
export function readPicture(data: Buffer, at: number, found: FoundInDoc): void {
  found.images += 1;
  if (at < 0 || at + HEAD_BYTES > data.length) return;
  const [width = 0, height = 0, across = 0, down = 0] = [0, 2, 4, 6].map((more) =>
    data.readUInt16LE(at + WIDTH_AT + more),
  );
  const size = { width: (width * EMU_PER_TWIP * across) / WHOLE, height: (height * EMU_PER_TWIP * down) / WHOLE };
  if (size.width >= largeImage.width && size.height >= largeImage.height) found.largeImages += 1;
}
