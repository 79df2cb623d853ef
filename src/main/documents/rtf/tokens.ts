/** What an RTF file consists of. */
export interface RtfHandlers {
  readonly open: () => void;
  readonly close: () => void;
  /** A control word, or a control symbol under its character. The parameter is null if it has none. */
  readonly word: (name: string, parameter: number | null) => void;
  /** Bytes of text as they stand in the file. */
  readonly bytes: (bytes: Buffer) => void;
  /** A byte of text that is written in hexadecimal. */
  readonly byte: (byte: number) => void;
  /** Bytes that are no text, behind their length. */
  readonly data: (bytes: Buffer) => void;
}

const [LINE_FEED, RETURN, SPACE, QUOTE, MINUS] = [0x0a, 0x0d, 0x20, 0x27, 0x2d];
const [BACKSLASH, OPEN, CLOSE] = [0x5c, 0x7b, 0x7d];
const longestWord = 40;
const longestNumber = 10;

export interface RtfEnd {
  /** How many groups were still open at the end: more than one where a file was cut off. */
  readonly open: number;
  /** The brace that closes the document stands before its end: one too many was closed, or another document follows. */
  readonly goesOn: boolean;
}

/** Reads RTF from its first brace to the one that closes it, or to its end if the document goes on; without recursion. */
export function readRtfTokens(file: Buffer, { open, close, word, bytes, byte, data }: RtfHandlers): RtfEnd {
  let at = Math.max(0, file.indexOf(OPEN));
  let depth = 0;
  let goesOn = false;

  function closeGroup(): void {
    // One too many.
    if (depth === 0) return;
    depth -= 1;
    close();
    goesOn ||= depth === 0 && hasParagraphs(file.subarray(at));
  }

  function readText(): void {
    const start = at;
    while (at < file.length && !isSpecial(file[at] ?? 0)) at += 1;
    bytes(file.subarray(start, at));
  }

  function readControl(): void {
    at += 1;
    const first = file[at] ?? 0;
    if (first === QUOTE) readHexadecimal();
    else if (isLetter(first)) readWord();
    else {
      at += 1;
      word(String.fromCharCode(first), null);
    }
  }

  function readHexadecimal(): void {
    const code = Number.parseInt(file.toString('latin1', at + 1, at + 3), 16);
    at += Number.isNaN(code) ? 1 : 3;
    if (!Number.isNaN(code)) byte(code);
  }

  function readWord(): void {
    const start = at;
    while (isLetter(file[at] ?? 0) && at - start < longestWord) at += 1;
    const name = file.toString('latin1', start, at);
    const numberAt = at;
    if (file[at] === MINUS) at += 1;
    while (isDigit(file[at] ?? 0) && at - numberAt <= longestNumber) at += 1;
    const number = Number.parseInt(file.toString('latin1', numberAt, at), 10);
    if (Number.isNaN(number)) at = numberAt;
    if (file[at] === SPACE) at += 1;
    // Raw data of that length follows, braces and all.
    if (name === 'bin' && number > 0) {
      data(file.subarray(at, at + number));
      at = Math.min(file.length, at + number);
    } else word(name, Number.isNaN(number) ? null : number);
  }

  while (at < file.length) {
    const next = file[at] ?? 0;
    if (next === OPEN) {
      at += 1;
      depth += 1;
      open();
    } else if (next === CLOSE) {
      at += 1;
      closeGroup();
      if (depth === 0 && !goesOn) break;
    } else if (next === BACKSLASH) readControl();
    else if (next === LINE_FEED || next === RETURN || next === 0) at += 1;
    else readText();
  }
  return { open: depth, goesOn };
}

/** Whether these bytes are part of a document, and not what some program left behind it. */
function hasParagraphs(bytes: Buffer): boolean {
  return bytes.includes('\\par') || bytes.includes('{\\rtf');
}

function isSpecial(byte: number): boolean {
  return byte === BACKSLASH || byte === OPEN || byte === CLOSE || byte === LINE_FEED || byte === RETURN || byte === 0;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
