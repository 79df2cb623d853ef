import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createItemTable } from '../../../src/renderer/src/batch/item-table.ts';
import type { ItemRow } from '../../../src/shared/batch-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import { batchId, makeCell, makeRow, tableAnswers } from './samples.ts';
import { createScriptedBridge, deferred, settle } from './scripted-bridge.ts';

const total = 10_000;
/** A list that is dragged by is read this often. */
const FLYING_MS = 100;
const sort = { column: 'file', descending: true } as const;

async function openTable(count = total) {
  const bridge = createScriptedBridge(tableAnswers(count));
  const table = createItemTable(bridge);
  table.open(batchId);
  await settle();
  await settle();
  const asked = () => bridge.inputs('batch.rows').flatMap(({ itemIds }) => itemIds);
  const rowAt = (index: number) => table.row(table.store.getState().order?.at(index) ?? -1);
  return { bridge, table, state: table.store.getState, asked, rowAt };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('item table', () => {
  it('reads the rows that come into view, and no others', async () => {
    const { table, asked, rowAt } = await openTable();
    const before = new Set(asked());
    table.show(4_980, 5_020);
    await settle();
    const since = asked().filter((id) => !before.has(id));
    expect(Math.min(...since)).toBeGreaterThan(4_900);
    expect(Math.max(...since)).toBeLessThan(5_100);
    expect(rowAt(5_010)?.name).toBe('file-5010.txt');
  });

  it('asks for what a long drag of the scroll bar ends on, not for all that it passed', async () => {
    const { bridge, table, asked, rowAt } = await openTable();
    const first = deferred<readonly ItemRow[]>();
    const answer = bridge.answers['batch.rows'];
    bridge.answers['batch.rows'] = () => first.promise;
    const before = asked().length;
    for (let row = 0; row < 9_000; row += 50) table.show(row, row + 40);
    if (answer) bridge.answers['batch.rows'] = answer;
    first.resolve([]);
    await settle();
    vi.advanceTimersByTime(FLYING_MS);
    await settle();
    expect(asked().length - before).toBeLessThan(500);
    expect(rowAt(8_980)).toBeDefined();
  });

  it('reads now and then while the list flies by, and at once when it goes on steadily', async () => {
    const { table, asked, rowAt } = await openTable();
    table.show(2_000, 2_040);
    await settle();
    expect(rowAt(2_020)).toBeDefined();
    const before = asked().length;
    table.show(3_000, 3_040);
    table.show(4_000, 4_040);
    await settle();
    expect(asked()).toHaveLength(before);
    table.show(4_010, 4_050);
    vi.advanceTimersByTime(FLYING_MS);
    await settle();
    expect(rowAt(4_030)).toBeDefined();
    expect(rowAt(3_020)).toBeUndefined();
    table.show(4_080, 4_120);
    vi.advanceTimersByTime(FLYING_MS);
    table.show(4_100, 4_140);
    await settle();
    expect(rowAt(4_140)).toBeDefined();
  });

  it('keeps a bounded number of rows in memory', async () => {
    const { table, rowAt } = await openTable(100_000);
    for (let row = 0; row < 20_000; row += 100) {
      table.show(row, row + 40);
      vi.advanceTimersByTime(FLYING_MS);
      await settle();
    }
    expect(rowAt(19_920)).toBeDefined();
    expect(rowAt(100)).toBeUndefined();
  });

  it('puts a changed row in its place', async () => {
    const { table, rowAt } = await openTable();
    table.update(total, [makeRow(3, { status: 'done', answers: [makeCell('gist', 'Rent is due.')] })]);
    expect(rowAt(3)?.answers).toHaveLength(1);
    expect(rowAt(2)?.status).toBe('queued');
  });

  it('keeps a row that changed while it was being read', async () => {
    const { bridge, table, rowAt } = await openTable();
    const late = deferred<null>();
    bridge.answers['batch.rows'] = ({ itemIds }) => late.promise.then(() => itemIds.map((id) => makeRow(id - 1)));
    table.show(500, 540);
    table.update(total, [makeRow(510, { status: 'done' })]);
    late.resolve(null);
    await settle();
    expect(rowAt(510)?.status).toBe('done');
  });

  it('drops the rows and the order of a batch that is no longer shown', async () => {
    const { bridge, table, state, rowAt } = await openTable();
    const late = deferred<Int32Array>();
    bridge.answers['batch.view'] = () => late.promise;
    table.open(batchId, 'failed');
    bridge.answers['batch.view'] = () => Int32Array.of(7);
    table.open(batchId, 'done');
    late.resolve(Int32Array.of(1, 2, 3));
    await settle();
    await settle();
    expect(state().order?.length).toBe(1);
    expect(rowAt(0)?.id).toBe(7);
  });

  it('asks the store for a view, and shows the list before it until the new one is there', async () => {
    const { bridge, table, state } = await openTable();
    const late = deferred<Int32Array>();
    bridge.answers['batch.view'] = () => late.promise;
    const { list } = state();
    table.look({ sort, search: 'roof' });
    await settle();
    expect(bridge.inputs('batch.view').at(-1)).toMatchObject({ batchId, only: 'all', sort, search: 'roof' });
    expect(state()).toMatchObject({ list, order: { length: total } });
    late.resolve(Int32Array.of(9, 8));
    await settle();
    expect(state().order?.length).toBe(2);
    expect(state().list).toBeGreaterThan(list);
  });

  it('reads a sorted list again while the batch runs, twice a second at most', async () => {
    const { bridge, table } = await openTable(150);
    table.look({ sort });
    await settle();
    const before = bridge.inputs('batch.view').length;
    for (let at = 0; at < 2_000; at += 100) {
      table.update(150, [makeRow(at / 100, { status: 'done' })]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(bridge.inputs('batch.view').length - before).toBeLessThanOrEqual(4);
    expect(bridge.inputs('batch.view').length - before).toBeGreaterThanOrEqual(3);
  });

  it('does not read the whole table again while only its rows change', async () => {
    const { bridge, table } = await openTable();
    const before = bridge.inputs('batch.view').length;
    table.update(total, [makeRow(4, { status: 'done' })]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(bridge.inputs('batch.view')).toHaveLength(before);
  });

  it('grows while folders are being read', async () => {
    const { bridge, table, rowAt } = await openTable(10);
    Object.assign(bridge.answers, tableAnswers(60));
    table.update(60, []);
    await vi.advanceTimersByTimeAsync(600);
    await settle();
    expect(rowAt(59)).toBeDefined();
  });

  it('stays with the file under the cursor when the list moves, and in its place when the file leaves it', async () => {
    const { bridge, table, state } = await openTable();
    bridge.answers['batch.view'] = () => Int32Array.of(5, 9);
    table.look({ only: 'done' });
    await settle();
    table.moveTo(1);
    bridge.answers['batch.view'] = () => Int32Array.of(5, 7, 9);
    table.update(total, [makeRow(6, { status: 'done' })]);
    await vi.advanceTimersByTimeAsync(600);
    expect(state().cursor).toEqual({ index: 2, itemId: 9 });
    bridge.answers['batch.view'] = () => Int32Array.of(5, 7);
    table.refresh();
    await settle();
    expect(state().cursor).toEqual({ index: 1, itemId: 7 });
  });

  it('finds rows for copying that are not in memory', async () => {
    const { table } = await openTable();
    const found: number[] = [];
    for await (const rows of table.rowsOf([9_000, 1, 5_000])) found.push(...rows.map(({ id }) => id));
    expect(found).toEqual([9_000, 1, 5_000]);
  });

  it('says what went wrong and reads again when asked', async () => {
    const { bridge, table, state, rowAt } = await openTable();
    const works = bridge.answers['batch.view'];
    bridge.answers['batch.view'] = () => problem('store_failed', { what: 'data', cause: 'other' });
    table.open(batchId);
    await settle();
    expect(state().problem?.code).toBe('store_failed');
    if (works) bridge.answers['batch.view'] = works;
    table.retry();
    await settle();
    await settle();
    expect(state().problem).toBeNull();
    expect(rowAt(0)).toBeDefined();
  });
});
