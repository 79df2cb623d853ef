/** Where a ZIP file ends. */

/** The record that ends one, and the longest comment that it may have. */
const RECORD_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const signature = Buffer.from('PK\x05\x06', 'latin1');

/** So much of a file's end says where its ZIP file ends. */
export const zipTailBytes = RECORD_BYTES + LONGEST_COMMENT;

/**
 * The size of a ZIP file without what was appended to it: a byte by a transfer, a page by a server. Other programs pass
 * over that; yauzl refuses it. Without a record that fits, the size of the file.
 *
 * @param tail the last `zipTailBytes` of the file, or all of it.
 */
export function zipSize(tail: Buffer, size: number): number {
  const last = tail.length - RECORD_BYTES;
  for (let at = tail.lastIndexOf(signature); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(signature, at - 1)) {
    if (at > last) continue;
    const start = size - tail.length + at;
    const end = start + RECORD_BYTES + tail.readUInt16LE(at + 20);
    const [directoryBytes, directoryAt] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    const isCoherent = directoryAt === 0xffffffff || directoryAt + directoryBytes <= start;
    if (end <= size && isCoherent) return end;
  }
  return size;
}
