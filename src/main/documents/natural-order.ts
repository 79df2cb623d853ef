import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Sorts names in natural order: `file 2` before `file 10`, ignoring case and accents, the same on every machine. Large
 * folders (100,000 names) are sorted in slices of a few milliseconds, yielding to the event loop in between. If the
 * signal aborts, the result is empty.
 */
export async function sortNaturally(names: readonly string[], signal?: AbortSignal): Promise<string[]> {
  let runs: Keyed[][] = [];
  for (let start = 0; start < names.length; start += sliceLength) {
    runs.push(
      names
        .slice(start, start + sliceLength)
        .map(withKey)
        .sort(compare),
    );
    await yieldIfLong(names.length);
    if (signal?.aborted) return [];
  }
  while (runs.length > 1) {
    const merged: Keyed[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? []));
      if (signal?.aborted) return [];
    }
    runs = merged;
  }
  return (runs[0] ?? []).map(({ name }) => name);
}

const sliceLength = 1_000;

interface Keyed {
  readonly name: string;
  readonly key: string;
}

function withKey(name: string): Keyed {
  const folded = name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return { name, key: folded.replace(/\d+/g, (digits) => digits.padStart(16, '0')) };
}

function compare(first: Keyed, second: Keyed): number {
  return compareText(first.key, second.key) || compareText(first.name, second.name);
}

function compareText(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

async function merge(left: readonly Keyed[], right: readonly Keyed[]): Promise<Keyed[]> {
  const merged: Keyed[] = [];
  let l = 0;
  let r = 0;
  for (;;) {
    const first = left[l];
    const second = right[r];
    if (first === undefined && second === undefined) return merged;
    const takeFirst = second === undefined || (first !== undefined && compare(first, second) <= 0);
    if (takeFirst) l += 1;
    else r += 1;
    const next = takeFirst ? first : second;
    if (next !== undefined) merged.push(next);
    if (merged.length % sliceLength === 0) await nextTurn();
  }
}

async function yieldIfLong(length: number): Promise<void> {
  if (length > sliceLength) await nextTurn();
}
