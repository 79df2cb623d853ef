/** A run of digits with marks in it, as a number. */

export type DigitsRead =
  | { readonly is: 'number'; readonly number: string }
  /** It may be either of two numbers. */
  | { readonly is: 'ambiguous'; readonly readings: readonly [string, string] }
  | { readonly is: 'none' };

/** Zeros of scripts whose digits models copy: Arabic, Persian, Devanagari, Bengali, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/** The same text with digits and their marks in ASCII. */
export function asciiDigits(text: string): string {
  return text
    .replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROS.find((first) => code >= first && code < first + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
    .replaceAll(/(?<=\d)．(?=\d)/g, '.')
    .replaceAll(/(?<=\d)，(?=\d)/g, ',');
}

/** White space, apostrophes and underscores only ever separate thousands. */
const ONLY_THOUSANDS = /[\s'’_]/g;
const WESTERN = /^\d{1,3}(?:\D\d{3})+$/;
const INDIAN = /^\d{1,2}(?:,\d{2})*,\d{3}$/;

/** @param decimal the mark that the document has before decimals, if that is known. */
export function readDigits(text: string, decimal: '.' | ',' | null): DigitsRead {
  const spaced = text.split(/[.,]/)[0] ?? '';
  if (/[\s'’_]/.test(spaced) && !WESTERN.test(spaced)) return { is: 'none' };
  const bare = text.replaceAll(ONLY_THOUSANDS, '');
  const marks = bare.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return number(bare);
  const at = bare.lastIndexOf(last);
  const [whole, rest] = [bare.slice(0, at), bare.slice(at + 1)];
  if (marks.some((mark) => mark !== last)) {
    // The last mark is the decimal one, and the other one separates thousands.
    return whole.includes(last) || !isGrouped(whole) ? { is: 'none' } : number(`${digitsOf(whole)}.${rest}`);
  }
  if (marks.length > 1) return isGrouped(bare) ? number(digitsOf(bare)) : { is: 'none' };
  const asDecimal = `${whole}.${rest}`;
  // Thousands were separated otherwise, or cannot be separated here.
  if (bare !== text || rest.length !== 3 || whole.length > 3 || whole.startsWith('0')) return number(asDecimal);
  if (decimal !== null) return number(decimal === last ? asDecimal : digitsOf(bare));
  return { is: 'ambiguous', readings: [plain(digitsOf(bare)), plain(asDecimal)] };
}

function isGrouped(text: string): boolean {
  return WESTERN.test(text) || INDIAN.test(text);
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

function number(text: string): DigitsRead {
  return { is: 'number', number: text };
}

function plain(text: string): string {
  return String(Number(text));
}
