import { pictureInShape, pictureStore } from '../drawings/blips.ts';
import type { EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { kinds, recordAt, recordsBelow } from '../ppt/records.ts';

/** Records of a workbook: where its sheets begin, its pictures, the shapes on a sheet, and what goes on with the record before. */
const [SHEET, GROUP, SHAPES, CONTINUED] = [0x85, 0xeb, 0xec, 0x3c];
const [BEGIN, HEAD_BYTES] = [0x809, 4];

/**
 * The marks of the pictures on each sheet of a workbook of before 2007, in the order of its sheets. How large they are shown
 * follows from the cells that they cover: their own size counts.
 * @param stream the stream `Workbook`.
 */
export function picturesOnSheets(stream: Buffer, pictures: EmbeddedPictures): readonly (readonly string[])[] {
  const { sheets, group, shapes } = drawingsIn(stream);
  const store = recordAt(group, 0);
  if (store === null) return [];
  const pictureOf = pictureStore(store, Buffer.alloc(0));
  const markOf = (number: number): string => {
    const picture = pictureOf(number);
    return picture === null ? '' : pictures.mark(picture.bytes, picture.size);
  };
  return sheets.map((at) => {
    const drawing = recordAt(Buffer.concat(shapes.get(at) ?? []), 0);
    // Only one of those that say they begin at the same place.
    shapes.delete(at);
    const found = drawing === null ? [] : [...recordsBelow(drawing, ({ type }) => type !== kinds.shape)];
    const marks = found
      .filter(({ type }) => type === kinds.shape)
      .map((shape) => markOf(pictureInShape(shape).picture));
    return [...new Set(marks)].filter((mark) => mark !== '');
  });
}

/** The places where sheets begin, in their order, what is said of all pictures, and the shapes by the place of their sheet. */
function drawingsIn(stream: Buffer) {
  const sheets: number[] = [];
  const group: Buffer[] = [];
  const shapes = new Map<number, Buffer[]>();
  let own: Buffer[] = [];
  let last: Buffer[] | null = null;
  for (let at = 0; at + HEAD_BYTES <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const body = stream.subarray(at + HEAD_BYTES, at + HEAD_BYTES + stream.readUInt16LE(at + 2));
    if (type === BEGIN && at > 0 && !shapes.has(at)) {
      own = [];
      shapes.set(at, own);
    }
    if (type === SHEET && body.length >= 4) sheets.push(body.readUInt32LE(0));
    if (type === GROUP) last = group;
    else if (type === SHAPES) last = own;
    else if (type !== CONTINUED) last = null;
    last?.push(body);
    at += HEAD_BYTES + body.length;
  }
  return { sheets, group: Buffer.concat(group), shapes };
}
