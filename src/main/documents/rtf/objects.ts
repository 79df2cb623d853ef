import { type EmbeddedFile, embeddedFile, fileInStorage, unreadObject } from '../compound/embedded-object.ts';
import { fileInPackage } from '../compound/packaged-file.ts';
import { isCompoundFile } from '../signature.ts';
import { createBinary } from './binary.ts';
import { readRtfTokens } from './tokens.ts';

const EMBEDDED = 2;

/** The files embedded in rich text: objects, whose bytes are written in hexadecimal digits or as they are. */
export function objectsInRtf(file: Buffer): readonly EmbeddedFile[] {
  // Most have none.
  if (!file.includes('\\objdata')) return [];
  const found: EmbeddedFile[] = [];
  const binary = createBinary();
  let depth = 0;
  /** Of the group with the bytes of an object; 0 outside of one. */
  let dataDepth = 0;

  function end(): void {
    const one = fileIn(binary.take());
    if (one !== null) found.push(one);
    dataDepth = 0;
  }

  readRtfTokens(file, {
    open() {
      depth += 1;
    },
    close() {
      if (depth === dataDepth) end();
      depth -= 1;
    },
    word(name) {
      if (name === 'objdata' && dataDepth === 0) dataDepth = depth;
    },
    bytes(bytes) {
      if (dataDepth > 0) binary.digits(bytes);
    },
    byte() {},
    data(bytes) {
      if (dataDepth > 0) binary.data(bytes);
    },
  });
  // The file breaks off.
  if (dataDepth > 0) end();
  return found;
}

/** How programs of before 1995 wrote an object down: its class, two names, and its data, each behind its length. */
function fileIn(object: Buffer): EmbeddedFile | null {
  let at = 8;
  const piece = (): Buffer => {
    const length = at + 4 > object.length ? 0 : object.readUInt32LE(at);
    const bytes = object.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return bytes;
  };
  if (object.length < at) return unreadObject(object);
  // Others are links, which are noted with the text, or a picture in place of an object.
  if (object.readUInt32LE(4) !== EMBEDDED) return null;
  const program = piece().toString('latin1').replace(/\0.*$/s, '');
  piece();
  piece();
  const data = piece();
  if (isCompoundFile(data)) return fileInStorage(data);
  const packaged = program === 'Package' ? fileInPackage(data) : null;
  if (packaged?.isLink === true) return null;
  if (data.length === 0) return unreadObject(object);
  const type = program.replace(/[^\w-]+/g, ' ').trim() || 'Object';
  return embeddedFile(packaged?.name ?? null, type, packaged?.bytes ?? data);
}
