/**
 * Stands before each page, sheet or the like while the text is still being changed, so that their places are known in
 * the end. A form feed: readers remove control characters from what is in a document.
 */
export const PLACE_MARK = '\f';

/** A text and the offsets at which its pages, sheets or the like begin. */
export interface Placed {
  readonly text: string;
  readonly starts: readonly number[];
}

/** The text with a mark before each place. */
export function markPlaces(text: string, starts: readonly number[]): string {
  const parts = starts.map((start, at) => text.slice(start, starts[at + 1] ?? text.length));
  return parts.map((part) => `${PLACE_MARK}${part}`).join('');
}

/** The text without its marks, and where they stood. */
export function partPlaces(marked: string): Placed {
  const [, ...parts] = marked.split(PLACE_MARK);
  const starts: number[] = [];
  let length = 0;
  for (const part of parts) {
    starts.push(length);
    length += part.length;
  }
  return { text: parts.join(''), starts };
}
