import { isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';

export interface DecodedText {
  readonly text: string;
  /** The encoding's name on the web, in lower case: `utf-8`, `windows-1252`, `shift_jis`. */
  readonly encoding: string;
  /** Byte sequences that are not valid in this encoding; each is a U+FFFD in the text. */
  readonly invalidSequences: number;
}

/** Bytes that are looked at to guess an encoding. */
const sampleBytes = 64 * 1_024;

/**
 * Decodes bytes as text: a byte order mark decides, then valid UTF-8, then what the document declares about
 * itself, then statistics over its letters. Returns `null` for bytes that are no text in any encoding.
 */
export function decodeText(bytes: Buffer): DecodedText | null {
  const marked = decodeMarked(bytes);
  if (marked !== undefined) return marked;
  if (bytes.includes(0)) return decodeUtf16WithoutMark(bytes);
  if (controlShare(bytes.subarray(0, sampleBytes)) > 0.02) return null;
  return isUtf8(bytes) ? decodeUtf8(bytes) : decodeLegacy(bytes);
}

/** Decodes what starts with a byte order mark; `undefined` without one. */
function decodeMarked(bytes: Buffer): DecodedText | null | undefined {
  const head = bytes.toString('latin1', 0, 4);
  if (head.startsWith('\xef\xbb\xbf')) return textOrNull(bytes.toString('utf8', 3), 'utf-8');
  if (head === '\xff\xfe\0\0' || head === '\0\0\xfe\xff') return textOrNull(iconv.decode(bytes, 'utf-32'), 'utf-32');
  if (head.startsWith('\xff\xfe')) return textOrNull(decodeUtf16(bytes.subarray(2), 'le'), 'utf-16le');
  if (head.startsWith('\xfe\xff')) return textOrNull(decodeUtf16(bytes.subarray(2), 'be'), 'utf-16be');
  return undefined;
}

/** A mark is a promise, not a proof: text with NUL characters in it is something else. */
function textOrNull(text: string, encoding: string): DecodedText | null {
  return text.includes('\0') ? null : { text, encoding, invalidSequences: countReplaced(text) };
}

function decodeUtf8(bytes: Buffer): DecodedText | null {
  if (bytes.includes('\x1b$') || bytes.includes('\x1b(')) {
    const japanese = decodeIso2022Jp(bytes);
    if (japanese !== null) return { text: japanese, encoding: 'iso-2022-jp', invalidSequences: 0 };
  }
  // A one-byte string takes half the memory of the same letters as a two-byte one.
  const text = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
  return { text, encoding: 'utf-8', invalidSequences: 0 };
}

function decodeIso2022Jp(bytes: Buffer): string | null {
  try {
    return new TextDecoder('iso-2022-jp', { fatal: true }).decode(bytes);
  } catch {
    return null; // Not that encoding, or a runtime without its table.
  }
}

function decodeUtf16(bytes: Buffer, order: 'le' | 'be'): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = (order === 'le' ? even : Buffer.from(even).swap16()).toString('utf16le').replace(/\p{Cs}/gu, '\ufffd');
  return even.length === bytes.length ? text : `${text}\ufffd`;
}

function decodeUtf16WithoutMark(bytes: Buffer): DecodedText | null {
  if (bytes.length % 2 !== 0) return null;
  const sample = bytes.subarray(0, sampleBytes);
  const scores = (['le', 'be'] as const).map((order) => ({ order, score: plausibility(decodeUtf16(sample, order)) }));
  const best = scores.reduce((first, second) => (second.score > first.score ? second : first));
  return best.score > 0 ? textOrNull(decodeUtf16(bytes, best.order), `utf-16${best.order}`) : null;
}

/**
 * How much a string looks like writing: 0 when more than 3 % of it is nothing one writes, otherwise the share of
 * the characters that nearly every text has plenty of. The latter tells the two byte orders apart.
 */
function plausibility(text: string): number {
  if (text.length === 0) return 0;
  const odd = text.match(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\r\t\f]/gu)?.length ?? 0;
  const common = text.match(/[\n\r\t -~\u3000-\u30ff]/g)?.length ?? 0;
  return odd / text.length > 0.03 ? 0 : common / text.length;
}

