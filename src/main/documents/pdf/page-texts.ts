import { runningMarks } from '../../../shared/running-marks.ts';
import { headingMark } from '../heading-mark.ts';
import { headingsOf, type PageHeadings } from './headings.ts';
import { LINE_BREAK } from './line-end-hyphens.ts';
import { listItems } from './list-items.ts';
import type { PageLine } from './page-line.ts';
import { type RepeatedLines, type RunningKind, repeatedLines } from './repeated-lines.ts';

export interface PageTexts {
  readonly texts: readonly string[];
  /** By page, lines that are left out because they stand on an earlier one. */
  readonly repeats: readonly (readonly string[])[];
}

/** The text of each page, with what only the whole document tells of its lines. */
export function pageTexts(pages: readonly (readonly PageLine[])[]): PageTexts {
  const repeated = repeatedLines(pages);
  const isRunning = (page: number, at: number) =>
    repeated[page]?.kept.has(at) === true || repeated[page]?.left.has(at) === true;
  const own = pages.map((lines, page) => lines.filter((_, at) => !isRunning(page, at)));
  const headings = headingsOf(own);
  const texts = own.map((lines, page) => {
    const running = runningTexts(pages[page] ?? [], repeated[page]);
    return [...running.above, pageText(lines, headings[page] ?? new Map()), ...running.below]
      .filter((text) => text !== '')
      .join('\n\n');
  });
  const repeats = pages.map((lines, page) =>
    lines.filter((_, at) => repeated[page]?.left.has(at)).map(({ text }) => text),
  );
  return { texts, repeats };
}

function runningTexts(lines: readonly PageLine[], repeated: RepeatedLines | undefined) {
  const yOf = ([at]: readonly [number, RunningKind]) => lines[at]?.y ?? 0;
  const kept = [...(repeated?.kept ?? [])].sort((one, other) => yOf(other) - yOf(one));
  const textOf = ([at, kind]: readonly [number, RunningKind]) => `${runningMarks[kind]} ${lines[at]?.text ?? ''}`;
  return {
    above: kept.filter(([, kind]) => kind === 'header').map(textOf),
    below: kept.filter(([, kind]) => kind !== 'header').map(textOf),
  };
}

function pageText(lines: readonly PageLine[], headings: PageHeadings): string {
  const parts: string[] = [];
  const items = listItems(lines);
  let afterHeading = false;
  for (let at = 0; at < lines.length; ) {
    const heading = headings.get(at);
    const end = heading?.end ?? at + 1;
    const text =
      heading === undefined
        ? (items.get(at) ?? lines[at]?.text ?? '')
        : headingMark(heading.level) + inOneLine(lines.slice(at, end));
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
    .reduce((whole, text) => whole + (/\p{L}[-\u2010\u00ad]$/u.test(whole) ? LINE_BREAK : ' ') + text);
}
