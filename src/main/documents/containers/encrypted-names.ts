import { assertNever } from '../../../shared/result.ts';
import type { Source } from './container.ts';
import type { SevenZipFormat } from './seven-zip.ts';

/**
 * Whether an archive does not tell the names of its files without a password: 7-Zip may crash on what a wrong one gives.
 */
export function hasEncryptedNames(source: Source, format: SevenZipFormat): boolean {
  switch (format) {
    case '7z':
      return isEncrypted7z(source);
    case 'rar':
      return (bytesAt(source, 10, 1)[0] ?? 0) >= 0x80;
    case 'rar5':
      return bytesAt(source, 12, 2)[1] === ENCRYPTION_BLOCK;
    default:
      return assertNever(format);
  }
}

/** After the checksum and the length of a block, which is one byte for this one. */
const ENCRYPTION_BLOCK = 4;
const START_BYTES = 32;
const PACKED_HEADER = 0x17;
/** What 7-Zip calls its method of encryption. */
const AES = Buffer.from([0x06, 0xf1, 0x07, 0x01]);
const MOST_HEADER_BYTES = 4_096;

/** The header that says how the header with the names is packed is at the end, and never encrypted itself. */
function isEncrypted7z(source: Source): boolean {
  const start = bytesAt(source, 0, START_BYTES);
  if (start.length < START_BYTES) return false;
  const at = START_BYTES + Number(start.readBigUInt64LE(12));
  const header = bytesAt(source, at, Math.min(MOST_HEADER_BYTES, Number(start.readBigUInt64LE(20))));
  return header[0] === PACKED_HEADER && header.includes(AES);
}

function bytesAt(source: Source, at: number, count: number): Buffer {
  const length = Math.max(0, Math.min(count, source.size - at));
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, length === 0 ? 0 : source.readAt(bytes, at));
}
