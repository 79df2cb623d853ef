import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { type EncodingGuess, guessEncoding, tellingLines, utf8Score } from './guess-encoding.ts';
import { nulShare, type WidePart, wideParts, withoutNuls } from './nul-bytes.ts';

export interface DecodedText {
  readonly text: string;
  /** The encoding's WHATWG name in lower case, or iconv's if it has none: `utf-8`, `windows-1252`, `cp850`. */
  readonly encoding: string;
  /** Number of invalid byte sequences; each is a U+FFFD in the text. */
  readonly invalidSequences: number;
  /** How the bytes were read, where the user should know. */
  readonly notes: readonly ReadingNote[];
}

/** Bytes sampled to tell text from data. */
const sampleBytes = 64 * 1_024;
/** Highest share of NULs in 8-bit text, not counting padding; more means another encoding, or data. */
const MOST_NULS = 0.1;

/**
 * Decodes bytes as text. A byte order mark decides first, then UTF-8 validity, then the document's own declaration,
 * then whichever encoding explains the bytes best. Such a guess is noted, along with the alternatives. Returns `null`
 * if the bytes are not text in any encoding.
 */
export function decodeText(bytes: Buffer): DecodedText | null {
  const marked = decodeMarked(bytes);
  if (marked !== undefined) return marked;
  return bytes.includes(0) ? decodeWithNuls(bytes) : decodeNarrow(bytes);
}

/** Decodes bytes that start with a byte order mark; `undefined` if there is none. */
function decodeMarked(bytes: Buffer): DecodedText | null | undefined {
  const head = bytes.toString('latin1', 0, 4);
  if (head.startsWith('\xef\xbb\xbf')) return decodeMarkedUtf8(bytes.subarray(3));
  if (head === '\xff\xfe\0\0' || head === '\0\0\xfe\xff') return decoded(iconv.decode(bytes, 'utf-32'), 'utf-32');
  if (head.startsWith('\xff\xfe')) return decoded(decodeUtf16(bytes.subarray(2), 'le'), 'utf-16le');
  if (head.startsWith('\xfe\xff')) return decoded(decodeUtf16(bytes.subarray(2), 'be'), 'utf-16be');
  return undefined;
}

/** The mark may be the only UTF-8 in the file: some programs prepend it to text in another encoding. */
function decodeMarkedUtf8(bytes: Buffer): DecodedText | null {
  if (bytes.includes(0)) return decodeWithNuls(bytes);
  return isUtf8(bytes) ? decoded(bytes.toString('utf8'), 'utf-8') : decodeNarrow(bytes);
}

/** A mark proves nothing: mostly NUL characters means the file is something else. */
function decoded(text: string, encoding: string, notes: readonly ReadingNote[] = []): DecodedText | null {
  const nuls = countOf(text, '\0');
  if (nuls > text.length / 2 || (nuls > 0 && plausibility(text.slice(0, sampleBytes).replaceAll('\0', '')) === 0))
    return null;
  const clean = nuls === 0 ? text : text.replaceAll('\0', '');
  return withNotes(clean, encoding, nuls === 0 ? notes : [...notes, nulNote(nuls)]);
}

function withNotes(text: string, encoding: string, notes: readonly ReadingNote[]): DecodedText {
  const invalidSequences = countOf(text, '\ufffd');
  const broken: readonly ReadingNote[] =
    invalidSequences === 0 ? [] : [{ code: 'bytes_not_valid', params: { count: invalidSequences, encoding } }];
  return { text, encoding, invalidSequences, notes: [...notes, ...broken] };
}

function nulNote(count: number): ReadingNote {
  return { code: 'nuls_dropped', params: { count } };
}

/**
 * NULs make up half the bytes of UTF-16, a few of a damaged or padded file, and many of binary data. Each reading is
 * tried, and the one that gives text wins.
 */
function decodeWithNuls(bytes: Buffer): DecodedText | null {
  const parts = wideParts(bytes);
  if (parts.length > 0 && isTextAround(bytes, parts)) return decodeWithWideParts(bytes, parts);
  const share = nulShare(bytes);
  const clean = withoutNuls(bytes);
  const isNarrow = share <= MOST_NULS && isText(clean.bytes, MOST_CONTROLS_BESIDE_NULS);
  if (isNarrow && isUtf8(clean.bytes)) return cleaned(clean.bytes, clean.nuls);
  const wide = decodeUtf16WithoutMark(bytes);
  if (wide !== null) return wide;
  return isNarrow ? cleaned(clean.bytes, clean.nuls) : null;
}

function cleaned(bytes: Buffer, nuls: number): DecodedText | null {
  const text = decodeNarrow(bytes);
  return text === null ? null : { ...text, notes: [...text.notes, nulNote(nuls)] };
}

