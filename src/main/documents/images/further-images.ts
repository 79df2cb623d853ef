import { boxesIn, metaBoxes } from './heif-boxes.ts';
import type { ImageFormat } from './image-pages.ts';

/** How many images a file has besides the one that is read: frames of a GIF, and images of a HEIC or AVIF file. */
export function furtherImages(bytes: Buffer, format: ImageFormat): number {
  if (format === 'gif') return Math.max(0, gifFrames(bytes) - 1);
  return format === 'heic' || format === 'avif' ? Math.max(0, heifImages(bytes) - 1) : 0;
}

const [GIF_HEAD, SCREEN_FLAGS_AT] = [13, 10];
const [EXTENSION, FRAME, FRAME_BYTES] = [0x21, 0x2c, 10];

function gifFrames(bytes: Buffer): number {
  let frames = 0;
  let at = GIF_HEAD + coloursIn(bytes[SCREEN_FLAGS_AT]);
  /** Data stand in blocks of up to 255 bytes, up to an empty one. */
  const passBlocks = () => {
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  };
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === EXTENSION) at += 2;
    else if (kind === FRAME) {
      frames += 1;
      at += FRAME_BYTES + coloursIn(bytes[at + FRAME_BYTES - 1]) + 1;
    } else return frames;
    passBlocks();
  }
  return frames;
}

/** Bytes of the colours that follow such flags. */
function coloursIn(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Kinds of items that are shown, if nothing else is made of them. */
const shown: ReadonlySet<string> = new Set(['hvc1', 'av01', 'grid', 'iden', 'iovl']);
/** References by which an item is a thumbnail of another one, or belongs to it as its depth does. */
const aside: ReadonlySet<string> = new Set(['thmb', 'auxl']);
const HIDDEN = 1;

/** ISO/IEC 14496-12: what lies in the file (`iinf`), and what refers to what (`iref`). */
function heifImages(bytes: Buffer): number {
  const boxes = metaBoxes(bytes);
  const images = new Set<number>();
  for (const { body } of boxes.filter(({ type }) => type === 'iinf')) {
    for (const { type, body: item } of boxesIn(body.subarray(body[0] === 0 ? 6 : 8))) {
      const isLong = item[0] === 3;
      if (type !== 'infe' || item.length < 12 || (item[0] !== 2 && !isLong)) continue;
      const id = isLong ? item.readUInt32BE(4) : item.readUInt16BE(4);
      const kindAt = isLong ? 10 : 8;
      const isHidden = (item.readUInt32BE(0) & HIDDEN) !== 0;
      if (!isHidden && shown.has(item.toString('latin1', kindAt, kindAt + 4))) images.add(id);
    }
  }
  for (const { body } of boxes.filter(({ type }) => type === 'iref')) {
    for (const reference of boxesIn(body.subarray(4))) {
      const [from, ...to] = idsIn(reference.body, body[0] === 0 ? 2 : 4);
      if (aside.has(reference.type) && from !== undefined) images.delete(from);
      if (reference.type === 'dimg') for (const id of to) images.delete(id);
    }
  }
  return images.size;
}

/** The item that refers, and those that it refers to, behind their number. */
function idsIn(reference: Buffer, idBytes: 2 | 4): readonly number[] {
  const ids: number[] = [];
  for (let at = 0; at + idBytes <= reference.length; at += idBytes) {
    ids.push(reference.readUIntBE(at, idBytes));
    if (at === 0) at += 2;
  }
  return ids;
}
