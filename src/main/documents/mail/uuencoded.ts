/** Files in the text of a mail, as programs of before MIME wrote them: `begin 644 name`, lines of data, `end`. */

export interface UuencodedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Where its lines begin and end in the text. */
  readonly start: number;
  readonly end: number;
}

/** A mail of a few such files is old; further ones stay text. */
const mostFiles = 1_000;
const beginning = /^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n/gm;
/** A character for the number of bytes, up to 63, then four for each three bytes, and blanks. */
const dataLine = /([!-_])([ -`]{0,150})\r?\n/y;
/** A line of no bytes has a grave accent or a blank, which mail servers take away. */
const ending = /(?:`?[ \t]{0,50}\r?\n){0,20}end[ \t]{0,50}(?:\r?\n|$)/y;
/** Some programs write a checksum behind the data of a line. */
const mostBehind = 2;

/** The files whose lines are whole, in order. What breaks off stays text, where it can be seen. */
export function uuencodedFiles(text: Buffer): readonly UuencodedFile[] {
  if (!text.includes('begin ')) return [];
  const written = text.toString('latin1');
  const files: UuencodedFile[] = [];
  for (const found of written.matchAll(beginning)) {
    if (files.length === mostFiles) break;
    const [line, name = ''] = found;
    const data = dataAt(written, found.index + line.length);
    if (data === null) continue;
    files.push({ name: Buffer.from(name.trim(), 'latin1').toString(), start: found.index, ...data });
  }
  return files;
}

/** null if its lines are not all data up to the end of a file. No line of data begins another file. */
function dataAt(written: string, at: number): Pick<UuencodedFile, 'bytes' | 'end'> | null {
  let length = 0;
  let dataEnd = at;
  for (const { count, end } of dataLines(written, at)) {
    length += count;
    dataEnd = end;
  }
  ending.lastIndex = dataEnd;
  if (length === 0 || !ending.test(written)) return null;
  const end = ending.lastIndex;
  const bytes = Buffer.alloc(length + 2);
  let to = 0;
  for (const { count, letters } of dataLines(written, at)) {
    for (let from = 0; from < count; from += 3) bytes.writeUIntBE(threeBytes(letters, (from / 3) * 4), to + from, 3);
    to += count;
  }
  return { bytes: bytes.subarray(0, length), end };
}

/** Lines that hold data as it has to be: not more than they say, and a checksum. */
function* dataLines(written: string, at: number) {
  for (let start = at; ; ) {
    dataLine.lastIndex = start;
    const [line, first = '', letters = ''] = dataLine.exec(written) ?? [];
    const count = first.charCodeAt(0) - 0x20;
    if (line === undefined || letters.trimEnd().length > Math.ceil(count / 3) * 4 + mostBehind) return;
    start += line.length;
    yield { count, letters, end: start };
  }
}

function threeBytes(letters: string, at: number): number {
  return (
    (sixBits(letters, at) << 18) |
    (sixBits(letters, at + 1) << 12) |
    (sixBits(letters, at + 2) << 6) |
    sixBits(letters, at + 3)
  );
}

/** Blanks are zeros, and mail servers take them away at the end of a line. */
function sixBits(letters: string, at: number): number {
  return at < letters.length ? (letters.charCodeAt(at) - 0x20) & 0x3f : 0;
}
