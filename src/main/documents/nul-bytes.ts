/** Text that was read, and what was in it that is no text. */
export interface WithoutNuls {
  readonly bytes: Buffer;
  readonly nuls: number;
}

/** So many in a row fill room up that a program had reserved; a letter in UTF-32 has three. */
const PADDING = 4;

/**
 * The share of NUL bytes beside padding: what tells text with a few of them from wide encodings and from binary data.
 */
export function nulShare(bytes: Buffer): number {
  let nuls = 0;
  let padding = 0;
  for (const run of nulRuns(bytes)) {
    if (run.end - run.start >= PADDING) padding += run.end - run.start;
    else nuls += run.end - run.start;
  }
  return padding === bytes.length ? 1 : nuls / (bytes.length - padding);
}

/**
 * Takes NUL bytes out. Where they stood between words they leave a space, and where they are what ends each entry, as
 * in lists that programs write for programs, the end of a line.
 */
export function withoutNuls(bytes: Buffer): WithoutNuls {
  const runs = [...nulRuns(bytes)];
  const separator = areSeparators(bytes, runs) ? '\n' : '';
  const parts: Buffer[] = [];
  let nuls = 0;
  let from = 0;
  for (const { start, end } of runs) {
    parts.push(bytes.subarray(from, start));
    const isBetweenWords = isInk(bytes[start - 1]) && isInk(bytes[end]);
    if (isBetweenWords) parts.push(Buffer.from(separator !== '' || end - start === 1 ? separator : ' '));
    nuls += end - start;
    from = end;
  }
  parts.push(bytes.subarray(from));
  return { bytes: Buffer.concat(parts), nuls };
}

/** More of them alone than there are lines, or no lines at all. */
function areSeparators(bytes: Buffer, runs: readonly Run[]): boolean {
  const alone = runs.filter(({ start, end }) => end - start === 1).length;
  if (alone < 2) return false;
  let lines = 0;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return alone > lines;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

function* nulRuns(bytes: Buffer): Generator<Run> {
  for (let start = bytes.indexOf(0); start !== -1; ) {
    let end = start;
    while (bytes[end] === 0) end += 1;
    yield { start, end };
    start = bytes.indexOf(0, end);
  }
}

function isInk(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20;
}

/** A part of a file that is written in UTF-16, between parts that are not. */
export interface WidePart extends Run {
  readonly order: 'le' | 'be';
}

/**
 * Stretches of Latin text in which every other byte is NUL: what a program appended in UTF-16 to a file that others
 * wrote in one byte a character.
 */
export function wideParts(bytes: Buffer): readonly WidePart[] {
  const stretches = bytes.toString('latin1').matchAll(/\0?(?:[\t\n\r\x20-\xff]\0){4,}[\t\n\r\x20-\xff]?/g);
  return [...stretches].map(({ 0: part, index }) => partAt(part, index));
}

/** A byte at either edge may belong to the text around it: the end of the line before, or the first letter after. */
function partAt(part: string, index: number): WidePart {
  const beginsWithLetter = !part.startsWith('\0');
  if (!beginsWithLetter || /^[\r\n]/.test(part)) {
    const start = index + (beginsWithLetter ? 1 : 0);
    return { start, end: start + evenPart(part.length - (beginsWithLetter ? 1 : 0)), order: 'be' };
  }
  return { start: index, end: index + evenPart(part.length), order: 'le' };
}

function evenPart(length: number): number {
  return length - (length % 2);
}
