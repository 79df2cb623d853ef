/** A batch over a real folder that is watched, and what comes of it, for tests. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Batch } from '../../src/shared/batch-data.ts';
import type { LoggedEntry, WatchLimits } from '../../src/shared/watch-data.ts';
import { batchNow, type DocketOptions, must, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

export const unlimited: WatchLimits = { filesPerDay: null, tokensPerDay: null };

interface WatchedOptions extends Partial<DocketOptions> {
  readonly limits?: WatchLimits;
  readonly files?: Readonly<Record<string, string>>;
  /** Files beside the folder, made before it is watched. */
  readonly beside?: readonly string[];
}

/** A batch over a folder that is finished, and watched from now on. */
export async function watched({
  limits = unlimited,
  files = { 'a.txt': 'One.' },
  beside = [],
  ...options
}: WatchedOptions = {}) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url, ...options });
  const folder = await folderOf(files);
  const { id } = await runBatch(docket, [folder]);
  model.reset();
  for (const name of beside) await writeFile(join(dirname(folder), name), '');
  must(await docket.batches.watch(id, limits));
  return { model, docket, folder, id };
}

/** Looks whenever a window is told of something. */
export async function until<T>(docket: TestDocket, read: () => Promise<T>, accept: (value: T) => boolean): Promise<T> {
  for (;;) {
    const known = docket.events.length;
    const value = await read();
    if (accept(value)) return value;
    const isLater = () => docket.events.length > known;
    await Promise.race([docket.waitFor('batch.changed', isLater), docket.waitFor('batch.progress', isLater)]);
  }
}

export const batchUntil = (docket: TestDocket, id: string, accept: (batch: Batch) => boolean) =>
  until(docket, () => batchNow(docket, id), accept);

/** Oldest first, once it has such an entry. */
export const logUntil = (docket: TestDocket, id: string, accept: (entry: LoggedEntry) => boolean) =>
  until(
    docket,
    async () => [...(await docket.batches.watchLog(id))].reverse(),
    (log) => log.some(accept),
  );

export const asked = ({ what }: LoggedEntry) => what === 'asked';
export const saw = (sight: 'added' | 'edited' | 'renamed' | 'gone' | 'back') => (entry: LoggedEntry) =>
  entry.what === 'saw' && entry.counts[sight] !== undefined;
export const done = (files: number) => (batch: Batch) => batch.status === 'finished' && batch.counts.done === files;
export const namesOf = async (docket: TestDocket, id: string) => (await rowsOf(docket, id)).map(({ name }) => name);
