import { constants, inflateSync } from 'node:zlib';

/** Rows that some programs write behind those of the page. */
const MOST_EXCESS = 64_000_000;

const [PLAIN, LZW, DEFLATE, PACK_BITS, OLD_DEFLATE] = [1, 5, 8, 32_773, 32_946];

/**
 * Unpacks a strip or tile of a TIFF file.
 *
 * @param compression as TIFF numbers it.
 * @param wanted how many bytes its rows on the page take; there may be more.
 * @returns null if there are fewer, or for a packing that is not known here.
 */
export function unpackTiff(packed: Buffer, compression: number, wanted: number): Buffer | null {
  const bytes = unpacked(packed, compression, wanted);
  return bytes !== null && bytes.length >= wanted ? bytes : null;
}

function unpacked(packed: Buffer, compression: number, wanted: number): Buffer | null {
  switch (compression) {
    case PLAIN:
      // What follows is done in place.
      return Buffer.from(packed.subarray(0, wanted));
    case DEFLATE:
    case OLD_DEFLATE:
      return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: wanted + MOST_EXCESS });
    case PACK_BITS:
      return unpackBits(packed, wanted);
    case LZW:
      return unpackLzw(packed, wanted);
    default:
      return null;
  }
}

/** TIFF 6.0, section 9. */
function unpackBits(packed: Buffer, wanted: number): Buffer {
  const bytes = Buffer.alloc(wanted);
  let [from, to] = [0, 0];
  while (from < packed.length && to < wanted) {
    const count = packed.readInt8(from);
    from += 1;
    if (count >= 0) {
      to += packed.copy(bytes, to, from, from + count + 1);
      from += count + 1;
    } else if (count > -128) {
      bytes.fill(packed[from] ?? 0, to, to + 1 - count);
      to += 1 - count;
      from += 1;
    }
  }
  return bytes.subarray(0, Math.min(to, wanted));
}

const [CLEAR, END, FIRST_CODE, MOST_CODES] = [256, 257, 258, 4_096];

/** TIFF 6.0, section 13. */
function unpackLzw(packed: Buffer, wanted: number): Buffer {
  const bytes = Buffer.alloc(wanted);
  /** Where each code's bytes stand in what was unpacked, and how many they are. */
  const [starts, lengths] = [new Uint32Array(MOST_CODES), new Uint32Array(MOST_CODES)];
  let [next, width, at, to] = [FIRST_CODE, 9, 0, 0];
  let before: { readonly start: number; readonly length: number } | null = null;
  while (at + width <= packed.length * 8 && to < wanted) {
    const code = bitsAt(packed, at, width);
    at += width;
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, before] = [FIRST_CODE, 9, null];
      continue;
    }
    // A code that is not known yet is the one before with its first byte behind it.
    const isNew = code >= next;
    if (isNew && (before === null || code > next)) break;
    const start = to;
    const length: number = code < CLEAR ? 1 : isNew ? (before?.length ?? 0) + 1 : (lengths[code] ?? 0);
    const from = isNew ? (before?.start ?? 0) : (starts[code] ?? 0);
    if (code < CLEAR) bytes[to] = code;
    else
      for (let byte = 0; byte < length && start + byte < wanted; byte += 1)
        bytes[start + byte] = bytes[from + byte] ?? 0;
    to = Math.min(wanted, to + length);
    if (before !== null && next < MOST_CODES) {
      starts[next] = before.start;
      lengths[next] = before.length + 1;
      next += 1;
      // Wider by one code too early, as the first program did it.
      if (next >= 2 ** width - 1 && width < 12) width += 1;
    }
    before = { start, length };
  }
  return bytes.subarray(0, to);
}

function bitsAt(bytes: Buffer, at: number, width: number): number {
  const from = at >>> 3;
  const three = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
  return (three >>> (24 - (at & 7) - width)) & (2 ** width - 1);
}

/** Bytes whose lowest bit is their first. */
export function withBitsReversed(bytes: Buffer): Buffer {
  return bytes.map((byte) => {
    let reversed = 0;
    for (let bit = 0; bit < 8; bit += 1) reversed = (reversed << 1) | ((byte >>> bit) & 1);
    return reversed;
  }) as Buffer;
}

/** What a row's values look like. */
export interface Samples {
  /** Of a pixel. */
  readonly count: number;
  readonly bits: number;
  readonly little: boolean;
}

/** Undoes a row's differences from the pixel before (predictor 2), in place. TIFF 6.0, section 14. */
export function undoDifferences(row: Buffer, { count, bits, little }: Samples): void {
  if (bits === 8) {
    for (let at = count; at < row.length; at += 1) row[at] = (row[at] ?? 0) + (row[at - count] ?? 0);
    return;
  }
  for (let at = count * 2; at + 1 < row.length; at += 2) {
    const [high, low] = little ? [at + 1, at] : [at, at + 1];
    const sum = ((row[high] ?? 0) + (row[high - count * 2] ?? 0)) * 256 + (row[low] ?? 0) + (row[low - count * 2] ?? 0);
    row[high] = sum >>> 8;
    row[low] = sum;
  }
}

/** A row's values from 0 to 255; as they are where they are numbers of colours. */
export function samplesOf(row: Buffer, length: number, { bits, little }: Samples, areNumbers: boolean): Uint8Array {
  const samples = new Uint8Array(length);
  if (bits === 8) {
    samples.set(row.subarray(0, length));
  } else if (bits === 16) {
    for (let at = 0; at < length; at += 1) samples[at] = row[at * 2 + (little ? 1 : 0)] ?? 0;
  } else {
    const most = 2 ** bits - 1;
    for (let at = 0; at < length; at += 1) {
      const value = bitsAt(row, at * bits, bits);
      samples[at] = areNumbers ? value : Math.round((value * 255) / most);
    }
  }
  return samples;
}
