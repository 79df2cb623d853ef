/** A line of a page without its numbers, which count the pages in a running head. */
export interface NumberedText {
  /** With # for each number. */
  readonly pattern: string;
  readonly numbers: readonly PrintedNumber[];
}

export interface PrintedNumber {
  /** As printed. */
  readonly digits: string;
  readonly value: number;
}

/** Takes the numbers out of a text: all that are written in digits, and small Roman ones at its start or end. */
export function withoutNumbers(text: string): NumberedText {
  const numbers: PrintedNumber[] = [];
  const pattern = text.replace(/\p{Nd}+|(?<![^\s])[ivxlc]+(?![^\s])/gu, (digits, at: number) => {
    const isDigits = /^\p{Nd}/u.test(digits);
    if (!isDigits && at > 0 && at + digits.length < text.length) return digits;
    const value = isDigits ? decimal(digits) : roman(digits);
    if (value === null) return digits;
    numbers.push({ digits, value });
    return '#';
  });
  return { pattern: pattern.replace(/\s+/g, ' ').trim(), numbers };
}

/** A number in digits of any script, which Unicode has in order from 0. */
function decimal(digits: string): number {
  const values = Array.from(digits, (digit) => digitValue(digit.codePointAt(0) ?? 0));
  return Number(values.join(''));
}

function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  let zero = code;
  while (zero > 0 && code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

const romanValues: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function roman(letters: string): number | null {
  if (!/^c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(letters)) return null;
  const values = Array.from(letters, (letter) => romanValues[letter] ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

const pageWords = new Set(
  (
    'p pg pp page pages pag página pagina páginas pàgina página pagine seite seiten s blatt blad bladzijde side sida ' +
    'strona str strana strany stran stranica страница стр с сторінка oldal sivu sayfa trang σελίδα σελ lk lpp psl ' +
    'leht halaman hal of von de di du sur z ze av af van iz из из від od από 頁 页 第 共 ページ 쪽 페이지 หน้า पृष्ठ עמוד מתוך صفحة صفحه من از'
  ).split(' '),
);

/** Whether a pattern is a page number and no more: "– # –", "Page # of #". */
export function isPageNumber(pattern: string): boolean {
  const words = pattern.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  return pattern.includes('#') && words.every((word) => pageWords.has(word));
}
