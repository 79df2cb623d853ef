import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PAGE_SIZE, rowAt } from '../../../src/renderer/src/batch/item-pages.ts';
import { createItemTable } from '../../../src/renderer/src/batch/item-table.ts';
import type { ItemRow } from '../../../src/shared/batch-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import { batchId, makeCell, makeRow, makeRows } from './samples.ts';
import { createScriptedBridge, deferred, settle } from './scripted-bridge.ts';

const total = 10_000;

function openTable() {
  const bridge = createScriptedBridge({ 'batch.items': ({ offset, limit }) => makeRows(offset, limit) });
  const table = createItemTable(bridge);
  return { bridge, table, state: table.store.getState };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('item table', () => {
  it('reads the rows that come into view, and no others', async () => {
    const { bridge, table, state } = openTable();
    table.open(batchId, 'all', total);
    await settle();
    table.show(4_980, 5_020);
    await settle();
    expect(bridge.inputs('batch.items').map(({ offset }) => offset)).toEqual([0, 4_900, 5_000]);
    expect(rowAt(state().pages, 5_010)?.name).toBe('file-5010.txt');
  });

  it('asks for what a long drag of the scroll bar ends on, not for all that it passed', async () => {
    const { bridge, table } = openTable();
    const first = deferred<readonly ItemRow[]>();
    bridge.answers['batch.items'] = () => first.promise;
    table.open(batchId, 'all', total);
    for (let row = 0; row < 9_000; row += 50) table.show(row, row + 40);
    first.resolve(makeRows(0, PAGE_SIZE));
    bridge.answers['batch.items'] = ({ offset, limit }) => makeRows(offset, limit);
    await settle();
    expect(bridge.inputs('batch.items').length).toBeLessThanOrEqual(6);
    expect(bridge.inputs('batch.items').map(({ offset }) => offset)).toContain(8_900);
  });

  it('keeps a bounded number of rows in memory', async () => {
    const { table, state } = openTable();
    table.open(batchId, 'all', 100_000);
    for (let row = 0; row < 100_000; row += PAGE_SIZE) {
      table.show(row, row + 40);
      await settle();
    }
    expect(state().pages.size).toBeLessThanOrEqual(60);
    expect(rowAt(state().pages, 99_920)).toBeDefined();
  });

  it('puts a changed row in its place', async () => {
    const { table, state } = openTable();
    table.open(batchId, 'all', total);
    await settle();
    table.update(total, [makeRow(3, { status: 'done', answers: [makeCell('gist', 'Rent is due.')] })]);
    expect(rowAt(state().pages, 3)?.answers).toHaveLength(1);
    expect(rowAt(state().pages, 2)?.status).toBe('queued');
  });

  it('keeps a row that changed while its page was being read', async () => {
    const { bridge, table, state } = openTable();
    const page = deferred<readonly ItemRow[]>();
    bridge.answers['batch.items'] = () => page.promise;
    table.open(batchId, 'all', total);
    table.update(total, [makeRow(7, { status: 'done' })]);
    page.resolve(makeRows(0, PAGE_SIZE));
    await settle();
    expect(rowAt(state().pages, 7)?.status).toBe('done');
  });

  it('drops a page of a list that is no longer shown', async () => {
    const { bridge, table, state } = openTable();
    const late = deferred<readonly ItemRow[]>();
    bridge.answers['batch.items'] = () => late.promise;
    table.open(batchId, 'all', total);
    bridge.answers['batch.items'] = () => makeRows(0, 2, { status: 'failed' });
    table.open(batchId, 'failed', 2);
    await settle();
    late.resolve(makeRows(0, PAGE_SIZE));
    await settle();
    expect(rowAt(state().pages, 0)?.status).toBe('failed');
    expect(rowAt(state().pages, 50)).toBeUndefined();
  });

  it('asks for the files with notes by that, not by a status', async () => {
    const { bridge, table } = openTable();
    table.open(batchId, 'noted', 3);
    await settle();
    expect(bridge.inputs('batch.items')).toEqual([{ batchId, noted: true, offset: 0, limit: 100 }]);
  });

  it('reads a filtered list again while the batch runs, twice a second at most', async () => {
    const { bridge, table } = openTable();
    table.open(batchId, 'done', 150);
    await settle();
    const before = bridge.inputs('batch.items').length;
    for (let at = 0; at < 2_000; at += 100) {
      table.update(150 + at / 100, []);
      await vi.advanceTimersByTimeAsync(100);
    }
    const pagesShown = 1;
    expect(bridge.inputs('batch.items').length - before).toBeLessThanOrEqual(4 * pagesShown);
    expect(bridge.inputs('batch.items').length - before).toBeGreaterThanOrEqual(3);
  });

  it('fills the last page while folders are being read', async () => {
    const { bridge, table, state } = openTable();
    bridge.answers['batch.items'] = () => makeRows(0, 10);
    table.open(batchId, 'all', 10);
    await settle();
    bridge.answers['batch.items'] = () => makeRows(0, 60);
    table.update(60, []);
    await vi.advanceTimersByTimeAsync(600);
    expect(rowAt(state().pages, 59)).toBeDefined();
  });

  it('stays with the selected file when a filtered list moves', async () => {
    const { bridge, table, state } = openTable();
    bridge.answers['batch.items'] = () => [makeRow(5), makeRow(9)];
    table.open(batchId, 'done', 2);
    await settle();
    table.moveTo(1);
    bridge.answers['batch.items'] = () => [makeRow(5), makeRow(7), makeRow(9)];
    table.update(3, []);
    await vi.advanceTimersByTimeAsync(600);
    expect(state().cursor).toEqual({ index: 2, itemId: makeRow(9).id });
  });

  it('says what went wrong and reads again when asked', async () => {
    const { bridge, table, state } = openTable();
    const works = bridge.answers['batch.items'];
    bridge.answers['batch.items'] = () => problem('store_failed', { what: 'data', cause: 'other' });
    table.open(batchId, 'all', total);
    await settle();
    expect(state().problem?.code).toBe('store_failed');
    if (works) bridge.answers['batch.items'] = works;
    table.retry();
    await settle();
    expect(state().problem).toBeNull();
    expect(rowAt(state().pages, 0)).toBeDefined();
  });
});
