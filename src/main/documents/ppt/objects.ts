import { inflateSync } from 'node:zlib';
import { type EmbeddedFile, fileInStorage, unreadObject } from '../compound/embedded-object.ts';
import type { ExtractLimits } from '../limits.ts';
import { readEdits } from './presentation.ts';
import { kinds, type PptRecord, recordAt, recordsBelow } from './records.ts';

/** Of what says where an object is kept: whether it is linked to or a control, and the number of its part. */
const [TYPE_AT, PART_AT] = [4, 16];
const EMBEDDED = 0;
/** Behind the length that it unpacks to. */
const PACKED_AT = 4;

/** The files embedded in a presentation of before 2007, as objects that are each packed by itself. */
export function* objectsInPresentation(
  stream: Buffer,
  currentUser: Buffer,
  limits: ExtractLimits,
): Generator<EmbeddedFile> {
  let left = limits.maxUnpackedBytes;
  for (const record of objectRecords(stream, currentUser)) {
    const bytes = unpacked(record, left);
    left -= bytes?.length ?? 0;
    const found = bytes === null ? unreadObject(record.bytes) : fileInStorage(bytes);
    if (found !== null) yield found;
  }
}

function objectRecords(stream: Buffer, currentUser: Buffer): readonly PptRecord[] {
  try {
    const { places, documentId } = readEdits(stream, currentUser);
    const at = (id: number) => recordAt(stream, places.get(id) ?? -1);
    const document = at(documentId);
    if (document === null) return [];
    const parts = [...recordsBelow(document)].flatMap(({ type, bytes }) =>
      type === kinds.objectAtom && bytes.length >= PART_AT + 4 && bytes.readUInt32LE(TYPE_AT) === EMBEDDED
        ? bytes.readUInt32LE(PART_AT)
        : [],
    );
    return [...new Set(parts)].flatMap((part) => at(part) ?? []).filter(({ type }) => type === kinds.objectStorage);
  } catch {
    // Reading it says what is wrong with it.
    return [];
  }
}

/** Null where it is damaged, or larger than may be. */
function unpacked({ instance, bytes }: PptRecord, mostBytes: number): Buffer | null {
  if (instance === 0) return bytes;
  try {
    return mostBytes < 1 ? null : inflateSync(bytes.subarray(PACKED_AT), { maxOutputLength: mostBytes });
  } catch {
    return null;
  }
}
