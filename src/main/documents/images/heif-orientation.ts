import { boxesIn, type HeifBox, metaBoxes } from './heif-boxes.ts';
import type { Orientation } from './image-page.ts';

/** By quarter turns counterclockwise (`irot`), and then not mirrored, upside down, or left to right (`imir`): EXIF's numbers. */
const orientations: readonly (readonly [Orientation, Orientation, Orientation])[] = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
];

/**
 * How the image that a HEIC or AVIF file shows first is to be turned and mirrored: ISO/IEC 23008-12, 6.5.10 and 6.5.12. What EXIF
 * says in such a file is not for readers (MIAF, 7.3.10.1).
 */
export function heifOrientation(bytes: Buffer): Orientation {
  try {
    const properties = firstImageProperties(metaBoxes(bytes));
    const turn = properties.find(({ type }) => type === 'irot')?.body[0] ?? 0;
    const mirror = properties.find(({ type }) => type === 'imir')?.body[0];
    return orientations[turn & 3]?.[mirror === undefined ? 0 : (mirror & 1) + 1] ?? 1;
  } catch (error) {
    // A box that ends too early: the decoder will say so.
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

function firstImageProperties(meta: readonly HeifBox[]): readonly HeifBox[] {
  const first = meta.find(({ type }) => type === 'pitm')?.body;
  const parts = boxesIn(meta.find(({ type }) => type === 'iprp')?.body ?? Buffer.alloc(0));
  const all = boxesIn(parts.find(({ type }) => type === 'ipco')?.body ?? Buffer.alloc(0));
  if (first === undefined) return [];
  const image = first[0] === 0 ? first.readUInt16BE(4) : first.readUInt32BE(4);
  const numbers = parts.filter(({ type }) => type === 'ipma').flatMap(({ body }) => propertiesOf(body, image));
  return numbers.flatMap((number) => all[number - 1] ?? []);
}

/** The numbers of an image's properties, counted from 1 (`ipma`). */
function propertiesOf(body: Buffer, image: number): readonly number[] {
  const [idBytes, numberBytes] = [body[0] === 0 ? 2 : 4, ((body[3] ?? 0) & 1) === 0 ? 1 : 2];
  const numbers: number[] = [];
  let at = 8;
  for (let entry = 0; entry < body.readUInt32BE(4); entry += 1) {
    const id = body.readUIntBE(at, idBytes);
    const count = body.readUInt8(at + idBytes);
    at += idBytes + 1;
    for (let index = 0; index < count; index += 1, at += numberBytes) {
      // The highest bit says whether readers have to know the property.
      const number = body.readUIntBE(at, numberBytes) & (numberBytes === 1 ? 0x7f : 0x7fff);
      if (id === image) numbers.push(number);
    }
  }
  return numbers;
}
