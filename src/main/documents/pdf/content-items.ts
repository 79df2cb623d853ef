import type { DrawnPath } from './rules.ts';
import type { PdfRun } from './run.ts';

/** What pdf.js reports of a page in the order it is drawn, with the additions of `scripts/setup/pdfjs-patch.mjs`. */
export type ContentItem =
  | PdfRun
  | { readonly type: 'beginMarkedContent' | 'endMarkedContent' }
  | { readonly type: 'beginMarkedContentProps'; readonly actualText?: string | null }
  /** The matrix maps the unit square to where the image is drawn. */
  | { readonly type: 'image'; readonly transform: readonly number[] }
  | ({ readonly type: 'path' } & DrawnPath);

export interface PageContent {
  readonly runs: readonly PdfRun[];
  /** In square units of the page; images over each other count each. */
  readonly imageArea: number;
  readonly paths: readonly DrawnPath[];
}

/**
 * The runs of letters on a page. Where the writer says which text the glyphs of a passage stand for, that text is in
 * their place: glyphs alone do not say the order of letters in Arabic, Hindi or Thai.
 */
export function contentOf(items: readonly ContentItem[]): PageContent {
  const runs: PdfRun[] = [];
  const paths: DrawnPath[] = [];
  let imageArea = 0;
  let level = 0;
  let passage: { readonly level: number; readonly actualText: string; readonly glyphs: PdfRun[] } | null = null;
  for (const item of items) {
    if (!('type' in item)) {
      (passage?.glyphs ?? runs).push(item);
    } else if (item.type === 'image') {
      imageArea += areaOf(item.transform);
    } else if (item.type === 'path') {
      paths.push(item);
    } else if (item.type === 'endMarkedContent') {
      if (passage !== null && passage.level === level) {
        runs.push(...standIn(passage.glyphs, passage.actualText));
        passage = null;
      }
      level -= 1;
    } else {
      level += 1;
      const actualText = 'actualText' in item ? (item.actualText ?? null) : null;
      if (passage === null && actualText !== null) passage = { level, actualText, glyphs: [] };
    }
  }
  return { runs: passage === null ? runs : [...runs, ...passage.glyphs], imageArea, paths };
}

/** The text in place of the glyphs. A space before them is not theirs, nor are the lines they end. */
function standIn(glyphs: readonly PdfRun[], actualText: string): readonly PdfRun[] {
  const letters = glyphs.filter((glyph) => !isSpace(glyph));
  const [first] = letters;
  // A letter's marks may be drawn before it, and off its line.
  const widest = letters.reduce<PdfRun | undefined>(
    (best, glyph) => (best === undefined || (glyph.width ?? 0) > (best.width ?? 0) ? glyph : best),
    undefined,
  );
  if (first === undefined || widest === undefined) return glyphs;
  const left = Math.min(...letters.map(({ transform }) => transform[4] ?? 0));
  const right = Math.max(...letters.map(({ transform, width = 0 }) => (transform[4] ?? 0) + width));
  const run: PdfRun = {
    ...widest,
    str: (/^ /.test(first.str) && !/^\s/.test(actualText) ? ' ' : '') + actualText,
    transform: [...widest.transform.slice(0, 4), left, ...widest.transform.slice(5)],
    width: right - left,
    hasEOL: glyphs.slice(glyphs.indexOf(first)).some(({ hasEOL }) => hasEOL),
  };
  return [...glyphs.slice(0, glyphs.indexOf(first)), run];
}

/** Glyphs without a meaning of their own are control characters, which `trim` takes for space. */
function isSpace({ str }: PdfRun): boolean {
  return /^ *$/.test(str);
}

function areaOf([a = 0, b = 0, c = 0, d = 0]: readonly number[]): number {
  return Math.abs(a * d - b * c);
}
