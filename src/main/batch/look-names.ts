import type { Found } from '../documents/walk.ts';
import type { ItemOnRecord, RenamedFile } from './item-record.ts';
import { sha256Of } from './look-compare.ts';

interface Named {
  readonly renamed: readonly RenamedFile[];
  /** Those that are no other under a new name. */
  readonly fresh: readonly Found[];
}

/**
 * Finds the files that only have another name now: those on record that are gone, with the same date and content. What
 * was read of the files in a container is found again when they are read, so a container is no such file.
 */
export async function matchNames(
  fresh: readonly Found[],
  gone: readonly ItemOnRecord[],
  records: readonly ItemOnRecord[],
): Promise<Named> {
  const containers = new Set(records.filter(({ inside }) => inside.length > 0).map(({ path }) => path));
  const left = new Map<string, ItemOnRecord[]>();
  for (const record of gone) {
    if (containers.has(record.path)) continue;
    const key = `${record.bytes} ${record.modifiedAt}`;
    left.set(key, [...(left.get(key) ?? []), record]);
  }
  const renamed: RenamedFile[] = [];
  const others: Found[] = [];
  for (const file of fresh) {
    const alike = left.get(`${file.bytes} ${file.modifiedAt}`) ?? [];
    const sha256 = file.problem === undefined && alike.length > 0 ? await sha256Of(file.path) : null;
    const record = sha256 === null ? undefined : alike.find((one) => one.sha256 === sha256);
    if (record === undefined || file.problem !== undefined) {
      others.push(file);
      continue;
    }
    alike.splice(alike.indexOf(record), 1);
    const { path, name, modifiedAt } = file;
    renamed.push({ itemId: record.itemId, path, name, modifiedAt });
  }
  return { renamed, fresh: others };
}
