import { describe, expect, it, vi } from 'vitest';
import { batchNow, must, rowsOf, runBatch, startAgain, type TestDocket } from '../support/docket.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

const bug = () => new TypeError('Cannot read properties of undefined (a bug)');

/** Throws once, at the first call to a method. */
function throwOnce<Name extends string>(target: Record<Name, (...args: never[]) => unknown>, name: Name): void {
  const method = target[name];
  let thrown = false;
  vi.spyOn(target, name as never).mockImplementation(((...args: never[]) => {
    if (thrown) return method.apply(target, args);
    thrown = true;
    throw bug();
  }) as never);
}

describe('a bug in Docket', () => {
  it.each<[string, (docket: TestDocket) => void]>([
    ['the gateway', ({ gateway }) => throwOnce(gateway, 'complete')],
    ['the note that a call leaves', ({ audit }) => throwOnce(audit, 'leave')],
    ['the note that a call has ended', ({ audit }) => throwOnce(audit, 'end')],
  ])('in %s fails the file that met it, says so there, and holds nothing else up', async (_, inject) => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    inject(docket);

    const batch = await runBatch(docket, [await folderOfNotes(12)]);

    expect(batch).toMatchObject({ status: 'finished', problem: null, counts: { done: 11, failed: 1 } });
    const [failed] = (await rowsOf(docket, batch.id)).filter(({ status }) => status === 'failed');
    expect(failed?.problem).toMatchObject({ code: 'unexpected', detail: expect.stringContaining('a bug') });
    expect(docket.logged.join('\n')).toContain('a bug');
    expect(docket.status()).toMatchObject({ callsInFlight: 0, activeBatches: 0 });
    expect(must(await docket.batches.retryFailed(batch.id)).status).toBe('running');
    await docket.batches.settled(batch.id);
    expect(await batchNow(docket, batch.id)).toMatchObject({ status: 'finished', counts: { done: 12, failed: 0 } });
  });

  it('that every file meets stops the batch with that reason, and the next run goes on', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const spy = vi.spyOn(docket.gateway, 'complete').mockRejectedValue(bug());

    const batch = await runBatch(docket, [await folderOfNotes(60)]);

    expect(batch).toMatchObject({ status: 'interrupted', problem: { code: 'unexpected' } });
    expect(batch.counts.failed).toBeLessThan(40);
    spy.mockRestore();
    expect((await startAgain(docket, batch.id)).status).toBe('finished');
  });

  it('in what is told of the batch does not keep it from ending', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(3)], { start: true }));
    void docket.waitFor('batch.progress', ({ batch }) => {
      if (batch.status === 'finished') throw bug();
      return false;
    });

    await docket.batches.settled(id);

    expect(docket.status().activeBatches).toBe(0);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 3 } });
  });
});
