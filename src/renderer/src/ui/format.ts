/** Formats numbers, sizes, durations and times for display. Words are English; digits and dates follow the system. */

const whole = new Intl.NumberFormat();
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const exactTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const longDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export function formatNumber(value: number): string {
  return whole.format(value);
}

/** "1 file", "1,204 files". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as in file managers: "48 KB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const number = unit === 0 || value >= 10 ? whole.format(Math.round(value)) : oneDigit.format(value);
  return `${number} ${byteUnits[unit]}`;
}

/** "340 ms", "1.2 s", "3 min 20 s", "1 h 5 min". */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${whole.format(Math.round(ms))} ms`;
  if (ms < 59_950) return `${oneDigit.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joinParts(minutes, 'min', seconds % 60, 's');
  return joinParts(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joinParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** The built-in engine has no tokens and some servers report none; neither is shown as zero. */
export function formatTokens(tokens: number | null, llm: boolean): string {
  if (!llm) return 'n/a';
  return tokens === null ? 'unknown' : whole.format(tokens);
}

/** "now", "5 min", "3 h", "yesterday", "14 Nov", "14 Nov 2025". */
export function formatRelative(time: number, now: number): string {
  const seconds = Math.round((now - time) / 1000);
  if (seconds < 45) return 'now';
  if (seconds < 3570) return `${Math.max(1, Math.round(seconds / 60))} min`;
  const days = startOfDay(now) - startOfDay(time);
  if (days <= 0 || seconds < 6 * 3600) return `${Math.round(seconds / 3600)} h`;
  if (days === 1) return 'yesterday';
  if (days < 7) return `${days} days`;
  return formatDay(time, now);
}

/** What fits into a list: hours and minutes of today, else the day, as "14 Nov" or "14 Nov 2025". */
export function formatListTime(time: number, now: number = Date.now()): string {
  return startOfDay(now) === startOfDay(time) ? formatClockTime(time, now) : formatDay(time, now);
}

function formatDay(time: number, now: number): string {
  return new Date(time).getFullYear() === new Date(now).getFullYear() ? shortDate.format(time) : longDate.format(time);
}

/** Hours and minutes, with the day unless it is today. */
export function formatClockTime(time: number, now: number = Date.now()): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return new Date(time).toLocaleString(undefined, {
    ...(isToday ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}

export function formatExactTime(time: number): string {
  return exactTime.format(time);
}

/** The start of the local day, for counting days across changes of the clock. */
function startOfDay(time: number): number {
  const date = new Date(time);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
