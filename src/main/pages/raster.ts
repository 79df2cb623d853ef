/** A picture's pixels, row by row, each of four bytes: red, green, blue and opacity. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** Nothing can be seen on it: every pixel is the same. */
  readonly blank: boolean;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** 32 MB of pixels: a page as wide as a large screen. */
export const MOST_SHOWN_PIXELS = 8_000_000;
/** The longest side that a window can draw. */
const LONGEST_SIDE = 16_384;

/** How large a picture is wanted, in pixels. */
export type Wanted = { readonly width: number } | { readonly longestSide: number };

/** The width of a picture of a page of this size. */
export function widthOf({ width, height }: Size, wanted: Wanted): number {
  return 'width' in wanted ? wanted.width : (wanted.longestSide * width) / Math.max(width, height);
}

/** The size of a picture of this width, smaller where it would have too many pixels. A strip is never thinner than one. */
export function sizeWithin({ width, height }: Size, wanted: number, mostPixels: number): Size {
  const full = { width: wanted, height: (wanted * height) / width };
  const scale = Math.min(1, Math.sqrt(mostPixels / (full.width * full.height)), LONGEST_SIDE / full.height);
  const side = (length: number) => Math.min(LONGEST_SIDE, Math.max(1, Math.round(length * scale)));
  return { width: side(full.width), height: side(full.height) };
}
