import iconv from 'iconv-lite';
import { readingScore } from './reading-score.ts';
import { type WideEncoding, wideScore } from './wide-score.ts';

/** The encoding that explains the bytes best. */
export interface EncodingGuess {
  /** Its WHATWG name if it has one (`windows-1252`, `shift_jis`), otherwise iconv's (`cp850`, `macintosh`). */
  readonly encoding: string;
  readonly score: number;
  /** Encodings that explain the bytes nearly as well but read them differently, likeliest first. */
  readonly others: readonly string[];
}

/**
 * Single-byte encodings with their prior log-likelihood: first what systems write today, then what older ones wrote,
 * then leftovers of DOS and old Macs.
 */
const narrow: Readonly<Record<string, number>> = {
  'windows-1252': 0,
  'windows-1250': -1,
  'windows-1251': -0.5,
  'windows-1253': -1,
  'windows-1254': -1,
  'windows-1255': -1,
  'windows-1256': -1,
  'windows-1257': -1.5,
  'windows-874': -1,
  'koi8-r': -1,
  'koi8-u': -1.5,
  'iso-8859-2': -1.5,
  'iso-8859-4': -3,
  'iso-8859-5': -1.5,
  'iso-8859-6': -1.5,
  'iso-8859-7': -1.5,
  'iso-8859-8': -1.5,
  'iso-8859-13': -2.5,
  'iso-8859-15': -1.5,
  'iso-8859-16': -3,
  cp866: -1,
  cp850: -2,
  cp437: -2.2,
  cp852: -2.2,
  cp857: -2.5,
  cp858: -2.5,
  cp737: -2.5,
  cp862: -2.5,
  cp775: -3,
  cp855: -3.5,
  cp860: -3.5,
  cp861: -3.5,
  cp863: -3.5,
  cp865: -3,
  macintosh: -2.5,
  maccyrillic: -3,
  macgreek: -3.5,
  macturkish: -5,
  maccenteuro: -5,
  macromania: -5,
  maciceland: -5,
};

const wide: Readonly<Record<WideEncoding, number>> = {
  shift_jis: -1,
  'euc-jp': -1.5,
  gb18030: -1,
  big5: -1,
  'euc-kr': -1,
};

/** A reading within this log-likelihood of the best is still worth naming. */
const NAMED_WITHIN = 4;
const MOST_OTHERS = 3;

/**
 * Compares readings of bytes that are neither ASCII nor valid UTF-8.
 * @param sample the most telling lines, see `tellingLines`.
 * @param declared the document's own declaration, which wins if it is at all possible.
 */
export function guessEncoding(sample: Buffer, declared: string | null = null): EncodingGuess | null {
  const readings = [...narrowReadings(sample), ...wideReadings(sample), utf8Reading(sample)];
  if (declared !== null) {
    const said = readings.find(({ encoding }) => encoding === declared) ?? declaredReading(sample, declared);
    if (said.score > PLAUSIBLE * Math.max(1, countBeyondAscii(said.text))) return { ...said, others: [] };
  }
  readings.sort((first, second) => second.score - first.score);
  const [best, ...rest] = readings;
  if (best === undefined || best.score < PLAUSIBLE * Math.max(1, countBeyondAscii(best.text))) return null;
  const texts = new Set([best.text]);
  const others = rest.filter(({ score, text }) => {
    if (score < best.score - NAMED_WITHIN || texts.has(text)) return false;
    texts.add(text);
    return true;
  });
  return {
    encoding: best.encoding,
    score: best.score,
    others: others.slice(0, MOST_OTHERS).map(({ encoding }) => encoding),
  };
}

/** Average score per non-ASCII character; below it, nobody wrote this text. */
const PLAUSIBLE = -11;

interface Reading {
  readonly encoding: string;
  readonly text: string;
  readonly score: number;
}

function narrowReadings(sample: Buffer): Reading[] {
  const ends = lineEndPriors(sample);
  return Object.entries(narrow).map(([encoding, prior]) => {
    const text = iconv.decode(sample, encoding);
    const ofSystem = encoding.startsWith('mac')
      ? ends.mac
      : encoding.startsWith('koi') || encoding.startsWith('iso')
        ? ends.unix
        : ends.dos;
    return { encoding, text, score: prior + ofSystem + readingScore(text) };
  });
}

/** Line ends hint at the system. */
function lineEndPriors(sample: Buffer): { readonly mac: number; readonly dos: number; readonly unix: number } {
  const text = sample.toString('latin1');
  if (text.includes('\r\n')) return { mac: -1.5, dos: 0, unix: -0.5 };
  return text.includes('\r') && !text.includes('\n') ? { mac: 3, dos: 0, unix: -1 } : { mac: 0, dos: -0.2, unix: 0 };
}

function wideReadings(sample: Buffer): Reading[] {
  return (Object.entries(wide) as [WideEncoding, number][]).map(([encoding, prior]) => ({
    encoding,
    text: iconv.decode(sample, encoding),
    score: prior + wideScore(sample, encoding),
  }));
}

/** Damaged UTF-8 is still UTF-8: its intact characters prove it. */
function utf8Reading(sample: Buffer): Reading {
  const text = sample.toString('utf8');
  return { encoding: 'utf-8', text, score: 1 + utf8Score(text) };
}

/** Two or three bytes that form a valid sequence are no accident, whatever they mean. */
export function utf8Score(text: string): number {
  let score = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) score += BROKEN;
    else if (unit >= 0x80) score += unit < 0x800 ? TWO_BYTES : THREE_BYTES;
  }
  return score;
}

const BROKEN = -11;
const TWO_BYTES = -3;
const THREE_BYTES = -5;

function declaredReading(sample: Buffer, encoding: string): Reading {
  const text = iconv.decode(sample, encoding);
  return { encoding, text, score: readingScore(text) };
}

function countBeyondAscii(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) >= 0x80) count += 1;
  }
  return count;
}

const MOST_BYTES = 8_000;
const LONGEST_LINE = 2_000;

/** Lines with non-ASCII bytes, up to a few thousand bytes of them; other lines tell nothing. */
export function tellingLines(bytes: Buffer, isWanted: (line: Buffer) => boolean = () => true): Buffer {
  const lines: Buffer[] = [];
  let size = 0;
  for (const line of linesWithHighBytes(bytes)) {
    if (!isWanted(line)) continue;
    const part = line.length > LONGEST_LINE ? aroundFirstHighByte(line) : line;
    lines.push(part);
    size += part.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(lines);
}

/** Cuts a line down, starting at the word before its first non-ASCII byte. */
function aroundFirstHighByte(line: Buffer): Buffer {
  const first = line.findIndex((byte) => byte >= 0x80);
  const start = Math.max(0, line.lastIndexOf(' ', Math.max(0, first - 1)));
  return line.subarray(first - start > LONGEST_LINE / 2 ? first : start, start + LONGEST_LINE);
}

/** Each line includes its line end. */
function* linesWithHighBytes(bytes: Buffer): Generator<Buffer> {
  let start = 0;
  let isHigh = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) isHigh = true;
    if (byte !== 0x0a && byte !== 0x0d) continue;
    if (isHigh) yield bytes.subarray(start, byte === 0x0d && bytes[at + 1] === 0x0a ? at + 2 : at + 1);
    start = at + 1;
    isHigh = false;
  }
  if (isHigh) yield bytes.subarray(start);
}