/** Whether the bytes between the UTF-16 parts are UTF-8 text, and more than a stray letter. */
function isTextAround(bytes: Buffer, parts: readonly WidePart[]): boolean {
  const around: Buffer[] = [];
  let from = 0;
  for (const { start, end } of parts) {
    if (start > from) around.push(bytes.subarray(from, start));
    from = end;
  }
  if (from < bytes.length) around.push(bytes.subarray(from));
  const text = Buffer.concat(around);
  return (
    text.length >= around.length * SHORTEST_PART &&
    nulShare(text) <= MOST_NULS &&
    isText(text, MOST_CONTROLS_BESIDE_NULS) &&
    isUtf8(text)
  );
}

/** Minimum average part length in bytes; shorter parts are letters of a text that is UTF-16 throughout. */
const SHORTEST_PART = 8;

/** Converts the UTF-16 parts to the encoding of the surrounding text. */
function decodeWithWideParts(bytes: Buffer, parts: readonly WidePart[]): DecodedText | null {
  const pieces: string[] = [];
  const notes: ReadingNote[] = [];
  let from = 0;
  let encoding = 'utf-8';
  for (const { start, end, order } of [...parts, { start: bytes.length, end: bytes.length, order: 'le' as const }]) {
    const narrow = start > from ? decodeText(bytes.subarray(from, start)) : null;
    if (narrow === null && start > from) return null;
    if (narrow !== null) {
      pieces.push(narrow.text);
      notes.push(...narrow.notes);
      encoding = narrow.encoding;
    }
    pieces.push(decodeUtf16(bytes.subarray(start, end), order));
    from = end;
  }
  const mixed = [...new Set([encoding, ...parts.map(({ order }) => `utf-16${order}`)])];
  const text = withNotes(pieces.join(''), encoding, []);
  return { ...text, notes: [{ code: 'encodings_mixed', params: { encodings: mixed } }, ...notes] };
}

/** Decodes bytes that contain no NULs. */
function decodeNarrow(bytes: Buffer): DecodedText | null {
  if (!isText(bytes)) return null;
  return isUtf8(bytes) ? decodeUtf8(bytes) : decodeLegacy(bytes);
}

function decodeUtf8(bytes: Buffer): DecodedText {
  if (bytes.includes('\x1b$') || bytes.includes('\x1b(')) {
    const japanese = decodeIso2022Jp(bytes);
    if (japanese !== null) return withNotes(japanese, 'iso-2022-jp', []);
  }
  // A one-byte string takes half the memory of a two-byte one.
  const text = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
  return { text, encoding: 'utf-8', invalidSequences: 0, notes: [] };
}

function decodeIso2022Jp(bytes: Buffer): string | null {
  try {
    return new TextDecoder('iso-2022-jp', { fatal: true }).decode(bytes);
  } catch {
    return null; // Another encoding, or a runtime without this table.
  }
}

function decodeUtf16(bytes: Buffer, order: 'le' | 'be'): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = (order === 'le' ? even : Buffer.from(even).swap16()).toString('utf16le').replace(/\p{Cs}/gu, '\ufffd');
  return even.length === bytes.length ? text : `${text}\ufffd`;
}

function decodeUtf16WithoutMark(bytes: Buffer): DecodedText | null {
  const sample = bytes.subarray(0, sampleBytes);
  const readings = [
    { encoding: 'utf-16le', decode: (part: Buffer) => decodeUtf16(part, 'le') },
    { encoding: 'utf-16be', decode: (part: Buffer) => decodeUtf16(part, 'be') },
    { encoding: 'utf-32le', decode: (part: Buffer) => iconv.decode(part, 'utf-32le') },
    { encoding: 'utf-32be', decode: (part: Buffer) => iconv.decode(part, 'utf-32be') },
  ].map((reading) => ({ ...reading, score: plausibility(reading.decode(sample).replace(/\ufffd?\0*$/, '')) }));
  const best = readings.reduce((first, second) => (second.score > first.score ? second : first));
  if (best.score === 0) return null;
  return decoded(best.decode(bytes), best.encoding, [guessNote({ encoding: best.encoding, others: [] })]);
}

/**
 * How much a string looks like writing: 0 if more than 3 % of it is never written, otherwise the share of characters
 * that nearly every text is full of. That share tells the two byte orders apart.
 */
function plausibility(text: string): number {
  if (text.length === 0) return 0;
  const odd = text.match(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\r\t\f]|\ufffd/gu)?.length ?? 0;
  const common = text.match(/[\n\r\t -~\u3000-\u30ff]/g)?.length ?? 0;
  return odd / text.length > 0.03 ? 0 : common / text.length;
}

