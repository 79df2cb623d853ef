/** Accents that fonts have as signs of their own, and the combining marks that they stand for over or under a letter. */
const marks: ReadonlyMap<string, string> = new Map([
  ['`', '\u0300'],
  ['´', '\u0301'],
  ['ˆ', '\u0302'],
  ['^', '\u0302'],
  ['˜', '\u0303'],
  ['~', '\u0303'],
  ['¯', '\u0304'],
  ['˘', '\u0306'],
  ['˙', '\u0307'],
  ['¨', '\u0308'],
  ['˚', '\u030a'],
  ['˝', '\u030b'],
  ['ˇ', '\u030c'],
  ['¸', '\u0327'],
  ['˛', '\u0328'],
]);

/** Whether a text is an accent alone. */
export function isAccent(text: string): boolean {
  return marks.has(text);
}

/**
 * Joins two texts of which the second begins on top of where the first ends: if one brings an accent for a letter of
 * the other, they become one letter.
 */
export function joinOverlapping(before: string, after: string): string | null {
  const [last, first] = [lastOf(before), firstOf(after)];
  const composed = composedOf(first, last) ?? composedOf(last, first);
  if (composed === null) return null;
  return before.slice(0, before.length - last.length) + composed + after.slice(first.length);
}

/** The letter with the accent; null if there is none such. */
function composedOf(letter: string, accent: string): string | null {
  const mark = marks.get(accent) ?? (/^\p{Mn}$/u.test(accent) ? accent : undefined);
  if (mark === undefined || !/^\p{L}$/u.test(letter)) return null;
  const base = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
  const composed = (base + mark).normalize('NFC');
  // Unicode has not every letter with every mark: R̃ in a formula. Signs of the keyboard mean other things as well.
  return Array.from(composed).length === 1 || accent > '~' ? composed : null;
}

function lastOf(text: string): string {
  const code = text.codePointAt(text.length - 2) ?? 0;
  return text.slice(code > 0xffff ? -2 : -1);
}

function firstOf(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}
