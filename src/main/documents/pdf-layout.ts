/** A run of letters as pdf.js gives it. `transform` ends with its place on the page, from the left and from below. */
export interface PdfRun {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly height: number;
  readonly transform: readonly number[];
}

interface Line {
  text: string;
  /** Distance from the bottom of the page; `null` in a line without letters. */
  y: number | null;
  height: number;
}

/**
 * The text of a page with its lines, and an empty line where a paragraph or heading ends: where the gap to the next
 * line is wider than it mostly is on this page, or the letters change their size.
 */
export function layOut(runs: readonly PdfRun[]): string {
  const lines = linesOf(runs).filter((line) => line.text.trim() !== '');
  const usual = usualGap(lines);
  return lines
    .map((line, index) => {
      const above = lines[index - 1];
      if (above === undefined) return line.text;
      return (beginsParagraph(above, line, usual) ? '\n\n' : '\n') + line.text;
    })
    .join('');
}

function linesOf(runs: readonly PdfRun[]): Line[] {
  const lines: Line[] = [];
  let line: Line = { text: '', y: null, height: 0 };
  for (const run of runs) {
    line.text += run.str;
    if (line.y === null && run.str.trim() !== '') {
      line.y = run.transform[5] ?? null;
      line.height = run.height;
    }
    if (!run.hasEOL) continue;
    lines.push(line);
    line = { text: '', y: null, height: 0 };
  }
  return [...lines, line];
}

function beginsParagraph(above: Line, line: Line, usual: number): boolean {
  const gap = gapBetween(above, line);
  if (gap === null || gap <= 0) return false;
  const [small, large] = [Math.min(above.height, line.height), Math.max(above.height, line.height)];
  return gap > usual * 1.3 || large > small * 1.15;
}

/** The median gap between a line and the one below it; infinite where there are too few lines to tell. */
function usualGap(lines: readonly Line[]): number {
  const gaps = lines
    .map((line, index) => gapBetween(lines[index - 1], line) ?? 0)
    .filter((gap) => gap > 0)
    .sort((first, second) => first - second);
  return gaps.length < 3 ? Number.POSITIVE_INFINITY : (gaps[Math.floor((gaps.length - 1) / 2)] ?? 0);
}

function gapBetween(above: Line | undefined, line: Line): number | null {
  return above === undefined || above.y === null || line.y === null ? null : above.y - line.y;
}
