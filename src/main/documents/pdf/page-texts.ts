import { headingMark } from '../heading-mark.ts';
import { headingsOf, type PageHeadings } from './headings.ts';
import type { PageLine } from './page-line.ts';

/** The text of each page, with what only the whole document tells of its lines. */
export function pageTexts(pages: readonly (readonly PageLine[])[]): readonly string[] {
  const headings = headingsOf(pages);
  return pages.map((lines, at) => pageText(lines, headings[at] ?? new Map()));
}

function pageText(lines: readonly PageLine[], headings: PageHeadings): string {
  const parts: string[] = [];
  let afterHeading = false;
  for (let at = 0; at < lines.length; ) {
    const heading = headings.get(at);
    const end = heading?.end ?? at + 1;
    const text =
      heading === undefined ? (lines[at]?.text ?? '') : headingMark(heading.level) + inOneLine(lines.slice(at, end));
    const isParted = afterHeading || heading !== undefined || lines[at]?.isParted === true;
    if (parts.length > 0) parts.push(isParted ? '\n\n' : '\n');
    parts.push(text);
    afterHeading = heading !== undefined;
    at = end;
  }
  return parts.join('');
}

/** A word that may be parted at a line end is left to what joins them. */
function inOneLine(lines: readonly PageLine[]): string {
  return lines
    .map(({ text }) => text.trim())
    .reduce((whole, text) => whole + (/\p{L}[-\u2010\u00ad]$/u.test(whole) ? '\n' : ' ') + text);
}
