/** Matches texts whose first letter belongs to a right-to-left script. */
const rightToLeft =
  /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** How far to look for the first letter. */
const LOOKED_AT = 200;

/**
 * For `dir`: a text is cut off, aligned and punctuated according to its first script. Undefined where that is the same
 * as for the page. The browser's own ways, `dir="auto"` in a field and `unicode-bidi: plaintext` in a paragraph, take
 * seconds for two million characters.
 */
export function directionOf(text: string | null): 'rtl' | undefined {
  return text !== null && rightToLeft.test(text.slice(0, LOOKED_AT)) ? 'rtl' : undefined;
}
