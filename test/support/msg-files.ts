import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';

/** Messages as Outlook saves them: a property each in a stream of its own. */

interface Property {
  readonly id: number;
  /** Text in UTF-16, in the code page of the message, bytes, a number, or milliseconds since 1970. */
  readonly value: string | Buffer | number | Date;
}

interface Folder {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly folders?: readonly Folder[];
}

export const id = {
  messageClass: 0x001a,
  subject: 0x0037,
  submitted: 0x0039,
  headers: 0x007d,
  senderName: 0x0c1a,
  body: 0x1000,
  html: 0x1013,
  compressedRtf: 0x1009,
  displayName: 0x3001,
  smtpAddress: 0x39fe,
  recipientType: 0x0c15,
  attachedName: 0x3707,
  attachedBytes: 0x3701,
  attachedType: 0x370e,
  contentId: 0x3712,
  codePage: 0x3ffd,
  internetCodePage: 0x3fde,
} as const;

/** A saved message. `text8` writes texts in bytes of that code page, as old versions did. */
export function msg(
  properties: readonly Property[],
  {
    recipients = [],
    attachments = [],
  }: { recipients?: readonly (readonly Property[])[]; attachments?: readonly (readonly Property[])[] } = {},
): Buffer {
  const numbered = (kind: string, all: readonly (readonly Property[])[]): Folder[] =>
    all.map((own, at) => ({ name: `__${kind}_version1.0_#${String(at).padStart(8, '0')}`, properties: own }));
  const folders = [...numbered('recip', recipients), ...numbered('attach', attachments)];
  const entries: Entry[] = [{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children: [] }];
  addFolder(entries, 0, { name: '', properties, folders }, 32);
  return Buffer.from(burn(entries));
}

function addFolder(entries: Entry[], at: number, { properties, folders = [] }: Folder, headerBytes: number): void {
  const add = (entry: Entry): number => {
    entries.push(entry);
    entries[at]?.children?.push(entries.length - 1);
    return entries.length - 1;
  };
  const stream = (name: string, bytes: Buffer) =>
    add({ name, type: TypeEnum.DOCUMENT, length: bytes.length, binaryProvider: () => Uint8Array.from(bytes) });
  stream('__properties_version1.0', Buffer.concat([Buffer.alloc(headerBytes), ...properties.map(fixedProperty)]));
  for (const { id: own, value } of properties) {
    if (typeof value === 'string') stream(`__substg1.0_${hex(own)}001F`, Buffer.from(value, 'utf16le'));
    else if (Buffer.isBuffer(value))
      stream(`__substg1.0_${hex(own)}${own === id.subject || own === id.body ? '001E' : '0102'}`, value);
  }
  for (const folder of folders) {
    addFolder(entries, add({ name: folder.name, type: TypeEnum.DIRECTORY, length: 0, children: [] }), folder, 8);
  }
}

function fixedProperty({ id: own, value }: Property): Buffer {
  const entry = Buffer.alloc(16);
  entry.writeUInt16LE(own, 2);
  entry.writeUInt32LE(6, 4);
  if (typeof value === 'number') {
    entry.writeUInt16LE(0x0003, 0);
    entry.writeInt32LE(value, 8);
  } else if (value instanceof Date) {
    entry.writeUInt16LE(0x0040, 0);
    entry.writeBigUInt64LE((BigInt(value.getTime()) + 11_644_473_600_000n) * 10_000n, 8);
  } else entry.writeUInt16LE(typeof value === 'string' ? 0x001f : 0x0102, 0);
  return entry;
}

function hex(own: number): string {
  return own.toString(16).toUpperCase().padStart(4, '0');
}

/** Rich text in the wrapping of Outlook, not compressed. */
export function uncompressedRtf(rtf: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(rtf.length + 12, 0);
  head.writeUInt32LE(rtf.length, 4);
  head.write('MELA', 8);
  return Buffer.concat([head, rtf]);
}
