import { basename } from 'node:path';
import { type WalkOptions, walk } from '../documents/walk.ts';
import type { Writes } from '../store/operations.ts';
import type { NewItem } from './item-record.ts';

const CHUNK = 500;

/** What a folder or a set of files is called in the list. */
export function batchName(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined) return 'Nothing';
  return paths.length === 1 ? basename(first) : `${basename(first)} and ${paths.length - 1} more`;
}

export interface CollectOptions extends Pick<WalkOptions, 'signal' | 'leaveOut' | 'onSeen'> {
  /** Paths that the batch has already. */
  readonly known?: ReadonlySet<string>;
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
  const files = walk(paths, options);
  for (;;) {
    const next = await files.next();
    if (next.done === true) {
      await flush();
      return next.value.skipped + next.value.repeated;
    }
    const { path, name, bytes, modifiedAt, problem } = next.value;
    if (options.known?.has(path) === true) continue;
    chunk.push({ path, name, bytes: bytes ?? null, modifiedAt: modifiedAt ?? null, problem: problem ?? null });
    if (chunk.length >= CHUNK) await flush();
  }
}
