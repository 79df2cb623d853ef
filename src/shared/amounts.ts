/** Amounts in the app's sentences, which are English on every system. */

/** `12,500`. */
export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 page`, `1,204 pages`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

/** Bytes in powers of 1000: `2.1 GB`, `50 MB`, `512 bytes`. */
export function sizeOf(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${Number(value.toFixed(value < 100 ? 1 : 0))} ${units[power]}`;
}

/** Two sizes that stay distinct even if they round to the same value. */
export function distinctSizes(first: number, second: number): readonly [string, string] {
  const short = [sizeOf(first), sizeOf(second)] as const;
  return short[0] === short[1] ? [countOf(first, 'byte'), countOf(second, 'byte')] : short;
}

/** A wait, rounded up: `90 s`, `5 min`, `3 h`. */
export function waitOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 120) return `${seconds} s`;
  return seconds <= 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}

const SHOWN = 10;

/** "3, 4, 9"; at most the first ten. */
export function firstOf(values: readonly (number | string)[]): string {
  return values.slice(0, SHOWN).join(', ') + (values.length > SHOWN ? ', …' : '');
}
