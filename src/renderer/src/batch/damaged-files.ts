/** Which files of the batch that is shown can be read without their damaged pages. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../../shared/contract.ts';
import type { BatchStore } from './batch-store.ts';
import { isBusy } from './batch-words.ts';

export interface DamagedFiles {
  readonly ids: ReadonlySet<number>;
}

const none: DamagedFiles = { ids: new Set() };

/** Asks whenever other files of the batch may have failed; there are none while it runs, as nothing can be chosen then. */
export function followDamagedFiles(
  bridge: Pick<Bridge, 'request'>,
  { store }: Pick<BatchStore, 'store'>,
): StoreApi<DamagedFiles> {
  const damaged = createStore<DamagedFiles>(() => none);
  let askedFor = '';
  const follow = async () => {
    const { batches, selectedId } = store.getState();
    const batch = batches?.find(({ id }) => id === selectedId);
    const canChoose = batch !== undefined && !isBusy(batch.status) && batch.status !== 'ready';
    const asks = canChoose && batch.counts.failed > 0;
    const key = asks ? `${batch.id} ${batch.status} ${batch.finishedAt} ${batch.counts.failed}` : '';
    if (key === askedFor) return;
    askedFor = key;
    damaged.setState(none);
    if (!asks) return;
    const answer = await bridge.request('batch.damagedInPart', { batchId: batch.id });
    if (key === askedFor && answer.ok) damaged.setState({ ids: new Set(answer.value) });
  };
  store.subscribe(() => void follow());
  return damaged;
}

/** Those of the files that can be read so. */
export function damagedAmong({ ids }: DamagedFiles, itemIds: readonly number[]): readonly number[] {
  return ids.size === 0 ? [] : itemIds.filter((id) => ids.has(id));
}
