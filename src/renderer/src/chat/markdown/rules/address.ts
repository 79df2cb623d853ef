/** Where a bare address (`https://…`, `www.…`) ends in running text, and what it opens. */
export interface Address {
  readonly end: number;
  /** Null where what would be opened is not what is written: all of it stays text. */
  readonly href: string | null;
}

const opening = /https?:\/\/|www\./iy;
/** Letters, marks and digits of any script: a host may have them, and so may the sentence behind it. */
const hostRun = /[\p{L}\p{M}\p{N}._-]+/uy;
const beyondAscii = /[^\0-\x7f]/u;
/** A name that stands for itself: at least one dot, and a last part of letters. */
const wholeHost = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i;
/** Labels that begin and end as labels do, with the letters of any language. */
const anyHost = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*\.)+[\p{L}\p{M}\p{N}-]{2,}$/u;
/** Scripts that are written without spaces: a letter of theirs behind an address begins the sentence, not its path. */
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;
const letter = /[\p{L}\p{M}\p{N}]/u;
const alphanumeric = /[a-z0-9]/i;
/** Never part of an address in running text. */
const stops = /[\s<>"`\\^{|}\p{Cc}]/u;
const word = /[^\s<>`*]*/y;
/** Written for a character that is no part of an address. */
const entity = /&(?:lt|gt|quot|apos|nbsp|#\d{1,6});/iy;
const closes: Readonly<Record<string, string>> = { ')': '(', ']': '[' };
const trailing = /(?:[?!.,:;*_~'"]|&[a-z0-9]+;)$/i;

/** Reads the address that begins at `at`; null when none does. */
export function readAddress(text: string, at: number): Address | null {
  opening.lastIndex = at;
  const scheme = opening.exec(text)?.[0];
  if (scheme === undefined) return null;
  const www = scheme.toLowerCase() === 'www.';
  const hostAt = www ? at : at + scheme.length;
  const hostEnd = endOfHost(text, hostAt);
  // A host that may go on in the script of the sentence, or none.
  if (hostEnd === null) return { end: endOfWord(text, hostAt), href: null };
  if (www && !isHost(text.slice(hostAt, hostEnd))) return null;
  const end = trimmed(text, hostEnd, endOfPath(text, hostEnd));
  const href = `${www ? 'http://' : ''}${text.slice(at, end)}`;
  // What stands before an @ is no host, though it reads as one.
  if (text[hostEnd] === '@' || !URL.canParse(href) || new URL(href).username !== '')
    return { end: endOfWord(text, hostAt), href: null };
  return { end, href };
}

const isHost = (name: string) => wholeHost.test(name) || anyHost.test(name);

function endOfWord(text: string, from: number): number {
  word.lastIndex = from;
  return from + (word.exec(text)?.[0].length ?? 0);
}

/** Null where it cannot be told what the host is. */
export function endOfHost(text: string, at: number): number | null {
  hostRun.lastIndex = at;
  const run = hostRun.exec(text)?.[0].replace(/[._-]+$/, '');
  if (run === undefined || run === '') return null;
  const foreign = run.search(beyondAscii);
  if (foreign < 0) return at + run.length;
  const [before, after] = [run.slice(0, foreign), run.slice(foreign)];
  // A sentence in the script of the reader begins right behind a whole name.
  if (wholeHost.test(before) && withoutSpaces.test(after[0] ?? '')) return after.includes('.') ? null : at + foreign;
  return anyHost.test(run) && !wholeHost.test(before) ? at + run.length : null;
}

function endOfPath(text: string, from: number): number {
  if (!/[:/?#]/.test(text[from] ?? '')) return from;
  const open: string[] = [];
  let at = from;
  for (const char of text.slice(from)) {
    if (stops.test(char) || !mayFollow(text[at - 1] ?? '', char)) break;
    if (char === '&' && startsEntity(text, at)) break;
    if (char === '(' || char === '[') open.push(char);
    if (closes[char] !== undefined && open.pop() !== closes[char]) break;
    at += char.length;
  }
  return at;
}

function startsEntity(text: string, at: number): boolean {
  entity.lastIndex = at;
  return entity.test(text);
}

/** Letters beyond ASCII are part of a path (`/wiki/中文`), unless a sentence begins with them (`/guide详见`). */
function mayFollow(before: string, char: string): boolean {
  if (!beyondAscii.test(char)) return true;
  return letter.test(char) && !(withoutSpaces.test(char) && alphanumeric.test(before));
}

function trimmed(text: string, least: number, end: number): number {
  let at = end;
  while (at > least) {
    const cut = trailing.exec(text.slice(Math.max(least, at - 12), at))?.[0];
    if (cut === undefined) break;
    at -= cut.length;
  }
  return at;
}
