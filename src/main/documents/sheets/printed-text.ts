/** What a header or footer prints: its text without codes for looks, page numbers, dates and file names. */
export function printedText(coded: string): string {
  return coded
    .replace(/(?:\p{L}+[\s.:]*)?&P(?:\s*[\p{L}/]*\s*&N)?/gu, ' ')
    .replace(/&(?:"[^"]*"|K[\dA-F]{6}|K\d\d[+-]\d{3}|\d{1,3}|[LCR])/gi, ' ')
    .replace(/&(?![&])[A-Z]/gi, '')
    .replaceAll('&&', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
