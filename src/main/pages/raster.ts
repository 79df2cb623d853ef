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

/** How large a picture is wanted: so many pixels wide, or as it is sent to a model. */
export type Wanted = { readonly width: number } | 'to_send';

/**
 * The longest side of a picture that is sent, in pixels: an A4 page at 134 dpi. Anthropic makes larger ones smaller (1,568,
 * docs.anthropic.com/en/docs/build-with-claude/vision), and so do OpenAI (2,048 by 768) and the runners of local models.
 */
export const LONGEST_SENT_SIDE = 1_568;
/**
 * A page that is higher than this by its width (a till receipt, a picture of a whole web page) is sent in pieces from the top:
 * made as small as its longer side has to be, nobody could read it.
 */
const MOST_HEIGHT_TO_WIDTH = 2;
const STRIP_WIDTH = 1_100;

/** The width of a picture of a page of this size. */
export function widthOf({ width, height }: Size, wanted: Wanted): number {
  if (wanted !== 'to_send') return wanted.width;
  if (height > width * MOST_HEIGHT_TO_WIDTH) return STRIP_WIDTH;
  return (LONGEST_SENT_SIDE * width) / Math.max(width, height);
}

/** The size of a picture of this width, smaller where it would have too many pixels. A strip is never thinner than one. */
export function sizeWithin({ width, height }: Size, wanted: number, mostPixels: number): Size {
  const full = { width: wanted, height: (wanted * height) / width };
  const scale = Math.min(1, Math.sqrt(mostPixels / (full.width * full.height)), LONGEST_SIDE / full.height);
  const side = (length: number) => Math.min(LONGEST_SIDE, Math.max(1, Math.round(length * scale)));
  return { width: side(full.width), height: side(full.height) };
}
