/**
 * Stands before each page while its text is still being changed, so that the place of a page is known in the end. A form
 * feed: the reader of PDFs removes control characters from what is on a page.
 */
export const PAGE_MARK = '\f';

/** A text and the offsets at which its pages begin. */
export interface Pages {
  readonly text: string;
  readonly pageStarts: readonly number[];
}

/** The text with a mark before each page. */
export function markPages(text: string, pageStarts: readonly number[]): string {
  const pages = pageStarts.map((start, page) => text.slice(start, pageStarts[page + 1] ?? text.length));
  return pages.map((page) => `${PAGE_MARK}${page}`).join('');
}

/** The text without its page marks, and where they stood. */
export function partPages(marked: string): Pages {
  const [, ...pages] = marked.split(PAGE_MARK);
  const pageStarts: number[] = [];
  let length = 0;
  for (const page of pages) {
    pageStarts.push(length);
    length += page.length;
  }
  return { text: pages.join(''), pageStarts };
}
