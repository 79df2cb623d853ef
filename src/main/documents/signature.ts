import { type FileFamily, type FileKind, fileKinds } from '../../shared/file-kinds.ts';

/** A file type recognised by its first bytes, whatever its name. */
export interface Signature {
  readonly kind: FileKind;
  /** Extensions (with dot) that such a file normally has. */
  readonly extensions: readonly string[];
}

function kind(id: FileKind, extensions: string): Signature {
  return { kind: id, extensions: extensions.split(' ').map((extension) => `.${extension}`) };
}

/** Offset `at` and the bytes there, as Latin-1. */
type Rule = readonly [at: number, magic: string, signature: Signature];

/** What the message syntax of signatures calls them (RFC 5652). */
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02';

/** Byte sequences that no text starts with. */
const certainRules: readonly Rule[] = [
  [0, '\x89PNG\r\n\x1a\n', kind('png', 'png apng')],
  [0, '\xff\xd8\xff', kind('jpeg', 'jpg jpeg jpe jfif')],
  [0, 'II*\0', kind('tiff', 'tif tiff dng')],
  [0, 'MM\0*', kind('tiff', 'tif tiff dng')],
  // With places of eight bytes (BigTIFF).
  [0, 'II+\0', kind('tiff', 'tif tiff btf')],
  [0, 'MM\0+', kind('tiff', 'tif tiff btf')],
  [0, '\0\0\x01\0', kind('icon', 'ico')],
  [0, '\x1f\x8b\x08', kind('gzip', 'gz tgz svgz')],
  [0, '\xfd7zXZ\0', kind('xz', 'xz txz')],
  [0, '7z\xbc\xaf\x27\x1c', kind('seven_zip', '7z')],
  [0, 'Rar!\x1a\x07', kind('rar', 'rar')],
  [0, '\x28\xb5\x2f\xfd', kind('zstandard', 'zst tzst')],
  [0, '\x7fELF', kind('program', 'so o elf bin')],
  [0, '\0asm', kind('webassembly', 'wasm')],
  [0, '\xcf\xfa\xed\xfe', kind('program', 'dylib o bin')],
  [0, '\x1a\x45\xdf\xa3', kind('matroska', 'mkv webm mka')],
  // Behind the length of the whole, which is written in one to five bytes.
  ...[2, 3, 4, 5, 6].map((at): Rule => [at, SIGNED_DATA, kind('signed', 'p7m p7s p7')]),
  [0, '\x78\x9f\x3e\x22', kind('tnef', 'dat tnef')],
  [0, 'SQLite format 3\0', kind('sqlite', 'db sqlite sqlite3')],
  [0, '\0\x01\0\0\0', kind('font', 'ttf')],
  [0, '\x00\x00\x00\x0cjP  ', kind('jpeg_2000', 'jp2 jpx')],
];

/**
 * Sequences of plain letters, which prove something only if the file is not text. Formats that are text themselves come
 * last.
 */
const likelyRules: readonly Rule[] = [
  [0, 'GIF8', kind('gif', 'gif')],
  [8, 'WEBP', kind('webp', 'webp')],
  [8, 'WAVE', kind('wav', 'wav')],
  [8, 'AVI ', kind('avi', 'avi')],
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx'].map(
    (brand): Rule => [4, `ftyp${brand}`, kind('heic', 'heic heif hif')],
  ),
  [4, 'ftypavif', kind('avif', 'avif')],
  // A general name, behind which is what it holds.
  [4, 'ftypmif1\0\0\0\0mif1avif', kind('avif', 'avif')],
  [4, 'ftypmif1\0\0\0\0avif', kind('avif', 'avif')],
  [4, 'ftypmif1', kind('heic', 'heic heif hif')],
  [4, 'ftypmsf1', kind('heic', 'heic heif hif')],
  [4, 'ftypM4A', kind('m4a', 'm4a')],
  [4, 'ftyp', kind('mp4', 'mp4 m4v mov 3gp')],
  [0, 'ID3', kind('mp3', 'mp3')],
  [0, '\xff\xfb', kind('mp3', 'mp3')],
  [0, 'OggS', kind('ogg', 'ogg oga ogv opus')],
  [0, 'fLaC', kind('flac', 'flac')],
  [0, 'FLV\x01', kind('flash_video', 'flv')],
  [0, 'BM', kind('bmp', 'bmp')],
  [0, '8BPS', kind('photoshop', 'psd')],
  [0, 'AT&TFORM', kind('djvu', 'djvu djv')],
  [0, 'BZh', kind('bzip2', 'bz2 tbz tbz2')],
  [257, 'ustar', kind('tar', 'tar')],
  [0, 'MSCF', kind('cabinet', 'cab')],
  [0, 'MZ', kind('windows_program', 'exe dll sys com scr')],
  [0, '\xca\xfe\xba\xbe', kind('java_class', 'class dylib')],
  [0, 'OTTO', kind('font', 'otf')],
  [0, 'wOF', kind('web_font', 'woff woff2')],
  [0, 'PAR1', kind('parquet', 'parquet')],
  [0, '!BDN', kind('outlook_data', 'pst ost')],
  [0, 'bplist', kind('property_list', 'plist webarchive')],
  [0, 'BOOKMOBI', kind('kindle', 'mobi azw azw3')],
  [60, 'BOOKMOBI', kind('kindle', 'mobi azw azw3')],
];

