import { unescaped } from './read/unescaped.ts';

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': ' ',
};

/**
 * A quotation without what models and lawyers add to the letters of a text: escapes ("Gesch\u00e4ft", "one\ntwo"), entities of
 * HTML, brackets around a letter whose case was changed ("[T]he rent") and "[sic]".
 */
export function plainQuote(quote: string): string {
  if (!/[\\&[]/.test(quote)) return quote;
  return unescaped(quote)
    .replace(/\\[nrt]/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/\[(\p{L})\](?=\p{L})/gu, '$1')
    .replace(/\s?\[sic!?\]/gi, '');
}
