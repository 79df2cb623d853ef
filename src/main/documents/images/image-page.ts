/** How an image is to be turned and mirrored to be upright, as EXIF numbers it: 1 to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** One image of a file, before it is decoded. */
export interface ImagePage {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
}

/** As it lies where a file gives no such number. */
export function orientationOf(value: number | undefined): Orientation {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1;
}
