/** Tells what a file is by its first bytes, whatever its name says. */
export interface Signature {
  /** With its article: `a PNG image`. */
  readonly name: string;
  readonly wayOut: string;
  /** The extensions, with a dot, under which such a file goes when it is not in disguise. */
  readonly extensions: readonly string[];
}

const image = 'Run text recognition (OCR) on it and add the result as a PDF or text file.';
const media = 'Add a transcript as a text file instead.';
const archive = 'Unpack it and add the files inside.';
const program = 'Leave it out.';
const data = 'Export what you need from it as text, CSV or PDF.';
const word = 'Save it as PDF or .docx.';
const sheet = 'Save it as CSV or PDF.';
const slides = 'Save it as PDF.';

function kind(name: string, extensions: string, wayOut: string): Signature {
  return { name, wayOut, extensions: extensions.split(' ').map((extension) => `.${extension}`) };
}

/** `at` and the bytes there, as Latin-1. */
type Rule = readonly [at: number, magic: string, signature: Signature];

/** Byte sequences that no text begins with. */
const certainRules: readonly Rule[] = [
  [0, '\x89PNG\r\n\x1a\n', kind('a PNG image', 'png apng', image)],
  [0, '\xff\xd8\xff', kind('a JPEG image', 'jpg jpeg jpe jfif', image)],
  [0, 'II*\0', kind('a TIFF image', 'tif tiff dng', image)],
  [0, 'MM\0*', kind('a TIFF image', 'tif tiff dng', image)],
  [0, '\0\0\x01\0', kind('an icon', 'ico', image)],
  [0, '\x1f\x8b\x08', kind('a gzip archive', 'gz tgz svgz', archive)],
  [0, '\xfd7zXZ\0', kind('an xz archive', 'xz txz', archive)],
  [0, '7z\xbc\xaf\x27\x1c', kind('a 7-Zip archive', '7z', archive)],
  [0, 'Rar!\x1a\x07', kind('a RAR archive', 'rar', archive)],
  [0, '\x28\xb5\x2f\xfd', kind('a Zstandard archive', 'zst', archive)],
  [0, '\x7fELF', kind('a program', 'so o elf bin', program)],
  [0, '\0asm', kind('a WebAssembly program', 'wasm', program)],
  [0, '\xcf\xfa\xed\xfe', kind('a program', 'dylib o bin', program)],
  [0, '\x1a\x45\xdf\xa3', kind('a Matroska or WebM video', 'mkv webm mka', media)],
  [0, 'SQLite format 3\0', kind('an SQLite database', 'db sqlite sqlite3', data)],
  [0, '\0\x01\0\0\0', kind('a font', 'ttf', program)],
  [0, '\x00\x00\x00\x0cjP  ', kind('a JPEG 2000 image', 'jp2 jpx', image)],
];

/** Sequences of plain letters: proof only in a file that is not text. Formats that are text themselves come last. */
const likelyRules: readonly Rule[] = [
  [0, 'GIF8', kind('a GIF image', 'gif', image)],
  [8, 'WEBP', kind('a WebP image', 'webp', image)],
  [8, 'WAVE', kind('a WAV sound file', 'wav', media)],
  [8, 'AVI ', kind('an AVI video', 'avi', media)],
  [4, 'ftypheic', kind('a HEIC image', 'heic heif', image)],
  [4, 'ftypavif', kind('an AVIF image', 'avif', image)],
  [4, 'ftypM4A', kind('an M4A sound file', 'm4a', media)],
  [4, 'ftyp', kind('an MP4 or QuickTime video', 'mp4 m4v mov 3gp', media)],
  [0, 'ID3', kind('an MP3 sound file', 'mp3', media)],
  [0, '\xff\xfb', kind('an MP3 sound file', 'mp3', media)],
  [0, 'OggS', kind('an Ogg sound or video file', 'ogg oga ogv opus', media)],
  [0, 'fLaC', kind('a FLAC sound file', 'flac', media)],
  [0, 'FLV\x01', kind('a Flash video', 'flv', media)],
  [0, 'BM', kind('a BMP image', 'bmp', image)],
  [0, '8BPS', kind('a Photoshop image', 'psd', image)],
  [0, 'AT&TFORM', kind('a DjVu document', 'djvu djv', image)],
  [0, 'BZh', kind('a bzip2 archive', 'bz2 tbz', archive)],
  [257, 'ustar', kind('a tar archive', 'tar', archive)],
  [0, 'MSCF', kind('a cabinet archive', 'cab', archive)],
  [0, 'MZ', kind('a Windows program', 'exe dll sys com scr', program)],
  [0, '\xca\xfe\xba\xbe', kind('a Java class or a program', 'class dylib', program)],
  [0, 'OTTO', kind('a font', 'otf', program)],
  [0, 'wOF', kind('a web font', 'woff woff2', program)],
  [0, 'PAR1', kind('a Parquet data file', 'parquet', data)],
  [0, '!BDN', kind('an Outlook data file', 'pst ost', data)],
  [0, 'bplist', kind('a binary property list', 'plist webarchive', data)],
  [0, 'BOOKMOBI', kind('a Kindle book', 'mobi azw azw3', word)],
  [60, 'BOOKMOBI', kind('a Kindle book', 'mobi azw azw3', word)],
];

