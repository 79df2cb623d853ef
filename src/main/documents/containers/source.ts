import { ok } from '../../../shared/result.ts';
import type { Source } from './container.ts';

const HEAD_BYTES = 4_096;

export function sourceOfBytes(bytes: Buffer): Source {
  return {
    size: bytes.length,
    readAt: (buffer, offset) => bytes.copy(buffer, 0, offset),
    readWhole: () => ok(bytes),
  };
}

/** How it begins, by which its kind is known. */
export function headOf(source: Source): Buffer {
  const head = Buffer.alloc(Math.min(HEAD_BYTES, source.size));
  return head.subarray(0, source.readAt(head, 0));
}
