import { describe, expect, it } from 'vitest';
import { createBatchStore } from '../../../src/renderer/src/batch/batch-store.ts';
import { damagedAmong, followDamagedFiles } from '../../../src/renderer/src/batch/damaged-files.ts';
import { makeBatch, otherBatchId } from './samples.ts';
import { createScriptedBridge, settle } from './scripted-bridge.ts';

describe('files that can be read without their damaged pages', () => {
  it('are those of the batch that is shown, once it does not run', async () => {
    const finished = makeBatch({ status: 'finished', counts: { total: 9, done: 6, failed: 3 } });
    const other = makeBatch({ id: otherBatchId, status: 'finished', counts: { total: 2, done: 2 } });
    const bridge = createScriptedBridge({
      'batch.list': () => [finished, other],
      'batch.damagedInPart': () => [4, 7],
    });
    const batches = createBatchStore(bridge, { schedule: () => {} });
    const damaged = followDamagedFiles(bridge, batches);
    await batches.load();
    await settle();
    expect(damagedAmong(damaged.getState(), [1, 4, 5, 7])).toEqual([4, 7]);

    batches.store.setState({ batches: [{ ...finished, status: 'running' }, other] });
    expect(damagedAmong(damaged.getState(), [4, 7])).toEqual([]);

    bridge.answers['batch.damagedInPart'] = () => [7];
    batches.store.setState({ batches: [{ ...finished, finishedAt: 9_000 }, other] });
    await settle();
    expect(damagedAmong(damaged.getState(), [4, 7])).toEqual([7]);

    batches.select(otherBatchId);
    await settle();
    expect(damagedAmong(damaged.getState(), [4, 7])).toEqual([]);
    expect(bridge.inputs('batch.damagedInPart')).toHaveLength(2);
  });
});
