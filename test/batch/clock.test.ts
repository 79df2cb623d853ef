import { afterEach, describe, expect, it, vi } from 'vitest';
import { rowsOf, runBatch } from '../support/docket.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

afterEach(() => vi.restoreAllMocks());

describe('a clock that is set back again and again', () => {
  it('makes no time negative, no rate absurd and no order wrong', async () => {
    const begin = Date.now();
    let readings = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => {
      readings += 1;
      return begin - readings * 60_000;
    });
    const model = await server({ latencyMs: 20 });
    const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });

    const batch = await runBatch(docket, [await folderOfNotes(8)]);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 8 } });
    expect(batch.finishedAt).toBeGreaterThanOrEqual(batch.startedAt ?? Number.POSITIVE_INFINITY);
    const told = docket.payloads('batch.progress');
    const rates = told.flatMap(({ filesPerSecond }) => filesPerSecond ?? []);
    expect(rates.length).toBeGreaterThan(0);
    // A file is three calls of 20 ms, one at a time.
    expect(Math.max(...rates)).toBeLessThan(50);
    expect(told.every(({ remainingMs }) => remainingMs === null || remainingMs >= 0)).toBe(true);
    const rows = await rowsOf(docket, batch.id);
    expect(rows.every(({ latencyMs }) => latencyMs !== null && latencyMs > 0)).toBe(true);
    await docket.audit.drain();
    const { rows: calls } = await docket.store.read.pageOfCalls({ kind: 'analysis', limit: 30 });
    const ids = calls.map(({ id }) => id);
    expect(ids).toHaveLength(24);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(calls.every(({ latencyMs }) => latencyMs !== null && latencyMs >= 20)).toBe(true);
  });
});
