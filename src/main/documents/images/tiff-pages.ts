import { type ImagePage, orientationOf } from './image-page.ts';

const HEADER_BYTES = 8;
const FIRST_DIRECTORY_AT = 4;
const ENTRY_BYTES = 12;
const tags = { width: 256, height: 257, compression: 259, orientation: 274 } as const;
/** Field types: a number of two or four bytes. */
const SHORT = 3;
const LONG = 4;

/** JPEG and Deflate (two numbers), whose decoders Leptonica lacks in WebAssembly, as TIFF numbers them. */
const decodedApart: ReadonlySet<number> = new Set([7, 8, 32_946]);

/** Whether a page is packed in a way that needs a decoder of its own. @param number counted from 1. */
export function isTiffDecodedApart(bytes: Buffer, number: number): boolean {
  return directories(bytes, number)?.[number - 1]?.isDecodedApart ?? false;
}

interface Directory {
  readonly at: number;
  /** Where it says where the next one is. */
  readonly nextAt: number;
  readonly page: ImagePage;
  readonly isDecodedApart: boolean;
}

/** The pages of a TIFF from their directories; null if it has none that can be followed. */
export function tiffPages(bytes: Buffer, most: number): readonly ImagePage[] | null {
  const found = directories(bytes, most);
  return found?.map(({ page }) => page) ?? null;
}

/** The same file with one of its pages as the only one, so that decoders need not follow the others. @param number counted from 1. */
export function tiffFromPage(bytes: Buffer, number: number): Buffer {
  const directory = directories(bytes, number)?.[number - 1];
  if (directory === undefined) throw new Error(`There is no page ${number}.`);
  const copy = Buffer.from(bytes);
  if (isLittleEndian(copy)) copy.writeUInt32LE(directory.at, FIRST_DIRECTORY_AT);
  else copy.writeUInt32BE(directory.at, FIRST_DIRECTORY_AT);
  copy.writeUInt32LE(0, directory.nextAt);
  return copy;
}

function directories(bytes: Buffer, most: number): readonly Directory[] | null {
  const found: Directory[] = [];
  const seen = new Set<number>();
  const { u16, u32 } = numbersOf(bytes);
  try {
    let at = u32(FIRST_DIRECTORY_AT);
    // Directories can form a circle.
    while (at >= HEADER_BYTES && !seen.has(at) && found.length < most) {
      seen.add(at);
      const entries = u16(at);
      const values = new Map<number, number>();
      for (let index = 0; index < entries; index += 1) {
        const entry = at + 2 + index * ENTRY_BYTES;
        const type = u16(entry + 2);
        if (type === SHORT) values.set(u16(entry), u16(entry + 8));
        else if (type === LONG) values.set(u16(entry), u32(entry + 8));
      }
      const isDecodedApart = decodedApart.has(values.get(tags.compression) ?? 0);
      const nextAt = at + 2 + entries * ENTRY_BYTES;
      found.push({ at, nextAt, page: pageOf(values, isDecodedApart), isDecodedApart });
      at = u32(nextAt);
    }
  } catch (error) {
    // A file that was cut off: its whole pages would pass for the document.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return found;
}

function pageOf(values: ReadonlyMap<number, number>, isDecodedApart: boolean): ImagePage {
  return {
    width: values.get(tags.width) ?? 0,
    height: values.get(tags.height) ?? 0,
    // Leptonica itself turns a TIFF as it says.
    orientation: isDecodedApart ? orientationOf(values.get(tags.orientation)) : 1,
  };
}

function isLittleEndian(bytes: Buffer): boolean {
  return bytes[0] === 0x49;
}

function numbersOf(bytes: Buffer) {
  const little = isLittleEndian(bytes);
  return {
    u16: (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    u32: (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
  };
}
