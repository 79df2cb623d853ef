import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';

/** What a folder of a compound file holds: streams and folders. */
export interface Streams {
  readonly [name: string]: Buffer | string | Streams;
}

/** A compound file with these streams. */
export function compoundOf(streams: Streams): Buffer {
  const entries: Entry[] = [];
  const add = (name: string, type: TypeEnum, content: Streams): number => {
    const children: number[] = [];
    const at = entries.push({ name, type, length: 0, children }) - 1;
    for (const [own, inner] of Object.entries(content)) {
      if (typeof inner !== 'string' && !Buffer.isBuffer(inner)) children.push(add(own, TypeEnum.DIRECTORY, inner));
      else {
        const bytes = Buffer.from(inner);
        const stream = {
          name: own,
          type: TypeEnum.DOCUMENT,
          length: bytes.length,
          binaryProvider: () => Uint8Array.from(bytes),
        };
        children.push(entries.push(stream) - 1);
      }
    }
    return at;
  };
  add('Root Entry', TypeEnum.ROOT, streams);
  return Buffer.from(burn(entries));
}

/** What tells the class of an object in words. */
export function classStream(type: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(type.length + 1);
  return Buffer.concat([Buffer.alloc(28), length, Buffer.from(`${type}\0`, 'latin1')]);
}

const counted = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** A file as Windows' Packager wraps it. @param unicode its name as newer programs add it. */
export function packaged(path: string, content: Buffer | string, { unicode = '', isLink = false } = {}): Buffer {
  const text = (value: string) => Buffer.from(`${value}\0`, 'latin1');
  const label = path.split('\\').at(-1) ?? '';
  const wide = (value: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(value.length);
    return Buffer.concat([length, Buffer.from(value, 'utf16le')]);
  };
  return Buffer.concat([
    Buffer.from([2, 0]),
    text(label),
    text(path),
    Buffer.from([0, 0, isLink ? 1 : 3, 0]),
    counted(text(`C:\\Temp\\${label}`)),
    counted(Buffer.from(content)),
    ...(unicode === '' ? [] : [wide(`C:\\Temp\\${unicode}`), wide(unicode), wide(`C:\\${unicode}`)]),
  ]);
}

/** The stream that such a file is in. */
export function packagedStream(...file: Parameters<typeof packaged>): Buffer {
  return counted(packaged(...file));
}

/** An object as rich text has it, in hexadecimal digits. */
export function objectData(program: string, data: Buffer): string {
  const text = (value: string) => (value === '' ? Buffer.alloc(4) : counted(Buffer.from(`${value}\0`, 'latin1')));
  const head = Buffer.from('0105000002000000', 'hex');
  return Buffer.concat([head, text(program), text(''), text(''), counted(data)]).toString('hex');
}
