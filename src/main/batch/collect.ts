import { basename } from 'node:path';
import { openedWalk } from '../documents/containers/opened-walk.ts';
import type { Extractor } from '../documents/extractor.ts';
import { type WalkOptions, walk } from '../documents/walk.ts';
import type { Writes } from '../store/operations.ts';
import type { NewItem } from './item-record.ts';
import { createReadArea } from './read-area.ts';

const CHUNK = 500;

/** What a folder or a set of files is called in the list. */
export function batchName(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined) return 'Nothing';
  return paths.length === 1 ? basename(first) : `${basename(first)} and ${paths.length - 1} more`;
}

export interface CollectOptions extends Pick<WalkOptions, 'signal' | 'leaveOut' | 'onSeen'> {
  /** Lists what a file holds, which must lie in what was dropped. */
  readonly list: Extractor['list'];
}

/**
 * Walks what was dropped and queues every file in the store, a chunk a transaction, so that a folder of any size
 * takes little memory. Resolves with the number of names that were passed over: hidden, system or left out, or met
 * again.
 */
export async function collectFiles(
  write: Pick<Writes, 'addItems'>,
  batchId: string,
  paths: readonly string[],
  options: CollectOptions,
  onAdded: (counts: { readonly queued: number; readonly failed: number }) => void,
): Promise<number> {
  let chunk: NewItem[] = [];
  const flush = async () => {
    if (chunk.length === 0) return;
    const items = chunk;
    chunk = [];
    await write.addItems(batchId, items);
    const failed = items.filter((item) => item.problem !== null).length;
    onAdded({ queued: items.length - failed, failed });
  };
  const { signal } = options;
  const readArea = createReadArea(paths);
  const files = openedWalk(walk(paths, options), {
    signal,
    list: (path, inside) => options.list(path, { signal, inside, roots: readArea(path) }),
  });
  for (;;) {
    const next = await files.next();
    if (next.done === true) {
      await flush();
      return next.value.skipped + next.value.repeated;
    }
    chunk.push(next.value);
    if (chunk.length >= CHUNK) await flush();
  }
}
