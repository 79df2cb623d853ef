import { bitmapFile } from '../images/device-independent-bitmap.ts';
import { type PptRecord, recordAt, recordsBelow, recordsIn } from '../ppt/records.ts';
import { asItIs, type ShownSize } from './embedded-pictures.ts';

/** Pictures as programs of before 2007 keep them, each in a record ([MS-ODRAW] 2.2.23). */

const HEAD_BYTES = 8;
const HASH_BYTES = 16;
/** Of a reference to a picture, before its name and the picture. */
const [REFERENCE, REFERENCE_BYTES, NAME_LENGTH_AT] = [0xf007, 36, 33];
/** Between the hashes and the picture: how it is stored, if it is a bitmap. */
const TAG_BYTES = 1;
/** What a picture is, by the number of its record; an odd instance has a second hash. */
const bitmaps: ReadonlyMap<number, (bytes: Buffer) => Buffer | null> = new Map([
  [0xf01d, (bytes) => bytes],
  [0xf01e, (bytes) => bytes],
  [0xf01f, bitmapFile],
  [0xf029, (bytes) => bytes],
  [0xf02a, (bytes) => bytes],
]);
/** Metafiles: EMF, WMF and those of a Macintosh. */
const metafiles: ReadonlySet<number> = new Set([0xf01a, 0xf01b, 0xf01c]);
/** Behind the hashes of a metafile: what it is and how large it is shown, in English Metric Units. */
const [METAFILE_HEAD_BYTES, METAFILE_WIDTH_AT, METAFILE_HEIGHT_AT] = [34, 20, 24];
/** Two hashes: of JPEG in two colour spaces, PNG, DIB, TIFF, EMF, WMF and those of a Macintosh. */
const twoHashes: ReadonlySet<number> = new Set([0x46b, 0x6e3, 0x6e1, 0x7a9, 0x6e5, 0x3d5, 0x217, 0x543]);

/** A picture as a document keeps it. */
export interface StoredPicture {
  readonly bytes: Buffer;
  /** As it says itself before its bytes, which only metafiles do. */
  readonly size: ShownSize;
}

/** The picture in the record at this place; null if it is none. */
function pictureAt(bytes: Buffer, at: number): StoredPicture | null {
  const record = recordAt(bytes, at);
  if (record?.type !== REFERENCE) return pictureOf(record);
  // A reference holds a picture, never another reference.
  return record.bytes.length <= REFERENCE_BYTES ? null : pictureOf(recordAt(record.bytes, pictureIn(record.bytes)));
}

/** Where the picture in a reference begins: behind its name. */
function pictureIn(reference: Buffer): number {
  return REFERENCE_BYTES + (reference[NAME_LENGTH_AT] ?? 0);
}

function pictureOf(record: PptRecord | null): StoredPicture | null {
  if (record === null) return null;
  const behindHashes = record.bytes.subarray(HASH_BYTES * (twoHashes.has(record.instance) ? 2 : 1));
  if (metafiles.has(record.type)) return metafileOf(behindHashes);
  const bytes = bitmaps.get(record.type)?.(behindHashes.subarray(TAG_BYTES)) ?? null;
  return bytes === null ? null : { bytes, size: asItIs };
}

/** No metafile is read, but a document that has one says so. */
function metafileOf(record: Buffer): StoredPicture | null {
  if (record.length <= METAFILE_HEAD_BYTES) return null;
  const [width, height] = [record.readInt32LE(METAFILE_WIDTH_AT), record.readInt32LE(METAFILE_HEIGHT_AT)];
  const size = width > 0 && height > 0 ? { width, height } : asItIs;
  return { bytes: record.subarray(METAFILE_HEAD_BYTES), size };
}

/** More records than describe one picture. */
const MOST_RECORDS = 20;

