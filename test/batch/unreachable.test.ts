import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { batchNow, must, runBatch } from '../support/docket.ts';
import { troubleAfter } from '../support/trouble-after.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

const FILES = 20;

function identity(name: 'valid' | 'expired' | 'unknown'): Promise<string> {
  return readFile(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
}

/** Trusts certificates as a computer does that an administrator has told to, until the test ends. */
function trust(...certificates: readonly string[]): void {
  const before = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...before, ...certificates]);
}

describe('a server whose certificate', () => {
  it.each([
    ['expires', 'expired', 'clock'],
    ['is replaced by one that nobody knows', 'unknown', 'untrusted'],
  ] as const)('%s while a batch runs is waited for, and no file fails', async (_, next, reason) => {
    const [valid, other] = await Promise.all([identity('valid'), identity(next)]);
    trust(valid, ...(next === 'expired' ? [other] : []));
    const model = await server({ latencyMs: 2, identity: valid });
    const docket = await docketAt({ baseUrl: model.url });
    const changed = troubleAfter(model, FILES, () => model.identifyAs(other));
    const { id } = must(await docket.batches.create([await folderOfNotes(FILES)], { start: true }));
    await changed;

    await docket.waitFor(
      'batch.progress',
      ({ waiting }) =>
        waiting?.since != null && waiting.problem.code === 'tls_failed' && waiting.problem.params.reason === reason,
    );
    expect(await batchNow(docket, id)).toMatchObject({ status: 'running', counts: { failed: 0 } });
    await model.identifyAs(valid);
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
  });

  it('was never good stops the batch with that reason, and no file fails', async () => {
    const model = await server({ identity: await identity('unknown') });
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(3)]);

    expect(batch).toMatchObject({ problem: { code: 'tls_failed', params: { reason: 'untrusted' } } });
    expect(batch.counts).toMatchObject({ done: 0, failed: 0 });
    expect(model.chatRequestCount).toBe(0);
  });
});

describe('a server whose name is not known', () => {
  it('is waited for, and no file fails', async () => {
    const docket = await docketAt({ baseUrl: 'http://model.invalid/v1' });
    const { id } = must(await docket.batches.create([await folderOfNotes(3)], { start: true }));

    const { waiting } = await docket.waitFor('batch.progress', (told) => told.waiting?.since != null);
    expect(waiting?.problem).toMatchObject({ code: 'connection_failed', params: { reason: 'no_such_name' } });
    must(await docket.batches.cancel(id));

    expect(await batchNow(docket, id)).toMatchObject({ status: 'cancelled', counts: { failed: 0, running: 0 } });
  });
});
