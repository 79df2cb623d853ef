import { type EmbeddedFile, embeddedFile, fileInStorage } from '../compound/embedded-object.ts';
import { fileInPackage } from '../compound/packaged-file.ts';
import { isCompoundFile } from '../signature.ts';

const beginning = '\\objdata';
const EMBEDDED = 2;

/** The files embedded in rich text: objects, written in hexadecimal digits. */
export function* objectsInRtf(file: Buffer): Generator<EmbeddedFile> {
  for (let at = file.indexOf(beginning); at >= 0; at = file.indexOf(beginning, at + 1)) {
    const found = fileIn(dataAt(file, at + beginning.length));
    if (found !== null) yield found;
  }
}

/** The digits up to the end of the group. Other groups and words in it hide them from simple programs. */
function dataAt(file: Buffer, from: number): Buffer {
  const next = file.indexOf(beginning, from);
  const rest = file.subarray(from, next < 0 ? file.length : next);
  const closing = rest.indexOf('}');
  const written = rest.toString('latin1', 0, closing < 0 ? rest.length : closing);
  return Buffer.from(written.replace(/\\[a-z]+-?\d* ?|[^\da-f]/gi, ''), 'hex');
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
  if (object.length < at || object.readUInt32LE(4) !== EMBEDDED) return null;
  const program = piece().toString('latin1').replace(/\0.*$/s, '');
  piece();
  piece();
  const data = piece();
  if (isCompoundFile(data)) return fileInStorage(data);
  const packaged = program === 'Package' ? fileInPackage(data) : null;
  if (packaged?.isLink === true || data.length === 0) return null;
  const type = program.replace(/[^\w-]+/g, ' ').trim() || 'Object';
  return embeddedFile(packaged?.name ?? null, type, packaged?.bytes ?? data);
}
