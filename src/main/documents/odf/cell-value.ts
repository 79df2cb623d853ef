import type { Attributes } from '../packed/xml-events.ts';
import { generalNumber } from '../sheets/number-format.ts';

export interface CellValue {
  readonly text: string;
  /** The text is the cell's formula, as the file does not hold its result. */
  readonly isFormula: boolean;
}

/**
 * What a cell shows: dates, times and truth values by their value, everything else as it is written in the cell.
 *
 * @param isWritten it has a paragraph: older programs write an empty text as the result of a formula without its type.
 */
export function shownCell(attributes: Attributes, written: string, isWritten: boolean): CellValue {
  const text = valueText(attributes, written);
  const formula = attributes['table:formula'];
  const hasResult = text !== '' || isWritten || attributes['office:value-type'] !== undefined;
  if (formula === undefined || hasResult) return { text, isFormula: false };
  return { text: `=${formula.replace(/^(?:[a-z]+:)?=?/i, '')}`, isFormula: true };
}

function valueText(attributes: Attributes, written: string): string {
  switch (attributes['office:value-type']) {
    case 'date':
      return dateText(attributes['office:date-value'] ?? written);
    case 'time':
      return timeText(attributes['office:time-value'] ?? '') ?? written;
    case 'boolean':
      return attributes['office:boolean-value'] === 'true' ? 'TRUE' : 'FALSE';
    case 'string':
      return written === '' ? (attributes['office:string-value'] ?? '') : written;
    case 'float':
    case 'currency':
    case 'percentage': {
      const value = Number(attributes['office:value']);
      return written === '' && !Number.isNaN(value) ? generalNumber(value) : written;
    }
    default:
      return written;
  }
}

/** "2026-03-31T14:30:00" as exact as it is. */
function dateText(value: string): string {
  return value
    .replace(/[.,]0+$/, '')
    .replace(/T00:00(?::00)?Z?$/, '')
    .replace(/(T\d\d:\d\d):00$/, '$1');
}

/** "PT14H30M00S" as a time of the day; null for a longer time, which is written as shown. */
function timeText(value: string): string | null {
  const [, hours, minutes, seconds] = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(value) ?? [];
  if (hours === undefined || Number(hours) > 23) return null;
  const clock = `${hours.padStart(2, '0')}:${(minutes ?? '').padStart(2, '0')}`;
  return Number(seconds) === 0 ? clock : `${clock}:${(seconds ?? '').padStart(2, '0')}`;
}
