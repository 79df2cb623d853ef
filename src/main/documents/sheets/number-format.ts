import { format as formatted, getFormatDateInfo, isDateFormat } from 'numfmt';

/** Writes a number as a workbook shows it. */
export type NumberWriter = (value: number) => string;

/** The formats that workbooks refer to by number alone; those in between are dates of East Asian editions. */
const builtIn: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"$"#,##0;\\-"$"#,##0',
  6: '"$"#,##0;\\-"$"#,##0',
  7: '"$"#,##0.00;\\-"$"#,##0.00',
  8: '"$"#,##0.00;\\-"$"#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  41: '#,##0;-#,##0;"-"',
  42: '"$"#,##0;-"$"#,##0;"-"',
  43: '#,##0.00;-#,##0.00;"-"',
  44: '"$"#,##0.00;-"$"#,##0.00;"-"',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss',
  48: '##0.0E+0',
};
const eastAsianDates = [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58];
const eastAsianTimes = [32, 33, 34, 35, 55, 56];

/** The pattern of a format that is known by its number; '' for none. */
export function builtInPattern(id: number): string {
  if (eastAsianDates.includes(id)) return 'yyyy-mm-dd';
  if (eastAsianTimes.includes(id)) return 'h:mm';
  return builtIn[id] ?? '';
}

/** A longer one is not made for reading, and takes its time for each number. */
const longestPattern = 255;

/** How numbers with this pattern look. Dates and times are written as ISO 8601, as exact as they are shown. */
export function numberWriter(pattern: string, is1904: boolean): NumberWriter {
  if (pattern === '' || pattern === '@' || /^general$/i.test(pattern) || pattern.length > longestPattern) {
    return generalNumber;
  }
  if (!isElapsed.test(pattern) && isDate(pattern)) return dateWriter(pattern, is1904);
  // The edition of a format's language would change what separates thousands and decimals.
  const neutral = pattern.replace(/\[\$([^\]-]*)-[^\]]*\]/g, (_, currency: string) =>
    currency === '' ? '' : `[$${currency}]`,
  );
  return (value) => {
    const shown = shownAs(neutral, value);
    // A format can hide a number; what is in the document is read.
    return shown === '' || /^#+$/.test(shown) ? generalNumber(value) : shown;
  };
}

/** Hours, minutes or seconds beyond a day. */
const isElapsed = /\[(?:h+|m+|s+)\]/i;

function isDate(pattern: string): boolean {
  try {
    return isDateFormat(pattern) === true;
  } catch {
    return false;
  }
}

function shownAs(pattern: string, value: number): string {
  try {
    return formatted(pattern, value).replace(/\s+/g, ' ').trim();
  } catch {
    return generalNumber(value);
  }
}

/** A number in full: never in powers of ten, and without the noise of binary fractions. */
export function generalNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function dateWriter(pattern: string, is1904: boolean): NumberWriter {
  const shown = shownParts(pattern);
  return (value) => isoDate(is1904 ? value + 1_462 : value, shown) ?? generalNumber(value);
}

interface ShownParts {
  readonly precision: 'year' | 'month' | 'day' | null;
  readonly time: 'minutes' | 'seconds' | null;
}

function shownParts(pattern: string): ShownParts {
  const { year, month, day, hours, minutes, seconds } = getFormatDateInfo(pattern);
  const time = seconds ? 'seconds' : hours || minutes ? 'minutes' : null;
  if (year && !month && !day) return { precision: 'year', time };
  if (month && !day) return { precision: 'month', time };
  return { precision: year || month || day || time === null ? 'day' : null, time };
}

const dayMs = 86_400_000;
/** 31 December 9999. */
const lastDay = 2_958_465;

/** A day that is counted from 1900 on; null if it is none. */
function isoDate(days: number, { precision, time }: ShownParts): string | null {
  if (!(days >= 0 && days < lastDay + 1)) return null;
  const seconds = Math.round(days * 86_400);
  const whole = Math.floor(seconds / 86_400);
  const hasSeconds = time === 'seconds' && seconds % 60 !== 0;
  const clock = new Date((seconds % 86_400) * 1_000).toISOString().slice(11, hasSeconds ? 19 : 16);
  if (precision === null) return clock;
  const day = dayOf(whole);
  const date = precision === 'year' ? day.slice(0, 4) : precision === 'month' ? day.slice(0, 7) : day;
  return time === null ? date : `${date}T${clock}`;
}

/** Excel counts a 29 February 1900 that never was. */
function dayOf(whole: number): string {
  if (whole === 60) return '1900-02-29';
  return new Date(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * dayMs).toISOString().slice(0, 10);
}
