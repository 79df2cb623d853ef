/** The mark of a heading of this level, counted from 0: "## "; '' for text that is none. Markdown has six levels. */
export function headingMark(level: number | null): string {
  return level === null || level < 0 || level > LAST_LEVEL ? '' : `${'#'.repeat(Math.min(6, level + 1))} `;
}

/** Word counts nine levels of headings; the tenth is body text. */
const LAST_LEVEL = 8;
