/** A record of a PowerPoint file: a kind, and bytes that are records in turn if it is a container. */
export interface PptRecord {
  readonly type: number;
  readonly instance: number;
  readonly isContainer: boolean;
  readonly bytes: Buffer;
}

export const kinds = {
  documentList: 0x0ff0,
  slidePersist: 0x03f3,
  slide: 0x03ee,
  slideAtom: 0x03ef,
  slideShow: 0x03f9,
  mainMaster: 0x03f8,
  headersFooters: 0x0fd9,
  headersFootersFlags: 0x0fda,
  notes: 0x03f0,
  textHeader: 0x0f9f,
  textWide: 0x0fa0,
  textNarrow: 0x0fa8,
  outlineText: 0x0f9e,
  userEdit: 0x0ff5,
  persistDirectory: 0x1772,
  comment: 0x2ee0,
  string: 0x0fba,
  embedded: 0x0fcc,
  objectAtom: 0x0fc3,
  objectStorage: 0x1011,
  drawingGroup: 0x040b,
  anchor: 0xf010,
  placeholder: 0x0bc3,
  shape: 0xf004,
  /** Holds records although it is not marked as a container. */
  tagData: 0x138b,
  textBox: 0xf00d,
  clientData: 0xf011,
} as const;

const HEAD_BYTES = 8;
const CONTAINER = 0xf;
const holdRecords: ReadonlySet<number> = new Set([kinds.tagData, kinds.textBox, kinds.clientData]);
/** Of groups of shapes in each other. */
const deepest = 60;

/** The record that begins at this place; null if none can. */
export function recordAt(bytes: Buffer, at: number): PptRecord | null {
  if (at < 0 || at + HEAD_BYTES > bytes.length) return null;
  const head = bytes.readUInt16LE(at);
  const type = bytes.readUInt16LE(at + 2);
  const from = at + HEAD_BYTES;
  const isContainer = (head & CONTAINER) === CONTAINER || holdRecords.has(type);
  return { type, instance: head >> 4, isContainer, bytes: bytes.subarray(from, from + bytes.readUInt32LE(at + 4)) };
}

/** The records one after the other, without those in them. */
export function recordsIn(bytes: Buffer): PptRecord[] {
  const records: PptRecord[] = [];
  for (let at = 0; ; ) {
    const record = recordAt(bytes, at);
    if (record === null) return records;
    records.push(record);
    at += HEAD_BYTES + record.bytes.length;
  }
}

/** All records in this one, from the outside in and in order; `enters` says which are looked into. */
export function* recordsBelow(
  { bytes }: PptRecord,
  enters: (record: PptRecord) => boolean = () => true,
  depth = 0,
): Generator<PptRecord> {
  for (const record of recordsIn(bytes)) {
    yield record;
    if (record.isContainer && depth < deepest && enters(record)) yield* recordsBelow(record, enters, depth + 1);
  }
}