function decodeLegacy(bytes: Buffer): DecodedText | null {
  const nearlyUtf8 = decodeDamagedUtf8(bytes);
  if (nearlyUtf8 !== null) return nearlyUtf8;
  const guesses = analyse(sampleAroundLetters(bytes)).map((match) => match.name);
  const declared = declaredEncoding(bytes);
  for (const name of declared === null ? guesses : [declared, ...guesses]) {
    const encoding = webName(name);
    if (encoding === null) continue;
    const text = iconv.decode(bytes, encoding);
    if (/[\ufffd\u0080-\u009f\p{Co}]/u.test(text)) continue;
    return decodeLatin9(bytes, encoding, text) ?? { text, encoding, invalidSequences: 0 };
  }
  return decodeAsLatin(bytes);
}

/**
 * Latin-9 was made for € and œ and has them where its elders have ¤ and ½, which nobody writes, or not within a word.
 * The statistics do not know it. `null` for what is none.
 */
function decodeLatin9(bytes: Buffer, guess: string, text: string): DecodedText | null {
  const isWestern = guess === 'windows-1252' || (guess === 'windows-1254' && !/[ğışĞİŞ]/.test(text));
  if (!isWestern || !/¤|[\p{L}'’]½\p{L}/u.test(text) || bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) return null;
  return { text: iconv.decode(bytes, 'iso-8859-15'), encoding: 'iso-8859-15', invalidSequences: 0 };
}

/** UTF-8 in which a few sequences are broken is still UTF-8: it has many whole ones for each broken one. */
function decodeDamagedUtf8(bytes: Buffer): DecodedText | null {
  const text = bytes.toString('utf8');
  let invalidSequences = 0;
  let wholeSequences = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) invalidSequences += 1;
    else if (unit >= 0x80) wholeSequences += 1;
  }
  return wholeSequences >= invalidSequences * 20 ? { text, encoding: 'utf-8', invalidSequences } : null;
}

/** The last resort, for western text with a few strange bytes; `null` when there are more than a few. */
function decodeAsLatin(bytes: Buffer): DecodedText | null {
  const text = iconv.decode(bytes, 'windows-1252');
  const invalidSequences = countReplaced(text);
  return invalidSequences > text.length * 0.005 ? null : { text, encoding: 'windows-1252', invalidSequences };
}

/** The part with the first letters outside ASCII, from the beginning of their line: the rest tells nothing. */
function sampleAroundLetters(bytes: Buffer): Buffer {
  if (bytes.length <= sampleBytes) return bytes;
  let first = 0;
  while (first < bytes.length && (bytes[first] ?? 0) < 0x80) first += 1;
  const lineStart = bytes.lastIndexOf('\n', first) + 1;
  const start = first - lineStart < sampleBytes / 2 ? lineStart : first;
  return bytes.subarray(start, start + sampleBytes);
}

/** What an HTML or XML document says in its first kilobyte about its own encoding. */
function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 1_024);
  const found =
    /<meta[^>]{1,200}charset\s*=\s*["']?([\w-]+)/i.exec(head) ?? /^<\?xml[^>]{1,200}encoding=["']([\w.-]+)/.exec(head);
  return found?.[1] ?? null;
}

/** The encoding's web name if it can be decoded here. As on the web, Latin-1 means windows-1252, its superset. */
function webName(name: string): string | null {
  const lower = name.toLowerCase();
  if (/^(?:utf|ucs|unicode)/.test(lower)) return null; // Decided before by marks, NULs and validity.
  if (lower === 'iso-8859-1' || lower === 'ascii' || lower === 'latin1') return 'windows-1252';
  if (lower === 'iso-8859-9') return 'windows-1254';
  if (lower === 'gb2312' || lower === 'gbk') return 'gb18030';
  return iconv.encodingExists(lower) ? lower : null;
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
}

/** The share of control bytes that text does not hold; tabs, line ends, escapes and Ctrl+Z are spared. */
function controlShare(bytes: Buffer): number {
  let controls = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && (byte < 0x08 || byte > 0x0d) && byte !== 0x1b && byte !== 0x1a) controls += 1;
  }
  return controls / bytes.length;
}
