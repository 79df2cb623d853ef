import type { SeenFile, WatchEntry, WatchSight } from '../../../shared/watch-data.ts';

/** So many files are named; of the others only their number is kept. */
const MOST_NAMES = 20;

/** What a watch saw, for its log. */
export function sawEntry(seen: readonly SeenFile[]): WatchEntry {
  const counts: Partial<Record<WatchSight, number>> = {};
  for (const { sight } of seen) counts[sight] = (counts[sight] ?? 0) + 1;
  return { what: 'saw', counts, names: seen.slice(0, MOST_NAMES) };
}
