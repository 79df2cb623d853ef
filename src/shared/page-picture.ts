/** The formats of which pages can be drawn. */
export const formatsWithPages = ['pdf', 'png', 'jpeg', 'tiff', 'webp', 'gif', 'bmp', 'heic', 'avif'] as const;
const drawn: ReadonlySet<string | null> = new Set(formatsWithPages);

/** Whether there is a picture of each page of a document of this format. */
export function hasPagePictures(format: string | null): boolean {
  return drawn.has(format);
}

/** The widest picture that may be asked for, in pixels. */
export const WIDEST_PICTURE = 4_096;

/** Of the parts of a text on one page, so many are marked. */
export const MOST_MARKS = 200;

/** A page as it looks. */
export interface PagePicture {
  readonly width: number;
  readonly height: number;
  /** Row by row, each of four bytes: red, green, blue and opacity. */
  readonly pixels: Uint8Array;
  /** Nothing can be seen on it. */
  readonly blank: boolean;
}

/** A page as a file that models take. */
export interface PictureFile {
  readonly type: 'image/png' | 'image/jpeg';
  readonly base64: string;
  readonly width: number;
  readonly height: number;
}

/** A part of a page: how far its sides are from the page's left and top, as parts of its width and height. */
export interface PageBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
