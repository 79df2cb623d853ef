import type { Token } from 'markdown-it';
import { textOf } from './token-text.ts';

/** What the paragraphs directly in a quotation say. */
export function paragraphsOf(inner: readonly Token[]): readonly string[] {
  const paragraphs: string[] = [];
  let from: number | null = null;
  let depth = 0;
  for (const [place, token] of inner.entries()) {
    if (token.type === 'paragraph_open' && depth === 0) from = place + 1;
    depth += token.nesting;
    if (token.type !== 'paragraph_close' || depth > 0 || from === null) continue;
    paragraphs.push(textOf(inner.slice(from, place)));
    from = null;
  }
  return paragraphs;
}

/** Where the link leads that stands at the very end of a quotation. */
export function lastLinkOf(inner: readonly Token[]): string | null {
  if (inner.at(-1)?.type !== 'paragraph_close' || inner.at(-2)?.type !== 'link_close') return null;
  return (
    inner
      .findLast(({ type }) => type === 'link_open')
      ?.attrGet('href')
      ?.toString() ?? null
  );
}
