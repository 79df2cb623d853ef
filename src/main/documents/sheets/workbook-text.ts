import type { ColumnSpan, Places, RowRun } from '../../../shared/places.ts';
import type { Content } from '../content.ts';
import { hasWords } from '../drawings/pictures.ts';
import type { SheetLines } from './sheet-rows.ts';

/** One sheet as text. */
export interface SheetText extends SheetLines {
  readonly name: string;
  readonly isHidden: boolean;
  /** What is on the sheet besides its rows, each marked: comments, charts, text boxes. */
  readonly extras: readonly string[];
}

/** The sheets one after the other, each under its name, and where each begins. A sheet that says nothing is left out. */
export function workbookText(
  sheets: readonly SheetText[],
): Pick<Content, 'text' | 'isWordless'> & { readonly places: Places } {
  const texts: string[] = [];
  const starts: number[] = [];
  const names: string[] = [];
  const rows: RowRun[] = [];
  const columns: (readonly ColumnSpan[])[] = [];
  const unclear: number[] = [];
  let isWordless = true;
  let length = 0;
  let line = 1;
  for (const sheet of sheets) {
    if (sheet.lines.length === 0 && sheet.extras.length === 0) continue;
    const heading = `## Sheet: ${sheet.name}${sheet.isHidden ? ' (hidden)' : ''}`;
    const text = `${[heading, sheet.lines.join('\n'), ...sheet.extras].filter((one) => one !== '').join('\n\n')}\n\n`;
    isWordless &&= sheet.lines.length === 0 && !sheet.extras.some(hasWords);
    starts.push(length);
    names.push(sheet.name);
    columns.push(sheet.columns);
    for (const at of sheet.unclear) unclear.push(line + 1 + at);
    for (const [at, row] of sheet.rows) rows.push([line + 1 + at, row]);
    if (sheet.rows.length > 0) rows.push([line + 2 + sheet.lines.length, 0]);
    texts.push(text);
    length += text.length;
    line += lineBreaks(text);
  }
  const places: Places = { unit: 'sheet', starts, names, rows, columns, ...(unclear.length > 0 ? { unclear } : {}) };
  return { text: texts.join('').trimEnd(), places, ...(isWordless ? { isWordless } : {}) };
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
