/** Text without its NUL bytes, and how many there were. */
export interface WithoutNuls {
  readonly bytes: Buffer;
  readonly nuls: number;
}

/** This many NULs in a row are padding in preallocated space; a UTF-32 letter has only three. */
const PADDING = 4;

/** The share of NUL bytes, not counting padding. It tells text with a few NULs from wide encodings and binary data. */
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
 * Removes NUL bytes. Between words they become a space or, if they terminate entries as in machine-readable lists, a
 * line break.
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

/** Whether there are more single NULs than lines. */
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

/** A part of a file that is UTF-16 while its surroundings are not. */
export interface WidePart extends Run {
  readonly order: 'le' | 'be';
}

/** Stretches of Latin text in which every other byte is NUL: UTF-16 that a program appended to a single-byte file. */
export function wideParts(bytes: Buffer): readonly WidePart[] {
  const stretches = bytes.toString('latin1').matchAll(/\0?(?:[\t\n\r\x20-\xff]\0){4,}[\t\n\r\x20-\xff]?/g);
  return [...stretches].map(({ 0: part, index }) => partAt(part, index));
}

/** A byte at either edge may belong to the surrounding text: the previous line end, or the next letter. */
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
