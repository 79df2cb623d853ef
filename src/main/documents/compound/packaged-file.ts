import { decodeNames } from '../containers/member-names.ts';

/** A file that Windows' Packager wrapped to be put into a document. */
interface PackagedFile {
  /** Null if it was not told. */
  readonly name: string | null;
  readonly bytes: Buffer;
  /** Only where the file lies is here. */
  readonly isLink: boolean;
}

/** What is told of the file follows, and not the file at once, as other programs write it. */
const TOLD = 2;
const LINK = 1;

/** The file in a stream `Ole10Native`: a length, what is told of the file, and the file. */
export function packagedFile(stream: Buffer): PackagedFile {
  const native = stream.subarray(4);
  return fileInPackage(native) ?? { name: null, bytes: native, isLink: false };
}

/** The file behind what is told of it: its name and where it was, each up to a NUL. Null if that is not there. */
export function fileInPackage(native: Buffer): PackagedFile | null {
  let at = 2;
  const text = (): Buffer => {
    const end = native.indexOf(0, at);
    const bytes = native.subarray(at, end < 0 ? native.length : end);
    at += bytes.length + 1;
    return bytes;
  };
  const number = (): number => {
    const value = at + 4 > native.length ? 0 : native.readUInt32LE(at);
    at += 4;
    return value;
  };
  if (native.length < 12 || native.readUInt16LE(0) !== TOLD) return null;
  const label = text();
  const path = text();
  const isLink = number() >>> 16 === LINK;
  const unpackedAs = number();
  at += unpackedAs;
  const length = number();
  if (at > native.length) return null;
  const bytes = native.subarray(at, at + length);
  at += length;
  // The same in Unicode, which newer programs add: where it was unpacked last, its name, and where it was.
  const wide = (): string => {
    const from = at + 4;
    at = from + number() * 2;
    return native.toString('utf16le', from, at);
  };
  const [narrowLabel = '', narrowPath = ''] = decodeNames([label, path]);
  wide();
  const names = [wide(), narrowLabel, narrowPath].map((name) => name.split(/[\\/]/).at(-1) ?? '');
  return {
    name: names.find((name) => /\.\w{1,5}$/.test(name)) ?? names.find((name) => name !== '') ?? null,
    bytes,
    isLink,
  };
}
