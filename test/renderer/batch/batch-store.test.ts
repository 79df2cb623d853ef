import { describe, expect, it } from 'vitest';
import { createBatchStore } from '../../../src/renderer/src/batch/batch-store.ts';
import type { Batch, LookedAgain } from '../../../src/shared/batch-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import {
  batchId,
  makeBatch,
  makeDetail,
  makeProgress,
  makeRow,
  makeRows,
  otherBatchId,
  tableAnswers,
} from './samples.ts';
import { createScriptedBridge, deferred, settle } from './scripted-bridge.ts';

async function connected(batches: readonly Batch[], uptime = () => 0) {
  const [shown] = batches;
  const frames: (() => void)[] = [];
  const bridge = createScriptedBridge({
    'batch.list': () => batches,
    ...tableAnswers(shown?.counts.total ?? 0),
  });
  const batch = createBatchStore(bridge, { schedule: (run) => frames.push(run), uptime });
  const disconnect = batch.connect();
  await settle();
  await settle();
  const paint = () => {
    for (const run of frames.splice(0)) run();
  };
  const rowCount = () => batch.table.store.getState().order?.length ?? 0;
  const rowOf = (position: number) => batch.table.row(makeRow(position).id);
  return { bridge, batch, state: batch.store.getState, disconnect, frames, paint, rowCount, rowOf };
}

