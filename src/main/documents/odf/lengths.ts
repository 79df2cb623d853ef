import { largeImage, lengthOf } from '../drawings/large-image.ts';
import type { Attributes } from '../packed/xml-events.ts';

/** Whether a frame of this size may hold a scanned page or table. */
export function isLargeImage(frame: Attributes): boolean {
  return lengthOf(frame['svg:width']) >= largeImage.width && lengthOf(frame['svg:height']) >= largeImage.height;
}
