/**
 * Chromium lays the whole text of a field out anew with each key, which is seen from about here; a field that is as
 * high as its text does it more than once.
 */
const longFrom = 20_000;

export function isLongText(text: string): boolean {
  return text.length > longFrom;
}
