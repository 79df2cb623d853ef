/** Soft hyphens, joiners without width, byte order marks and marks of direction: they cut words and show nothing. */
const unseen = /[\u00ad\u2060\ufeff\u200e\u200f\u061c]/g;
const zeroWidthSpace = /\u200b/g;

/** Scripts that write no spaces, in which a space without width parts words. */
const spaceless = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19df\u1a20-\u1aaf]/;

/**
 * Text without the characters that nobody sees and that would cut its words for a search or a model. Joiners that shape
 * letters or emoji (U+200C, U+200D) stay, and so does what parts words in Thai, Lao, Khmer and Burmese.
 */
export function withoutUnseen(text: string): string {
  if (!/[\u00ad\u2060\ufeff\u200b\u200e\u200f\u061c]/.test(text)) return text;
  const shown = text.replace(unseen, '');
  return spaceless.test(shown) ? shown : shown.replace(zeroWidthSpace, '');
}
