/** Letters before the first one of a script that is written from right to left. */
const rightToLeft =
  /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Beyond this, a text that begins without a letter is no text. */
const LOOKED_AT = 200;

/**
 * For `dir`: a text is cut, aligned and punctuated by the script it begins with. Undefined where nothing differs from
 * the page. The browser's own ways cost seconds for a text of two million characters: `dir="auto"` in a field, and
 * `unicode-bidi: plaintext` in a paragraph.
 */
export function directionOf(text: string | null): 'rtl' | undefined {
  return text !== null && rightToLeft.test(text.slice(0, LOOKED_AT)) ? 'rtl' : undefined;
}
