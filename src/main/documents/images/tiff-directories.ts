/** One image of a TIFF file, as its directory tells of it. TIFF 6.0, section 2; BigTIFF: libtiff's "BigTIFF Design". */
export interface TiffDirectory {
  readonly at: number;
  /** Where it says where the next one is. */
  readonly nextAt: number;
  /** The first whole number of a tag; undefined where it is missing or holds others. */
  first(tag: number): number | undefined;
  /** All of them; none where there are more than a page could have. */
  values(tag: number): readonly number[];
  /** Where the value of a tag stands, if that is a single number. */
  valueAt(tag: number): number | null;
}

export const tiffTags = {
  kind: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  meaning: 262,
  fillOrder: 266,
  strips: 273,
  orientation: 274,
  samples: 277,
  rowsInStrip: 278,
  stripBytes: 279,
  planes: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tiles: 324,
  tileBytes: 325,
  furtherSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  oldJpeg: 513,
  oldJpegBytes: 514,
  subsampling: 530,
} as const;

/** Bytes of a value, of the types that are whole numbers or plain bytes. */
const valueBytes: ReadonlyMap<number, 1 | 2 | 4 | 8> = new Map([
  [1, 1],
  [3, 2],
  [4, 4],
  [7, 1],
  [13, 4],
  [16, 8],
]);

/** Strips of one row each, of the highest page in three planes, are a tenth of it. */
const MOST_VALUES = 1_000_000;

/** The directories of a file in their order; null if one lies outside of it: whole pages would pass for the document. */
export function tiffDirectories(bytes: Buffer, most: number): readonly TiffDirectory[] | null {
  try {
    return followed(bytes, most);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @throws {RangeError} if one lies outside of the file. Where the last that is wanted says the next one is may be missing. */
function followed(bytes: Buffer, most: number): readonly TiffDirectory[] {
  const numbers = tiffNumbers(bytes);
  const form = isBigTiff(bytes)
    ? { firstAt: 8, countBytes: 8, entryBytes: 20, wordBytes: 8 as const }
    : { firstAt: 4, countBytes: 2, entryBytes: 12, wordBytes: 4 as const };
  const found: TiffDirectory[] = [];
  const seen = new Set<number>();
  let nextAt = form.firstAt;
  while (found.length < most) {
    const at = numbers(nextAt, form.wordBytes);
    // Directories can form a circle.
    if (at < form.firstAt + form.wordBytes || seen.has(at)) break;
    seen.add(at);
    const directory = directoryAt(bytes, at, form);
    found.push(directory);
    nextAt = directory.nextAt;
  }
  return found;
}

interface Form {
  readonly countBytes: number;
  readonly entryBytes: number;
  readonly wordBytes: 4 | 8;
}

function directoryAt(bytes: Buffer, at: number, { countBytes, entryBytes, wordBytes }: Form): TiffDirectory {
  const numbers = tiffNumbers(bytes);
  const count = numbers(at, countBytes === 2 ? 2 : 8);
  const nextAt = at + countBytes + count * entryBytes;
  if (nextAt > bytes.length) throw new RangeError('The directory does not end in the file.');
  const entries = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    const entry = at + countBytes + index * entryBytes;
    entries.set(numbers(entry, 2), entry);
  }
  const located = (tag: number) => {
    const entry = entries.get(tag);
    const size = entry === undefined ? undefined : valueBytes.get(numbers(entry + 2, 2));
    if (entry === undefined || size === undefined) return null;
    const values = numbers(entry + 4, wordBytes);
    const own = entry + 4 + wordBytes;
    const from = values * size <= wordBytes ? own : numbers(own, wordBytes);
    return from + values * size <= bytes.length ? { from, values, size } : null;
  };
  return {
    at,
    nextAt,
    first: (tag) => {
      const found = located(tag);
      return found === null || found.values === 0 ? undefined : numbers(found.from, found.size);
    },
    values: (tag) => {
      const found = located(tag);
      if (found === null || found.values > MOST_VALUES) return [];
      return Array.from({ length: found.values }, (_, index) => numbers(found.from + index * found.size, found.size));
    },
    valueAt: (tag) => {
      const found = located(tag);
      return found?.values === 1 ? found.from : null;
    },
  };
}

/** Reads unsigned numbers in the order of bytes that a file says. @throws {RangeError} outside of the file. */
export function tiffNumbers(bytes: Buffer): (at: number, size: 1 | 2 | 4 | 8) => number {
  const little = isLittleEndian(bytes);
  return (at, size) => {
    if (size === 8) return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
    return little ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
  };
}

export function isLittleEndian(bytes: Buffer): boolean {
  return bytes[0] === 0x49;
}

const BIG = 43;

/** A file whose places are numbers of eight bytes. */
export function isBigTiff(bytes: Buffer): boolean {
  return tiffNumbers(bytes)(2, 2) === BIG;
}
