import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';
import { type Problem, problem } from '../../../shared/problem.ts';
import { decodeNames } from '../containers/member-names.ts';
import { damagedFile } from '../file-problems.ts';
import { isRtf } from '../rtf/read-rtf.ts';
import { certainSignature, isPdf, isZip, likelySignature } from '../signature.ts';
import { type CompoundEntry, type CompoundFile, openCompound } from './compound-file.ts';
import { packagedFile } from './packaged-file.ts';

/** A file that lies in a document as an object. */
export interface EmbeddedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Why it is not read, if its content alone would not say. */
  readonly problem: Problem | null;
}

const unknown = problem('file_unsupported', { what: 'kind', kind: 'embedded_object' });

/** A file that was put into a document as it is, or the data of a program that only this program understands. */
export function embeddedFile(name: string | null, type: string, bytes: Buffer): EmbeddedFile {
  if (name !== null) return { name, bytes, problem: null };
  const extension = extensionFor(bytes);
  return { name: `${type}${extension ?? ''}`, bytes, problem: extension === null ? unknown : null };
}

/** Streams that are the file as it was. */
const wholeFiles = ['package', 'embeddedodf', 'package_stream', 'contents'];
/** Streams of equations, which are noted with the text, and of controls and macros, which are none of its files. */
const noFiles = new Set(['equation native', '\u0003ocxname', '\u0003ocxdata', 'vba', '_vba_project']);
/** How programs call equations, which some keep in the way of files. */
const equation = /\bequation\b|\b(?:math|formula) ?document\b/i;
/** How the names of streams begin that say how an object looks and where it came from. */
const aside = /^\p{Cc}/u;
/** The document of another program, by the stream that holds its text. */
const ownStreams: ReadonlyMap<string, string> = new Map([
  ['worddocument', '.doc'],
  ['workbook', '.xls'],
  ['book', '.xls'],
  ['powerpoint document', '.ppt'],
  ['visiodocument', '.vsd'],
  ['__properties_version1.0', '.msg'],
]);

/**
 * The file that an object (OLE) holds, whose streams are in this folder of a compound file. Null if it holds none: an
 * equation, a control, a link to a file elsewhere.
 */
export function fileInObject(file: CompoundFile, folder: CompoundEntry, whole: Buffer): EmbeddedFile | null {
  const streams = new Map(folder.children.map((entry) => [entry.name.toLowerCase(), entry]));
  const type = userType(file, streams.get('\u0001compobj'));
  if ([...streams.keys()].some((name) => noFiles.has(name)) || equation.test(type)) return null;
  const packaged = streams.get('\u0001ole10native');
  if (packaged !== undefined) {
    const { name, bytes, isLink } = packagedFile(file.read(packaged));
    return isLink ? null : embeddedFile(name, type, bytes);
  }
  const own = wholeFiles.map((name) => streams.get(name)).find((entry) => entry?.kind === 'stream');
  if (own !== undefined) return embeddedFile(null, type, file.read(own));
  const message = streams.get('mapimessage');
  if (message !== undefined) return { name: `${type}.msg`, bytes: compoundOf(file, message), problem: null };
  if (![...streams.keys()].some((name) => !aside.test(name))) return null;
  const extension = /\bgraph\b/i.test(type)
    ? undefined
    : [...streams.keys()].flatMap((name) => ownStreams.get(name) ?? [])[0];
  if (extension === undefined) return { name: type, bytes: whole, problem: unknown };
  return { name: `${type}${extension}`, bytes: folder === file.root ? whole : compoundOf(file, folder), problem: null };
}

/** The file that an object holds which is a compound file by itself. One that is out of order says so in its row. */
export function fileInStorage(bytes: Buffer): EmbeddedFile | null {
  const file = openCompound(bytes);
  return file?.isSound === true ? fileInObject(file, file.root, bytes) : unreadObject(bytes);
}

/** An object that cannot be taken apart. */
export function unreadObject(bytes: Buffer, why: Problem = damagedFile({ what: 'member' })): EmbeddedFile {
  return { name: 'Object', bytes, problem: why };
}

/** Whether a folder beside a workbook is an object in it. */
export function isObjectOfExcel({ name, kind }: CompoundEntry): boolean {
  return kind === 'folder' && /^MBD[\dA-F]+$/i.test(name);
}

/** Where the class of an object is told in words, behind its length. */
const TYPE_AT = 28;
const LONGEST_TYPE = 80;

/** What its program calls such an object: `Microsoft Excel Worksheet`. */
function userType(file: CompoundFile, stream: CompoundEntry | undefined): string {
  const bytes = stream === undefined ? Buffer.alloc(0) : file.read(stream);
  const length = bytes.length < TYPE_AT + 4 ? 0 : bytes.readUInt32LE(TYPE_AT);
  if (length < 2 || length > LONGEST_TYPE) return 'Object';
  const [type = ''] = decodeNames([bytes.subarray(TYPE_AT + 4, TYPE_AT + 4 + length - 1)]);
  // Dots would make an extension.
  return type.replace(/[^\p{L}\p{N}()-]+/gu, ' ').trim() || 'Object';
}

const packedMarks: readonly (readonly [mark: string, extension: string])[] = [
  ['word/', '.docx'],
  ['xl/', '.xlsx'],
  ['ppt/', '.pptx'],
  ['opendocument.text', '.odt'],
  ['opendocument.spreadsheet', '.ods'],
  ['opendocument.presentation', '.odp'],
];

/** The extension that files like this one have; null if it is of no known kind. */
function extensionFor(bytes: Buffer): string | null {
  if (isPdf(bytes)) return '.pdf';
  if (isRtf(bytes)) return '.rtf';
  if (isZip(bytes)) return packedMarks.find(([mark]) => bytes.includes(mark))?.[1] ?? '.zip';
  return (certainSignature(bytes) ?? likelySignature(bytes))?.extensions[0] ?? null;
}

/** A folder of a compound file as one of its own. */
function compoundOf(file: CompoundFile, folder: CompoundEntry): Buffer {
  const entries: Entry[] = [{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children: [] }];
  const add = (parent: number, children: readonly CompoundEntry[]): void => {
    for (const child of children) {
      const at = entries.length;
      entries[parent]?.children?.push(at);
      const isFolder = child.kind !== 'stream';
      const bytes = isFolder ? Buffer.alloc(0) : file.read(child);
      entries.push(
        isFolder
          ? { name: child.name, type: TypeEnum.DIRECTORY, length: 0, children: [] }
          : {
              name: child.name,
              type: TypeEnum.DOCUMENT,
              length: bytes.length,
              binaryProvider: () => Uint8Array.from(bytes),
            },
      );
      add(at, child.children);
    }
  };
  add(0, folder.children);
  return Buffer.from(burn(entries));
}