/** The first picture among the records from this place to another. */
export function firstPicture(bytes: Buffer, from: number, to: number): StoredPicture | null {
  let at = from;
  for (let met = 0; met < MOST_RECORDS && at + HEAD_BYTES <= Math.min(to, bytes.length); met += 1) {
    const found = pictureAt(bytes, at);
    if (found !== null) return found;
    at += HEAD_BYTES + bytes.readUInt32LE(at + 4);
  }
  return null;
}

/** The list of a document's pictures, and where in the bytes of them one is. */
const [STORE, DELAYED_AT] = [0xf001, 28];
/** Of a shape: its number, and its properties, among them the number of its picture. */
const [SHAPE, PROPERTIES, PROPERTY_BYTES, PICTURE] = [0xf00a, 0xf00b, 6, 0x104];
const [PROPERTY_KIND, IS_LONG] = [0x3fff, 0x8000];
/** The property of a shape that is drawn as words (WordArt). */
const WORDS = 0x0c0;
/** Twice as many as a file may have: pictures that share their bytes would make a small file large. */
const MOST_BYTES = 100_000_000;

/**
 * The pictures of a document by their numbers, which count from 1.
 * @param delayed the bytes that pictures are in which do not lie in the list itself.
 */
export function pictureStore(group: PptRecord, delayed: Buffer): (number: number) => StoredPicture | null {
  const store = [...recordsBelow(group, ({ type }) => type !== STORE)].find(({ type }) => type === STORE);
  const references = store === undefined ? [] : recordsIn(store.bytes);
  const known = new Map<number, StoredPicture | null>();
  let bytesLeft = MOST_BYTES;
  const read = ({ type, bytes }: PptRecord): StoredPicture | null => {
    if (type !== REFERENCE || bytes.length < REFERENCE_BYTES) return null;
    const own = pictureOf(recordAt(bytes, pictureIn(bytes)));
    return own ?? pictureOf(recordAt(delayed, bytes.readUInt32LE(DELAYED_AT)));
  };
  return (number) => {
    const last = known.get(number);
    if (last !== undefined) return last;
    const reference = references[number - 1];
    const picture = reference === undefined || bytesLeft < 0 ? null : read(reference);
    bytesLeft -= picture?.bytes.length ?? 0;
    known.set(number, picture);
    return picture;
  };
}

/** The number of a shape, and that of the picture in it; 0 for none. */
export function pictureInShape(shape: PptRecord): { readonly id: number; readonly picture: number } {
  let [id, picture] = [-1, 0];
  for (const { type, instance, bytes } of recordsIn(shape.bytes)) {
    if (type === SHAPE && bytes.length >= 4) id = bytes.readUInt32LE(0);
    if (type !== PROPERTIES) continue;
    for (const { kind, value } of propertiesIn(bytes, instance)) if (kind === PICTURE) picture = value;
  }
  return { id, picture };
}

/** The words that a shape is drawn as; '' if it is none of those. */
export function wordArtIn(shape: PptRecord): string {
  for (const { type, instance, bytes } of recordsIn(shape.bytes)) {
    if (type !== PROPERTIES) continue;
    for (const { kind, long } of propertiesIn(bytes, instance)) {
      if (kind === WORDS) return long.toString('utf16le').replace(/\0.*$/s, '').replace(/\r\n?/g, '\n').trim();
    }
  }
  return '';
}

/** Properties with their values. Long values lie behind all properties, in their order. */
function* propertiesIn(bytes: Buffer, count: number) {
  let longAt = count * PROPERTY_BYTES;
  for (let at = 0; at < count * PROPERTY_BYTES && at + PROPERTY_BYTES <= bytes.length; at += PROPERTY_BYTES) {
    const head = bytes.readUInt16LE(at);
    const value = bytes.readUInt32LE(at + 2);
    const length = (head & IS_LONG) === 0 ? 0 : value;
    yield { kind: head & PROPERTY_KIND, value, long: bytes.subarray(longAt, longAt + length) };
    longAt += length;
  }
}
