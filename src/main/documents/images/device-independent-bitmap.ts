/** The head of a bitmap as Windows keeps it in memory: the oldest, and one with as much as any program needs. */
const [CORE_BYTES, INFO_BYTES] = [12, 40];
const FILE_HEAD_BYTES = 14;
/** Colours are told by three masks behind the head. */
const MASKED = 3;

/** A bitmap without the head of a file (DIB) as a file (.bmp); null if it is none. */
export function bitmapFile(dib: Buffer): Buffer | null {
  if (dib.length < INFO_BYTES) return null;
  const headBytes = dib.readUInt32LE(0);
  if (headBytes !== CORE_BYTES && (headBytes < INFO_BYTES || headBytes > 124)) return null;
  const isCore = headBytes === CORE_BYTES;
  const bits = dib.readUInt16LE(isCore ? 10 : 14);
  const told = isCore ? 0 : dib.readUInt32LE(32);
  const colours = bits <= 8 ? told || 2 ** bits : told;
  const masks = headBytes === INFO_BYTES && dib.readUInt32LE(16) === MASKED ? 12 : 0;
  const head = Buffer.alloc(FILE_HEAD_BYTES);
  head.write('BM', 'latin1');
  head.writeUInt32LE(FILE_HEAD_BYTES + dib.length, 2);
  const start = FILE_HEAD_BYTES + headBytes + masks + colours * (isCore ? 3 : 4);
  if (start > FILE_HEAD_BYTES + dib.length) return null;
  head.writeUInt32LE(start, 10);
  return Buffer.concat([head, dib]);
}
