import type { WatchEntry } from '../../../shared/watch-data.ts';
import { isBlind } from '../../../shared/watch-words.ts';

/**
 * Tells of an entry of a watch whether whoever looks elsewhere should know of it: it stops the watch. A server that comes
 * and goes, or a drive, is told of once, until the watch has got on.
 */
export function createWatchNews(): (batchId: string, entry: WatchEntry) => boolean {
  const told = new Set<string>();
  const tellOnce = (key: string) => {
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
  return (batchId, entry) => {
    switch (entry.what) {
      case 'held':
        return tellOnce(`${batchId} held ${entry.problem.code}`);
      case 'trouble':
        return entry.problem !== null && isBlind(entry.problem) && tellOnce(`${batchId} blind`);
      case 'asked':
        if (entry.files > entry.failed) for (const key of told) if (key.startsWith(`${batchId} held`)) told.delete(key);
        return false;
      case 'saw':
        told.delete(`${batchId} blind`);
        return false;
      case 'on':
      case 'off':
        return false;
    }
  };
}