describe('batch store', () => {
  it('opens the newest batch', async () => {
    const newest = makeBatch({ counts: { total: 300 } });
    const { state, rowCount, rowOf } = await connected([newest, makeBatch({ id: otherBatchId })]);
    expect(state().selectedId).toBe(batchId);
    expect(rowCount()).toBe(300);
    expect(rowOf(99)?.position).toBe(99);
  });

  it('is empty, not loading, when there is no batch', async () => {
    const { state } = await connected([]);
    expect(state().batches).toEqual([]);
    expect(state().selectedId).toBeNull();
  });

  it('applies all progress since the last frame in one go', async () => {
    const { bridge, batch, state, frames, paint, rowOf } = await connected([makeBatch({ counts: { total: 100 } })]);
    let changes = 0;
    batch.store.subscribe(() => {
      changes += 1;
    });
    for (let done = 1; done <= 50; done += 1) {
      const row = makeRow(done - 1, { status: 'done' });
      bridge.emit('batch.progress', makeProgress(makeBatch({ counts: { total: 100, done } }), [row]));
    }
    expect(frames).toHaveLength(1);
    expect(changes).toBe(0);
    paint();
    expect(state().batches?.[0]?.counts.done).toBe(50);
    expect(state().pace.get(batchId)).toEqual({
      filesPerSecond: 10,
      remainingMs: 5_000,
      recognising: [],
      waiting: null,
    });
    expect(rowOf(0)?.status).toBe('done');
    expect(rowOf(49)?.status).toBe('done');
  });

  it('knows what a batch waits for that stands still, and until when', async () => {
    const { bridge, state, paint } = await connected([makeBatch()], () => 70_000);
    const limited = problem('rate_limited', { host: 'api.example.com' });
    const progress = makeProgress(makeBatch());
    bridge.emit('batch.progress', { ...progress, waiting: { problem: limited, remainingMs: 12_000, since: null } });
    paint();
    expect(state().pace.get(batchId)?.waiting).toEqual({ problem: limited, until: 82_000, since: null });
    bridge.emit('batch.progress', progress);
    paint();
    expect(state().pace.get(batchId)?.waiting).toBeNull();
  });

  it('reads the files again at the end of a batch, which changes those that were left all at once', async () => {
    const { bridge, paint, rowOf } = await connected([makeBatch({ counts: { total: 10, running: 5 } })]);
    Object.assign(bridge.answers, tableAnswers(10, { status: 'cancelled' }));
    // In work when the batch was cancelled, they were put back first.
    const putBack = makeRows(0, 5, { status: 'queued' });
    bridge.emit(
      'batch.progress',
      makeProgress(makeBatch({ status: 'cancelled', counts: { total: 10, cancelled: 10 } }), putBack),
    );
    paint();
    await settle();
    expect(rowOf(0)?.status).toBe('cancelled');
  });

  it('counts a batch that is not shown without touching the table', async () => {
    const second = makeBatch({ id: otherBatchId, counts: { total: 5 } });
    const { bridge, state, paint, rowOf } = await connected([makeBatch({ counts: { total: 5 } }), second]);
    const row = makeRow(0, { batchId: otherBatchId, status: 'failed' });
    bridge.emit('batch.progress', makeProgress({ ...second, counts: { ...second.counts, failed: 1 } }, [row]));
    paint();
    expect(state().batches?.[1]?.counts.failed).toBe(1);
    expect(rowOf(0)?.status).toBe('queued');
  });

  it('does not let an older list undo what an event told', async () => {
    const { bridge, batch, state, paint } = await connected([makeBatch()]);
    const old = deferred<readonly Batch[]>();
    bridge.answers['batch.list'] = () => old.promise;
    void batch.load();
    bridge.emit('batch.progress', makeProgress(makeBatch({ status: 'finished' })));
    paint();
    old.resolve([makeBatch({ status: 'running' })]);
    await settle();
    expect(state().batches?.[0]?.status).toBe('finished');
  });

  it('shows a batch that was made while another one runs', async () => {
    const { bridge, batch, state } = await connected([makeBatch()]);
    bridge.answers['batch.createSample'] = () => makeBatch({ id: otherBatchId, name: 'Sample', status: 'collecting' });
    await batch.createSample();
    expect(state().selectedId).toBe(otherBatchId);
    expect(state().batches?.map(({ id }) => id)).toEqual([otherBatchId, batchId]);
  });

  it('shows a batch that was dropped elsewhere in the window', async () => {
    const { bridge, batch, state, rowCount } = await connected([makeBatch()]);
    bridge.answers['batch.list'] = () => [makeBatch({ id: otherBatchId, counts: { total: 4 } }), makeBatch()];
    Object.assign(bridge.answers, tableAnswers(4));
    batch.select(otherBatchId);
    await settle();
    expect(state().selectedId).toBe(otherBatchId);
    expect(rowCount()).toBe(4);
  });

  it('stays as it was when the picker is closed without a choice', async () => {
    const { bridge, batch, state } = await connected([makeBatch()]);
    bridge.answers['batch.pick'] = () => null;
    expect(await batch.pick('folder')).toBeNull();
    expect(state()).toMatchObject({ selectedId: batchId, doing: null, notice: null });
  });

  it('says why an action failed, and about which batch', async () => {
    const { bridge, batch, state } = await connected([makeBatch({ status: 'ready' })]);
    bridge.answers['batch.start'] = () => problem('not_configured', { missing: 'model' });
    await batch.start(batchId);
    expect(state().notice).toMatchObject({ kind: 'problem', batchId, problem: { code: 'not_configured' } });
    expect(state().batches?.[0]?.status).toBe('ready');
  });

  it('reads the rows again after failed files were queued anew', async () => {
    const { bridge, batch, rowCount } = await connected([makeBatch({ counts: { total: 3, failed: 3 } })]);
    batch.filter('failed');
    await settle();
    bridge.answers['batch.retryFailed'] = () => makeBatch({ counts: { total: 3, queued: 3 } });
    Object.assign(bridge.answers, tableAnswers(0));
    await batch.retryFailed(batchId);
    await settle();
    expect(rowCount()).toBe(0);
  });

  it('shows the neighbour of a removed batch', async () => {
    const { bridge, batch, state, rowCount } = await connected([makeBatch(), makeBatch({ id: otherBatchId })]);
    bridge.answers['batch.remove'] = () => null;
    await batch.remove(batchId);
    expect(state().selectedId).toBe(otherBatchId);
    await batch.remove(otherBatchId);
    expect(state().selectedId).toBeNull();
    expect(rowCount()).toBe(0);
  });

  it('follows an open file and ignores the answer for one that was closed', async () => {
    const { bridge, batch, state, paint } = await connected([makeBatch({ counts: { total: 3 } })]);
    const detail = deferred<ReturnType<typeof makeDetail>>();
    bridge.answers['batch.item'] = () => detail.promise;
    void batch.openItem(1);
    expect(state().detail).toEqual({ status: 'loading', itemId: 1 });
    batch.closeItem();
    detail.resolve(makeDetail(makeRow(0)));
    await settle();
    expect(state().detail.status).toBe('closed');

    bridge.answers['batch.item'] = () => makeDetail(makeRow(0, { status: 'running' }));
    await batch.openItem(1);
    bridge.answers['batch.item'] = () => makeDetail(makeRow(0, { status: 'done' }));
    bridge.emit('batch.progress', makeProgress(makeBatch({ counts: { total: 3 } }), [makeRow(0, { status: 'done' })]));
    paint();
    await settle();
    expect(state().detail).toMatchObject({ status: 'ready', item: { row: { status: 'done' } } });
  });

  it('tells of an open file what became of it at the end of its batch, and while the view was hidden', async () => {
    const counts = { total: 3, queued: 3 };
    const { bridge, batch, state, paint, disconnect } = await connected([makeBatch({ counts })]);
    bridge.answers['batch.item'] = () => makeDetail(makeRow(2, { status: 'queued' }));
    await batch.openItem(3);
    bridge.answers['batch.item'] = () => makeDetail(makeRow(2, { status: 'cancelled' }));
    bridge.emit('batch.progress', makeProgress(makeBatch({ status: 'cancelled', counts: { total: 3, cancelled: 3 } })));
    paint();
    await settle();
    expect(state().detail).toMatchObject({ status: 'ready', item: { row: { status: 'cancelled' } } });

    disconnect();
    bridge.answers['batch.item'] = () => makeDetail(makeRow(2, { status: 'done' }));
    batch.connect();
    await settle();
    expect(state().detail).toMatchObject({ status: 'ready', item: { row: { status: 'done' } } });
  });

  it('shows the row of a file that another surface leads to, whatever was filtered', async () => {
    const { bridge, batch, state } = await connected([makeBatch({ counts: { total: 9_000 } })]);
    batch.filter('failed');
    bridge.answers['batch.item'] = () => makeDetail(makeRow(4_321, { status: 'done' }));
    await batch.showItem(4_322);
    expect(state().detail).toMatchObject({ status: 'ready', itemId: 4_322 });
    await settle();
    expect(batch.table.store.getState()).toMatchObject({
      view: { only: 'all' },
      order: { length: 9_000 },
      cursor: { index: 4_321 },
    });
  });

  it('puts the concurrency back when it was refused', async () => {
    const { bridge, batch, state } = await connected([makeBatch()]);
    bridge.answers['batch.setConcurrency'] = ({ concurrency }) => concurrency;
    await batch.setConcurrency(12);
    expect(state().concurrency).toBe(12);
    bridge.answers['batch.setConcurrency'] = () =>
      problem('invalid_input', { what: 'schema', said: 'Between 1 and 64.' });
    await batch.setConcurrency(900);
    expect(state().concurrency).toBe(12);
    expect(state().notice?.kind).toBe('problem');
  });

  it('tells where an export was saved', async () => {
    const { bridge, batch, state } = await connected([makeBatch()]);
    bridge.answers['batch.export'] = ({ format }) => `/exports/contracts.${format}`;
    await batch.exportAs(batchId, 'csv', 'all');
    expect(state().notice).toEqual({ kind: 'saved', batchId, path: '/exports/contracts.csv' });
  });

  it('exports what is shown when that is asked for', async () => {
    const { bridge, batch } = await connected([makeBatch()]);
    bridge.answers['batch.export'] = () => '/exports/contracts failed.csv';
    await batch.exportAs(batchId, 'csv', 'failed');
    expect(bridge.inputs('batch.export')).toEqual([{ batchId, format: 'csv', only: 'failed' }]);
  });

  it('follows an export, and can stop it', async () => {
    const { bridge, batch, state } = await connected([makeBatch()]);
    let end: (path: string | null) => void = () => {};
    bridge.answers['batch.export'] = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    bridge.answers['batch.stopExport'] = () => null;

    const exported = batch.exportAs(batchId, 'csv', 'all');
    bridge.emit('batch.exporting', { batchId, written: 200, total: 9_000 });
    expect(state().exporting).toEqual({ batchId, written: 200, total: 9_000 });
    await batch.stopExport(batchId);
    expect(bridge.inputs('batch.stopExport')).toEqual([{ batchId }]);
    end(null);
    await exported;

    expect(state()).toMatchObject({ exporting: null, notice: null, doing: null });
  });

  it('follows a look at a folder that takes a while, and can end it', async () => {
    let now = 1_000;
    const { bridge, batch, state } = await connected([makeBatch()], () => now);
    const end = deferred<LookedAgain>();
    bridge.answers['batch.lookAgain'] = () => end.promise;
    bridge.answers['batch.stopLooking'] = () => null;

    const looked = batch.lookAgain(batchId);
    bridge.emit('batch.looking', { batchId, names: 0 });
    expect(state().looking, 'one that is over soon is not told of').toBeNull();
    now += 400;
    bridge.emit('batch.looking', { batchId, names: 12_000 });
    expect(state().looking).toEqual({ batchId, names: 12_000 });
    await batch.stopLooking(batchId);
    end.resolve({ batch: makeBatch(), added: 3, edited: 0, renamed: 0, gone: 0, stopped: true });
    expect(await looked).toMatchObject({ added: 3, stopped: true });
    bridge.emit('batch.looking', { batchId, names: 12_100 });
    expect(state().looking).toBeNull();
  });

  it('follows an export while another batch is started', async () => {
    const { bridge, batch, state } = await connected([makeBatch(), makeBatch({ id: otherBatchId, status: 'ready' })]);
    const end = deferred<string | null>();
    bridge.answers['batch.export'] = () => end.promise;
    bridge.answers['batch.start'] = () => makeBatch({ id: otherBatchId });

    const exported = batch.exportAs(batchId, 'csv', 'all');
    await batch.start(otherBatchId);
    bridge.emit('batch.exporting', { batchId, written: 400, total: 9_000 });

    expect(state()).toMatchObject({ doing: 'export', exporting: { batchId, written: 400 } });
    end.resolve('/exports/contracts.csv');
    await exported;
    expect(state()).toMatchObject({ doing: null, exporting: null, notice: { kind: 'saved' } });
  });

  it('hears nothing after it was disconnected', async () => {
    const { bridge, state, disconnect, frames } = await connected([makeBatch({ counts: { done: 0 } })]);
    disconnect();
    bridge.emit('batch.progress', makeProgress(makeBatch({ counts: { done: 9 } })));
    expect(frames).toHaveLength(0);
    expect(state().batches?.[0]?.counts.done).toBe(0);
  });
});
