import { pictureInShape, pictureStore } from '../drawings/blips.ts';
import type { EmbeddedPictures, ShownSize } from '../drawings/embedded-pictures.ts';
import { largeImage } from '../drawings/large-image.ts';
import type { FoundInSlides } from '../slides/found-in-slides.ts';
import { kinds, type PptRecord, recordsIn } from './records.ts';

/** English Metric Units in a unit of slides, of which an inch has 576. */
const UNIT = 1_587.5;
const [SHORT_ANCHOR, LONG_ANCHOR] = [8, 16];

/**
 * Marks the pictures of slides.
 * @param document says which pictures there are.
 * @param delayed the stream that they are in.
 * @returns the mark of the picture in a shape; '' if it is small or not read.
 */
export function slidePictures(
  document: PptRecord,
  delayed: Buffer,
  pictures: EmbeddedPictures,
  found: FoundInSlides,
): (shape: PptRecord) => string {
  const group = recordsIn(document.bytes).find(({ type }) => type === kinds.drawingGroup);
  const pictureOf = group === undefined ? () => null : pictureStore(group, delayed);
  return (shape) => {
    const number = pictureInShape(shape).picture;
    const size = shownSize(shape);
    if (number === 0 || isSmall(size)) return '';
    const picture = pictureOf(number);
    if (picture !== null) return pictures.mark(picture.bytes, size.width === null ? picture.size : size);
    if (size.width !== null) found.largeImages += 1;
    return '';
  };
}

function isSmall({ width, height }: ShownSize): boolean {
  return width !== null && height !== null && (width < largeImage.width || height < largeImage.height);
}

/** Of a shape in a group, its size is not said in units of slides. */
function shownSize(shape: PptRecord): ShownSize {
  const anchor = recordsIn(shape.bytes).find(({ type }) => type === kinds.anchor)?.bytes;
  if (anchor === undefined || anchor.length < SHORT_ANCHOR) return { width: null, height: null };
  const isLong = anchor.length >= LONG_ANCHOR;
  const [top = 0, left = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map((at) =>
    isLong ? anchor.readInt32LE(at * 4) : anchor.readInt16LE(at * 2),
  );
  return { width: (right - left) * UNIT, height: (bottom - top) * UNIT };
}