/** Formats written in plain characters that are not the document's text. */
const writtenRules: readonly Rule[] = [[0, '%!PS-Adobe', kind('postscript', 'ps eps ai')]];

/** The type of a file that cannot be mistaken for text, or `null`. */
export function certainSignature(bytes: Buffer): Signature | null {
  return firstMatch(certainRules, bytes) ?? firstMatch(writtenRules, bytes);
}

/** The likely type of a file that proved not to be text, or `null`. */
export function likelySignature(bytes: Buffer): Signature | null {
  return firstMatch(likelyRules, bytes);
}

function firstMatch(rules: readonly Rule[], bytes: Buffer): Signature | null {
  const head = bytes.toString('latin1', 0, 512);
  return rules.find(([at, magic]) => head.startsWith(magic, at))?.[2] ?? null;
}

/** Whether a complete PDF follows other lines, as mail or web programs leave them there. */
export function isPdfBehindLines(bytes: Buffer): boolean {
  return /^%PDF-\d/m.test(bytes.toString('latin1', 0, 1_024)) && bytes.subarray(-1_024).includes('%%EOF');
}

export function isPdf(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s{0,64}%PDF-/.test(bytes.toString('latin1', 0, 80));
}

/** Whether a PDF header occurs in the first kilobyte, as PDF viewers allow. */
export function holdsPdfHeader(bytes: Buffer): boolean {
  return bytes.subarray(0, 1_024).includes('%PDF-');
}

export function isZip(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 4);
  return head === 'PK\x03\x04' || head === 'PK\x05\x06';
}

/** Microsoft's compound file: Office before 2007, and every encrypted Office document. */
export function isCompoundFile(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
}

const compoundKinds: readonly (readonly [streamName: string, signature: Signature])[] = [
  ['WordDocument', kind('doc', 'doc dot')],
  ['PowerPoint Document', kind('ppt', 'ppt pps pot')],
  ['Workbook', kind('xls', 'xls xlt')],
  ['Book', kind('xls_5', 'xls')],
  ['__properties_version1.0', kind('outlook_message', 'msg')],
];
export const wordBefore97 = kind('doc_6', 'doc dot');
export const powerPointBefore97 = kind('ppt_95', 'ppt');
const otherCompound = kind('old_office', 'doc xls ppt msg vsd mpp pub msi db');

/** The type of a compound file, from the names in its root. */
export function compoundSignature(names: readonly string[]): Signature {
  // Some programs write the names in capitals.
  const known = new Set(names.map((name) => name.toLowerCase()));
  return compoundKinds.find(([name]) => known.has(name.toLowerCase()))?.[1] ?? otherCompound;
}

const zipKinds: readonly (readonly [entry: RegExp, signature: Signature])[] = [
  [/^xl\/workbook\.bin$/, kind('xlsb', 'xlsb')],
  [/^visio\//, kind('visio', 'vsdx')],
  [/^Index\/.*\.iwa$|^index\.(?:apxl|xml\.gz)$/, kind('iwork', 'pages numbers key')],
  [/^(?:content\.xml|META-INF\/manifest\.xml)$/, kind('open_document', 'odg odf odb odc')],
  [/^AndroidManifest\.xml$/, kind('android_app', 'apk')],
  [/^META-INF\/MANIFEST\.MF$/, kind('java_archive', 'jar war')],
];
const otherZip = kind('zip', 'zip');

/** Families and kinds of which Docket reads no file. */
const foreignFamilies: ReadonlySet<FileFamily> = new Set(['media', 'program']);
const foreignKinds: ReadonlySet<FileKind> = new Set([
  'sqlite',
  'parquet',
  'outlook_data',
  'photoshop',
  'djvu',
  'jpeg_2000',
  'icon',
  'kindle',
  'xlsb',
  'visio',
  'iwork',
  'open_document',
]);

const foreignExtensions: ReadonlySet<string> = new Set(
  [...certainRules.map(([, , signature]) => signature), ...likelyRules.map(([, , signature]) => signature)]
    .concat(zipKinds.map(([, signature]) => signature))
    .filter(({ kind: id }) => foreignFamilies.has(fileKinds[id].family) || foreignKinds.has(id))
    .flatMap(({ extensions }) => extensions),
);

/** Whether files named with this extension (without its dot) are mostly of a kind that Docket does not read. */
export function isForeign(extension: string): boolean {
  return foreignExtensions.has(`.${extension}`);
}

/** The type of a ZIP file that is not a Word document, from its entry names. */
export function zipSignature(entryNames: readonly string[]): Signature {
  const named = zipKinds.find(([pattern]) => entryNames.some((name) => pattern.test(name)));
  return named?.[1] ?? otherZip;
}
