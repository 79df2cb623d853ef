/**
 * From about this length, Chromium is noticeably slow, because it lays out a field's whole text on each key press, and
 * more than once if the field grows with its text.
 */
const longFrom = 20_000;

export function isLongText(text: string): boolean {
  return text.length > longFrom;
}