/** Decodes a pre-Unicode encoding, damaged UTF-8, or a mixture of the two. */
function decodeLegacy(bytes: Buffer): DecodedText | null {
  const sample = tellingLines(bytes);
  const declared = webName(declaredEncoding(bytes));
  const guess = guessEncoding(sample, declared);
  const mixed = declared === null ? decodeMixed(bytes, guess) : null;
  if (mixed !== null) return mixed;
  if (guess === null) return null;
  if (guess.encoding === 'utf-8') return withNotes(bytes.toString('utf8'), 'utf-8', []);
  const encoding = latin9Or(guess.encoding, iconv.decode(sample, guess.encoding), sample);
  const others = guess.others.filter((other) => other !== encoding);
  const notes = guess.encoding === declared ? [] : [guessNote({ encoding, others })];
  return withNotes(iconv.decode(bytes, encoding), encoding, notes);
}

function guessNote(params: { readonly encoding: string; readonly others: readonly string[] }): ReadingNote {
  return { code: 'encoding_guessed', params };
}

/**
 * UTF-8 lines mixed with others, as in merged logs or mails: decodes each line in its own encoding if that explains
 * them better than one encoding for all. `null` otherwise.
 */
function decodeMixed(bytes: Buffer, whole: EncodingGuess | null): DecodedText | null {
  const utf8Lines = tellingLines(bytes, isUtf8);
  if (utf8Lines.length === 0) return null;
  const others = guessEncoding(tellingLines(bytes, (line) => !isUtf8(line)));
  if (others === null || others.encoding === 'utf-8') return null;
  const score = others.score + utf8Score(utf8Lines.toString('utf8')) - MIXING;
  if (whole !== null && whole.score >= score) return null;
  const text = eachLine(bytes, (line) => (isUtf8(line) ? line.toString('utf8') : iconv.decode(line, others.encoding)));
  return withNotes(text, 'utf-8', [
    { code: 'encodings_mixed', params: { encodings: ['utf-8', others.encoding] } },
    guessNote({ encoding: others.encoding, others: others.others }),
  ]);
}

/** Log-likelihood penalty for assuming two encodings. */
const MIXING = 6;

function eachLine(bytes: Buffer, decode: (line: Buffer) => string): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const next = end === -1 ? bytes.length : end + 1;
    lines.push(decode(bytes.subarray(start, next)));
    start = next;
  }
  return lines.join('');
}

/**
 * Latin-9 was made for € and œ. It has them where older encodings have ¤ and ½, which are rare, at least inside a word.
 */
function latin9Or(guess: string, text: string, bytes: Buffer): string {
  const isWestern = guess === 'windows-1252' || (guess === 'windows-1254' && !/[ğışĞİŞ]/.test(text));
  if (!isWestern || !/¤|[\p{L}'’]½\p{L}/u.test(text) || bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) return guess;
  return 'iso-8859-15';
}

/** The encoding that an HTML or XML document declares in its first kilobyte. */
function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 1_024);
  const found =
    /<meta[^>]{1,200}charset\s*=\s*["']?([\w-]+)/i.exec(head) ?? /^<\?xml[^>]{1,200}encoding=["']([\w.-]+)/.exec(head);
  return found?.[1] ?? null;
}

/** The encoding's WHATWG name if it can be decoded here. As on the web, Latin-1 means windows-1252, its superset. */
function webName(name: string | null): string | null {
  const lower = name?.toLowerCase() ?? '';
  if (lower === '' || /^(?:utf|ucs|unicode)/.test(lower)) return null; // Already decided by marks, NULs and validity.
  if (lower === 'iso-8859-1' || lower === 'ascii' || lower === 'latin1') return 'windows-1252';
  if (lower === 'iso-8859-9') return 'windows-1254';
  if (lower === 'gb2312' || lower === 'gbk') return 'gb18030';
  return iconv.encodingExists(lower) ? lower : null;
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

const MOST_CONTROLS = 0.02;
/** Text with NULs must otherwise be beyond doubt: binary data is full of both. */
const MOST_CONTROLS_BESIDE_NULS = 0.001;

/** Whether few enough bytes are control characters; tabs, line ends, escapes and Ctrl+Z do not count. */
function isText(bytes: Buffer, mostControls = MOST_CONTROLS): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  let controls = 0;
  for (const byte of sample) {
    if (byte < 0x20 && (byte < 0x08 || byte > 0x0d) && byte !== 0x1b && byte !== 0x1a) controls += 1;
  }
  return sample.length > 0 && controls / sample.length <= mostControls;
}
