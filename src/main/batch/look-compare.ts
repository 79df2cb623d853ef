/** What is on disk, held against what is on record. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Found, FoundFile, WalkSummary } from '../documents/walk.ts';
import type { ItemOnRecord } from './item-record.ts';

/** Files that are hashed or looked up at once. */
const AT_ONCE = 8;

/** Files that were left alone by the look before, each as it was. */
export type Unsettled = ReadonlyMap<string, string>;

/** What may still be written is left alone. */
export interface Settling {
  /** What was changed since may still be written, unless it is as the look before saw it. */
  readonly settledBefore: number;
  readonly unsettled: Unsettled;
}

/** A row, and the file at its path that is not as it was. */
export interface Changed {
  readonly record: ItemOnRecord;
  readonly file: FoundFile;
}

interface Compared {
  /** On record, changed or not. */
  readonly met: readonly FoundFile[];
  /** Not on record. */
  readonly fresh: readonly Found[];
  readonly changed: readonly Changed[];
  /** Are there again. */
  readonly back: readonly ItemOnRecord[];
  /** On record, and not met. */
  readonly unseen: readonly ItemOnRecord[];
  /** Those that were not there before either. */
  readonly stillGone: readonly ItemOnRecord[];
  readonly unsettled: Unsettled;
  /** Names that the walk passed over. */
  readonly skipped: number;
}

export async function compareFiles(
  records: readonly ItemOnRecord[],
  files: AsyncGenerator<Found, WalkSummary>,
  settling: Settling | undefined,
): Promise<Compared> {
  const byPath = new Map<string, ItemOnRecord[]>();
  for (const record of records) {
    const beside = byPath.get(record.path);
    if (beside === undefined) byPath.set(record.path, [record]);
    else beside.push(record);
  }
  const met: FoundFile[] = [];
  const fresh: Found[] = [];
  const changed: Changed[] = [];
  const back: ItemOnRecord[] = [];
  const unsettled = new Map<string, string>();
  let next = await files.next();
  for (; next.done !== true; next = await files.next()) {
    const file = next.value;
    const known = byPath.get(file.path);
    byPath.delete(file.path);
    if (known !== undefined)
      back.push(...known.filter(({ goneAt, status }) => goneAt !== null && status !== 'removed'));
    if (known === undefined) {
      if (mayBeWritten(file, settling)) unsettled.set(file.path, stateOf(file));
      else fresh.push(file);
      continue;
    }
    if (file.problem !== undefined) continue;
    met.push(file);
    const others = known.filter((record) => isAnother(record, file));
    if (others.length === 0) continue;
    if (mayBeWritten(file, settling)) unsettled.set(file.path, stateOf(file));
    else changed.push(...others.map((record) => ({ record, file })));
  }
  const rest = [...byPath.values()].flat().filter(({ status }) => status !== 'removed');
  return {
    met,
    fresh,
    changed,
    back,
    unseen: rest.filter(({ goneAt }) => goneAt === null),
    stillGone: rest.filter(({ goneAt }) => goneAt !== null),
    unsettled,
    skipped: next.value.skipped + next.value.repeated,
  };
}

/** Only what was read can have changed since; what waits is read as it is then, and what a person took out stays out. */
function isAnother({ status, bytes, modifiedAt }: ItemOnRecord, file: FoundFile): boolean {
  if (status !== 'done' && status !== 'failed') return false;
  return bytes !== file.bytes || modifiedAt !== file.modifiedAt;
}

/** A clock that runs ahead, as on a share, would leave it unsettled for ever: one that stays as it was has settled. */
function mayBeWritten(file: Found, settling: Settling | undefined): file is FoundFile {
  if (file.problem !== undefined || settling === undefined) return false;
  if (Math.max(file.modifiedAt, file.changedAt) < settling.settledBefore) return false;
  return settling.unsettled.get(file.path) !== stateOf(file);
}

function stateOf({ bytes, modifiedAt, changedAt }: FoundFile): string {
  return `${bytes} ${modifiedAt} ${changedAt}`;
}

/** A file that was saved without a change has only another date: nothing about it is asked again. */
export async function weigh(
  changed: readonly Changed[],
): Promise<{ readonly edited: readonly Changed[]; readonly touched: readonly Changed[] }> {
  const touched = await those(changed, async ({ record, file }) => {
    // What is known of one that lies in another is not the hash of that.
    if (record.status !== 'done' || record.inside.length > 0) return false;
    if (record.bytes !== file.bytes || record.sha256 === null) return false;
    return (await sha256Of(file.path)) === record.sha256;
  });
  const same = new Set(touched);
  return { edited: changed.filter((one) => !same.has(one)), touched };
}

/** The path leads nowhere; what only cannot be looked at may be there. */
export async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR',
  );
}

/** Null when it cannot be read. */
export async function sha256Of(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  return pipeline(createReadStream(path), hash).then(
    () => hash.digest('hex'),
    () => null,
  );
}

/** Those that pass a test, a few at a time. */
export async function those<T>(list: readonly T[], test: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const passed: T[] = [];
  for (let from = 0; from < list.length; from += AT_ONCE) {
    const some = list.slice(from, from + AT_ONCE);
    const results = await Promise.all(some.map(test));
    passed.push(...some.filter((_, index) => results[index]));
  }
  return passed;
}
