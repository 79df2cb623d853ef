import { isLittleEndian, type TiffDirectory, tiffTags as tags } from '../documents/images/tiff-directories.ts';
import { APART } from '../documents/images/tiff-pages.ts';
import type { Samples } from './tiff-packing.ts';

/** How the pixels of a page lie in the file. TIFF 6.0, sections 3 to 8, 14 to 18, 20, 22. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  /** Of a strip or tile. */
  readonly across: number;
  readonly down: number;
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  readonly compression: number;
  readonly predictor: number;
  readonly isReversed: boolean;
  /** Each value of a pixel is in a plane of its own. */
  readonly isApart: boolean;
  readonly samples: Samples;
  readonly meaning: number;
  readonly palette: readonly number[];
  /** The value that says how opaque a pixel is; 0 for none. */
  readonly opacityAt: number;
}

/** Values of the rows of a strip or tile that are on the page; null if it is damaged. @param at among all of the file. */
export type ReadRows = (at: number, rows: number) => readonly Uint8Array[] | null;

/** Ways to pack pixels, and what they mean, as TIFF numbers them. */
export const [OLD_JPEG, JPEG] = [6, 7];
export const [NO_PREDICTOR, DIFFERENCES] = [1, 2];
export const [WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, INKS, YCBCR] = [0, 1, 2, 3, 5, 6];
/** Values that a pixel of each kind has at least. */
const valuesOf: ReadonlyMap<number, number> = new Map([
  [WHITE_IS_ZERO, 1],
  [BLACK_IS_ZERO, 1],
  [RGB, 3],
  [PALETTE, 1],
  [INKS, 4],
  [YCBCR, 3],
]);
const WHOLE_NUMBERS = 1;
const LEAST_BIT_FIRST = 2;

/** @returns null for a kind of page that is not known here. */
export function tiffLayoutOf(file: Buffer, page: TiffDirectory): TiffLayout | null {
  const first = (tag: number, otherwise: number) => page.first(tag) ?? otherwise;
  const [width, height] = [first(tags.width, 0), first(tags.height, 0)];
  const isTiled = page.values(tags.tileWidth).length > 0;
  const starts = page.values(isTiled ? tags.tiles : tags.strips);
  const count = first(tags.samples, 1);
  const furtherAt = count - page.values(tags.furtherSamples).length;
  const layout = {
    width,
    height,
    across: isTiled ? first(tags.tileWidth, width) : width,
    down: isTiled ? first(tags.tileHeight, height) : Math.min(height, first(tags.rowsInStrip, height)),
    starts,
    lengths: lengthsOf(page.values(isTiled ? tags.tileBytes : tags.stripBytes), starts, file.length),
    compression: first(tags.compression, 1),
    predictor: first(tags.predictor, NO_PREDICTOR),
    isReversed: first(tags.fillOrder, 1) === LEAST_BIT_FIRST,
    isApart: first(tags.planes, 1) === APART && count > 1,
    samples: { count, bits: first(tags.bits, 1), little: isLittleEndian(file) },
    meaning: first(tags.meaning, BLACK_IS_ZERO),
    palette: page.values(tags.palette),
    opacityAt: furtherAt < count && first(tags.furtherSamples, 0) > 0 ? furtherAt : 0,
  };
  const areNumbers = page.values(tags.sampleFormat).every((format) => format === WHOLE_NUMBERS);
  return areNumbers && isKnown(layout, page) ? layout : null;
}

/** Some programs leave them out: a strip ends where the next one begins. */
function lengthsOf(told: readonly number[], starts: readonly number[], end: number): readonly number[] {
  return told.length === starts.length ? told : starts.map((start, at) => (starts[at + 1] ?? end) - start);
}

function isKnown({ samples, meaning, predictor, compression, across, down }: TiffLayout, page: TiffDirectory): boolean {
  const { count, bits } = samples;
  const areSame = page.values(tags.bits).every((one) => one === bits);
  if (!areSame || bits < 1 || bits > 16 || count < (valuesOf.get(meaning) ?? count + 1)) return false;
  if (across < 1 || down < 1) return false;
  const isDifferent = predictor !== NO_PREDICTOR && !(predictor === DIFFERENCES && (bits === 8 || bits === 16));
  if (meaning === PALETTE && bits > 8) return false;
  // Leptonica makes inks in JPEG black, unless Adobe wrote them, upside down.
  if (compression === JPEG || compression === OLD_JPEG) return meaning !== INKS;
  // Colours of fewer pixels than there are, in an order of their own.
  const isSubsampled = meaning === YCBCR && page.values(tags.subsampling).join() !== '1,1';
  return !(isDifferent || isSubsampled);
}
