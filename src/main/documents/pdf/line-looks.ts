import type { LineLooks } from './page-line.ts';
import type { PdfRun } from './run.ts';

/** Of the baselines of a line, in points; null for one without letters. */
interface Baselines {
  readonly y: number | null;
  readonly bottom: number | null;
}

/** How the runs of a line look together. */
export function looksOf(runs: readonly PdfRun[], boldFonts: ReadonlySet<string>, { y, bottom }: Baselines): LineLooks {
  const letters = runs.filter(({ str }) => str.trim() !== '');
  const isBold = letters.length > 0 && letters.every(({ fontName }) => boldFonts.has(fontName ?? ''));
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { transform, width = 0 } of letters) {
    left = Math.min(left, transform[4] ?? 0);
    right = Math.max(right, (transform[4] ?? 0) + width);
  }
  const size = sizeOf(letters);
  return { size, isBold, y: tenths(y ?? 0), bottom: tenths(bottom ?? 0), left: tenths(left), right: tenths(right) };
}

/** Share of a line's letters that have its size: a number above the line or a large first letter does not change it. */
const NEARLY_ALL = 0.8;

function sizeOf(letters: readonly PdfRun[]): number {
  const counts = new Map<number, number>();
  let total = 0;
  for (const { str, height, transform } of letters) {
    const size = isTurned(transform) ? 0 : halves(height);
    counts.set(size, (counts.get(size) ?? 0) + str.length);
    total += str.length;
  }
  for (const [size, count] of counts) if (count >= total * NEARLY_ALL) return size;
  return 0;
}

/** Half points, in tenths: programs write 11.9 for 12. */
function halves(points: number): number {
  return tenths(Math.round(points * 2) / 2);
}

function tenths(points: number): number {
  return Number.isFinite(points) ? Math.round(points * 10) : 0;
}

function isTurned([a = 0, b = 0]: readonly number[]): boolean {
  return Math.abs(b) > Math.abs(a) * 0.01;
}

const boldName = /bold|black|heavy|demi|-medi$|(?:^|\+)(?:cm|ec|sf|la|t1-)(?:ss)?b(?:x\w*|\d)/i;

/** The names that runs of a page have for its bold fonts. @param styles what pdf.js tells of each, with the changes made to it. */
export function boldFontsOf(styles: Readonly<Record<string, object>>): ReadonlySet<string> {
  const isBold = (style: object) => 'name' in style && typeof style.name === 'string' && boldName.test(style.name);
  return new Set(Object.keys(styles).filter((name) => isBold(styles[name] ?? {})));
}
