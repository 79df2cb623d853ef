import { firstPicture, pictureInShape, pictureStore, type StoredPicture, wordArtIn } from '../drawings/blips.ts';
import { largeImage } from '../drawings/large-image.ts';
import { kinds, type PptRecord, recordAt, recordsBelow } from '../ppt/records.ts';
import type { FoundInDoc } from './found-in-doc.ts';

const [HEAD_LENGTH_AT, FORM_AT, WIDTH_AT, HEAD_BYTES] = [4, 6, 0x1c, 0x24];
/** The picture lies in another file, whose name follows the description. */
const LINKED = 0x66;
const EMU_PER_TWIP = 635;
/** Scales are in thousandths. */
const WHOLE = 1_000;

/** The mark of the picture whose description is at this place of the stream `Data`, or words drawn as one; '' if it is small or not read. */
export function pictureInLine(data: Buffer, at: number, found: FoundInDoc): string {
  if (at < 0 || at + HEAD_BYTES > data.length) {
    found.images += 1;
    return '';
  }
  const [wide = 0, high = 0, across = 0, down = 0] = [0, 2, 4, 6].map((more) =>
    data.readUInt16LE(at + WIDTH_AT + more),
  );
  const headEnd = at + data.readUInt16LE(at + HEAD_LENGTH_AT);
  const nameBytes = data.readUInt16LE(at + FORM_AT) === LINKED ? 1 + (data[headEnd] ?? 0) : 0;
  const drawn = recordAt(data, headEnd + nameBytes);
  const words = drawn?.type === kinds.shape ? wordArtIn(drawn) : '';
  if (words !== '') return words;
  found.images += 1;
  const picture = () => firstPicture(data, headEnd + nameBytes, at + data.readUInt32LE(at));
  const size = { width: (wide * EMU_PER_TWIP * across) / WHOLE, height: (high * EMU_PER_TWIP * down) / WHOLE };
  return markOf(`line ${at}`, size, picture, found);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The mark of a picture; '' if it is small, or not read, which is counted. The same one is looked at once. */
function markOf(key: string, size: Size, read: () => StoredPicture | null, found: FoundInDoc): string {
  if (size.width < largeImage.width || size.height < largeImage.height) return '';
  const known = found.marks.get(key);
  if (known !== undefined) return known;
  const picture = found.pictureBytesLeft < 0 ? null : read();
  found.pictureBytesLeft -= picture?.bytes.length ?? 0;
  if (picture === null) found.largeImages += 1;
  const mark = picture === null ? '' : found.pictures.mark(picture.bytes, size);
  found.marks.set(key, mark);
  return mark;
}

const RECORD_HEAD = 8;
/** Before what is drawn on headers and footers. */
const PRINTED = 1;
const [LEFT_AT, TOP_AT, RIGHT_AT, BOTTOM_AT, PLACE_BYTES] = [4, 8, 12, 16, 26];

/** All shapes, and whether they are drawn on headers and footers. */
function* shapesIn(drawings: Buffer): Generator<{ readonly shape: PptRecord; readonly isPrinted: boolean }> {
  const group = recordAt(drawings, 0);
  for (let at = RECORD_HEAD + (group?.bytes.length ?? drawings.length) + 1; ; ) {
    const drawing = recordAt(drawings, at);
    if (drawing === null) return;
    const isPrinted = drawings[at - 1] === PRINTED;
    for (const shape of recordsBelow(drawing, ({ type }) => type !== kinds.shape)) {
      if (shape.type === kinds.shape) yield { shape, isPrinted };
    }
    at += RECORD_HEAD + drawing.bytes.length + 1;
  }
}

/** Words that are drawn as pictures, such as watermarks: those at anchors in the body, and those on headers and footers. */
export function wordArt(drawings: Buffer) {
  const anchored = new Map<number, string>();
  const printed = new Set<string>();
  for (const { shape, isPrinted } of shapesIn(drawings)) {
    const words = wordArtIn(shape);
    if (words === '') continue;
    if (isPrinted) printed.add(words.replace(/\n+/g, '\n'));
    else anchored.set(pictureInShape(shape).id, words);
  }
  return {
    at: (anchor: Buffer): string => (anchor.length < 4 ? '' : (anchored.get(anchor.readInt32LE(0)) ?? '')),
    printed: [...printed],
  };
}

/**
 * Pictures that text flows around.
 * @param drawings what is said of all drawings: their pictures, and then, behind a byte each, their shapes.
 * @returns the mark of the picture in a shape that is anchored, with the place that it takes up on its page.
 */
export function floatingPictures(drawings: Buffer, stream: Buffer, found: FoundInDoc): (anchor: Buffer) => string {
  const group = recordAt(drawings, 0);
  if (group === null) return () => '';
  const pictures = pictureStore(group, stream);
  const numbers = new Map<number, number>();
  for (const { shape } of shapesIn(drawings)) {
    const { id, picture } = pictureInShape(shape);
    if (picture > 0) numbers.set(id, picture);
  }
  return (anchor) => {
    const number = anchor.length < PLACE_BYTES ? undefined : numbers.get(anchor.readInt32LE(0));
    if (number === undefined) return '';
    found.images += 1;
    const width = (anchor.readInt32LE(RIGHT_AT) - anchor.readInt32LE(LEFT_AT)) * EMU_PER_TWIP;
    const height = (anchor.readInt32LE(BOTTOM_AT) - anchor.readInt32LE(TOP_AT)) * EMU_PER_TWIP;
    return markOf(`floating ${number} ${width} ${height}`, { width, height }, () => pictures(number), found);
  };
}
