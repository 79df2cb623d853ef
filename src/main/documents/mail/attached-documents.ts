import { createHash } from 'node:crypto';
import type { AttachedFile } from './message.ts';

/** What is attached to a mail to be read: without copies, and without what holds nothing. */
export function attachedDocuments(attachments: readonly AttachedFile[]): AttachedFile[] {
  return withoutCopies(attachments).filter(({ bytes, isElsewhere }) => !isElsewhere && !isBlank(bytes));
}

/** Programs attach some parts twice: an invitation as a part to answer and as a file to keep. */
export function withoutCopies(attachments: readonly AttachedFile[]): AttachedFile[] {
  const seen = new Set<string>();
  return attachments.filter(({ bytes }) => {
    const hash = createHash('sha256').update(withoutLastLineEnd(bytes)).digest('hex');
    const isCopy = seen.has(hash);
    seen.add(hash);
    return !isCopy;
  });
}

/** Parts that are not encoded end in one. */
function withoutLastLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1;
  return bytes.subarray(0, end);
}

/** Mail servers attach such files; nothing is lost with them. */
export function isBlank(bytes: Buffer): boolean {
  return bytes.length < 1_000 && bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
