/** How a whole file is packed. */
export type Packing = 'gzip' | 'xz' | 'bzip2' | 'zstd';

const beginnings: readonly (readonly [beginning: string, packing: Packing])[] = [
  ['\x1f\x8b\x08', 'gzip'],
  ['\xfd7zXZ\0', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
];
/** What follows the first letters of bzip2, which may be text: a block, or the end. */
const bzip2Blocks = ['1AY&SY', '\x17rE8P\x90'];

/** How a file is packed, by its beginning; null if it is not. */
export function packingOf(head: Buffer): Packing | null {
  const start = head.toString('latin1', 0, 10);
  if (/^BZh[1-9]/.test(start) && bzip2Blocks.includes(start.slice(4))) return 'bzip2';
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1] ?? null;
}
