/** A code, which says how what follows looks or what is printed in its place. */
const codes = /&(?:&|"[^"]*"|K(?:[\dA-F]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Z])/gi;
/** Stand for the number of the page, that of all pages, and an ampersand. */
const [PAGE, PAGES, AMPERSAND] = ['\u0001', '\u0002', '\u0003'];
const signs: ReadonlyMap<string, string> = new Map([
  ['&P', PAGE],
  ['&N', PAGES],
  ['&&', AMPERSAND],
]);
/** Codes of letters that begin a part of the line; others stand within words. */
const parts = new Set(['&L', '&C', '&R']);
/** `Page 3 of 7`, `S. 3/7` */
const pageNumber = new RegExp(
  `(?:(?<!\\p{L})\\p{L}+[\\s.:]{0,9})?${PAGE}(?:\\s{0,9}[\\p{L}/]{0,20}\\s{0,9}${PAGES})?`,
  'gu',
);

/** What a header or footer prints: its text without codes for looks, page numbers, dates and file names. */
export function printedText(coded: string): string {
  return coded
    .replace(codes, meaningOf)
    .replace(pageNumber, ' ')
    .replaceAll(PAGES, '')
    .replaceAll(AMPERSAND, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

function meaningOf(code: string): string {
  const name = code.toUpperCase();
  return signs.get(name) ?? (parts.has(name) || !/^&[A-Z]$/.test(name) ? ' ' : '');
}
