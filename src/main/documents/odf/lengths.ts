import { largeImage } from '../drawings/large-image.ts';
import type { Attributes } from '../packed/xml-events.ts';

/** English Metric Units in a unit of length. */
const units: Readonly<Record<string, number>> = {
  cm: 360_000,
  mm: 36_000,
  in: 914_400,
  pt: 12_700,
  pc: 152_400,
  px: 9_525,
};

function lengthOf(written: string | undefined): number {
  const [, value, unit = ''] = /^([\d.]+)(\w+)$/.exec(written ?? '') ?? [];
  return Number(value ?? 0) * (units[unit] ?? 0);
}

/** Whether a frame of this size may hold a scanned page or table. */
export function isLargeImage(frame: Attributes): boolean {
  return lengthOf(frame['svg:width']) >= largeImage.width && lengthOf(frame['svg:height']) >= largeImage.height;
}
