import { crc32 } from 'node:zlib';

/** A file of a RAR archive, stored as it is; the program that packs them may not be written again. */
interface StoredFile {
  readonly name: string;
  readonly content?: string;
  /** Where a link leads. */
  readonly linksTo?: string;
  /** What it says of its content instead of what is true. */
  readonly says?: { readonly bytes?: number; readonly checksum?: number };
}

const [ARCHIVE, FILE, END] = [1, 2, 5];
const [HAS_EXTRA, HAS_DATA] = [1, 2];
const [REDIRECTION, UNIX_LINK] = [5, 1];
const HAS_CHECKSUM = 4;

/** An archive in the format of RAR 5. @param flags of the archive, as its format notes number them: 1 if it is cut into volumes. */
export function writeRar(files: readonly StoredFile[], flags = 0): Buffer {
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'),
    block(ARCHIVE, 0, number(flags)),
    ...files.flatMap(fileBlock),
    block(END, 0, number(0)),
  ]);
}

function fileBlock({ name, content = '', linksTo, says = {} }: StoredFile): Buffer[] {
  const data = Buffer.from(content);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(says.checksum ?? crc32(data));
  const path = Buffer.from(name);
  const extra = linksTo === undefined ? Buffer.alloc(0) : redirection(linksTo);
  const fields = Buffer.concat([
    ...(extra.length > 0 ? [number(extra.length)] : []),
    number(data.length),
    number(HAS_CHECKSUM),
    number(says.bytes ?? data.length),
    number(0o100644),
    checksum,
    number(0),
    number(1),
    number(path.length),
    path,
    extra,
  ]);
  return [block(FILE, HAS_DATA | (extra.length > 0 ? HAS_EXTRA : 0), fields), data];
}

function redirection(target: string): Buffer {
  const bytes = Buffer.from(target);
  const record = Buffer.concat([number(REDIRECTION), number(UNIX_LINK), number(0), number(bytes.length), bytes]);
  return Buffer.concat([number(record.length), record]);
}

function block(type: number, flags: number, fields: Buffer): Buffer {
  const header = Buffer.concat([number(type), number(flags), fields]);
  const counted = Buffer.concat([number(header.length), header]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(counted));
  return Buffer.concat([checksum, counted]);
}

/** Seven bits a byte, the lowest first. */
function number(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