/** Formats that are written in plain characters, but whose characters are not the document's text. */
const writtenRules: readonly Rule[] = [
  [0, '{\\rtf', kind('a rich text document (.rtf)', 'rtf doc', word)],
  [0, '%!PS-Adobe', kind('a PostScript document', 'ps eps ai', slides)],
];

/** A kind of file that cannot be mistaken for text, or `null`. */
export function certainSignature(bytes: Buffer): Signature | null {
  return firstMatch(certainRules, bytes) ?? firstMatch(writtenRules, bytes);
}

/** The likely kind of a file that has proved not to be text, or `null`. */
export function likelySignature(bytes: Buffer): Signature | null {
  return firstMatch(likelyRules, bytes);
}

function firstMatch(rules: readonly Rule[], bytes: Buffer): Signature | null {
  const head = bytes.toString('latin1', 0, 512);
  return rules.find(([at, magic]) => head.startsWith(magic, at))?.[2] ?? null;
}

const encodedMail = kind(
  'an e-mail or saved web page (MIME)',
  'eml emlx mht mhtml mbox doc',
  'Save it as text or PDF.',
);

/**
 * An e-mail or saved web page that is encoded for its way through the net, its text or its attachments, or `null`. One
 * in plain letters is text.
 */
export function mimeSignature(bytes: Buffer): Signature | null {
  const [headers = ''] = bytes.toString('latin1', 0, 65_536).split(/\r?\n\r?\n/, 1);
  if (!/^(?:From |[\w-]+:)/.test(headers) || !/^MIME-Version:/im.test(headers)) return null;
  const isEncoded = /^Content-Transfer-Encoding:\s*(?:base64|quoted-printable)/im.test(bytes.toString('latin1'));
  return isEncoded ? encodedMail : null;
}

/** A PDF from its first line to its last behind other lines, as a mail or web program leaves them there. */
export function isPdfBehindLines(bytes: Buffer): boolean {
  return /^%PDF-\d/m.test(bytes.toString('latin1', 0, 1_024)) && bytes.subarray(-1_024).includes('%%EOF');
}

export function isPdf(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s{0,64}%PDF-/.test(bytes.toString('latin1', 0, 80));
}

/** Whether a PDF header comes within the first kilobyte, as the readers of this format allow. */
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

export function isEncryptedOffice(compoundFile: Buffer): boolean {
  return compoundFile.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

const compoundKinds: readonly (readonly [streamName: string, signature: Signature])[] = [
  ['WordDocument', kind('a Word 97–2003 document (.doc)', 'doc dot', word)],
  ['PowerPoint Document', kind('a PowerPoint 97–2003 presentation (.ppt)', 'ppt pps pot', slides)],
  ['Workbook', kind('an Excel 97–2003 workbook (.xls)', 'xls xlt', sheet)],
  ['Book', kind('an Excel 5.0 workbook (.xls)', 'xls', sheet)],
  ['__substg1.0_', kind('an Outlook message (.msg)', 'msg', 'Save it as text or PDF.')],
];
const otherCompound = kind('an old Microsoft Office file', 'doc xls ppt msg vsd mpp pub msi db', word);

export function compoundSignature(compoundFile: Buffer): Signature {
  const named = compoundKinds.find(([streamName]) => compoundFile.includes(Buffer.from(streamName, 'utf16le')));
  return named?.[1] ?? otherCompound;
}

const zipKinds: readonly (readonly [entry: RegExp, signature: Signature])[] = [
  [/^xl\//, kind('an Excel workbook (.xlsx)', 'xlsx xlsm xlsb xltx', sheet)],
  [/^ppt\//, kind('a PowerPoint presentation (.pptx)', 'pptx pptm ppsx potx', slides)],
  [/^visio\//, kind('a Visio drawing (.vsdx)', 'vsdx', slides)],
  [
    /^Index\/.*\.iwa$|^index\.(?:apxl|xml\.gz)$/,
    kind('an Apple Pages, Numbers or Keynote file', 'pages numbers key', slides),
  ],
  [/^META-INF\/container\.xml$/, kind('an EPUB book', 'epub', slides)],
  [/^(?:content\.xml|META-INF\/manifest\.xml)$/, kind('an OpenDocument file', 'odt ods odp odg', word)],
  [/^AndroidManifest\.xml$/, kind('an Android app', 'apk', program)],
  [/^META-INF\/MANIFEST\.MF$/, kind('a Java archive', 'jar war', program)],
];
const otherZip = kind('a ZIP archive', 'zip', archive);

/** What a ZIP file without a Word document in it is, by the names of its entries. */
export function zipSignature(entryNames: readonly string[]): Signature {
  const named = zipKinds.find(([pattern]) => entryNames.some((name) => pattern.test(name)));
  return named?.[1] ?? otherZip;
}
