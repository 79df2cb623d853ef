import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storeFile } from '../../src/main/store/store.ts';
import { batchNow, must, openDocket, rowsOf, runBatch, startAgain } from '../support/docket.ts';
import type { ModelServer } from '../support/model-server.ts';
import {
  connectionReset,
  modelNotFound,
  prompted,
  type Reply,
  rateLimited,
  serverError,
  status,
} from '../support/model-server-replies.ts';
import { isShortQuestion } from '../support/model-server-requests.ts';
import { hangAfterRefusal } from '../support/trouble-after.ts';
import { docketAt, folderOfNotes, noteText, server, tempFolder } from '../support/workspace.ts';
import { docketWithServer } from './set-up.ts';

beforeEach(() => {
  // No jitter: an attempt follows the other at once.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Answers as told to whatever is asked about these notes, and as it should to all else. */
function poison(model: ModelServer, notes: readonly number[], reply: Reply) {
  const texts = notes.map((n) => noteText(`note ${String(n).padStart(3, '0')}`));
  model.respond(({ prompt }) => (texts.some((text) => prompt.includes(text)) ? reply : undefined));
}

const sorts: readonly (readonly [string, Reply, string])[] = [
  ['a firewall that forbids it', status(403, { body: '<html>Blocked</html>' }), 'forbidden'],
  ['an address that it does not have', status(404), 'not_found'],
  ['a model that it does not have', modelNotFound(), 'model_not_found'],
  ['a pause of hours', rateLimited({ retryAfterSeconds: 7_200 }), 'rate_limited'],
  ['a broken connection', connectionReset(), 'connection_failed'],
  ['a failure', serverError(500), 'server_error'],
  [
    'a page of HTML',
    status(200, { body: '<html>No.</html>', headers: { 'content-type': 'text/html' } }),
    'bad_response',
  ],
  ['a key that it does not take', status(401), 'unauthorized'],
];

describe('a file that alone meets', () => {
  describe.each(sorts)('%s', (_, reply, code) => {
    it.each([
      ['at the beginning and the end', [1, 2, 30, 59, 60], 5],
      ['at the beginning, one call at a time', [1, 2, 3], 1],
      ['in the middle of many calls', [1, 20, 21, 60], 64],
    ])('fails with that reason, and every other file is done: %s', async (_where, notes, concurrency) => {
      const { model, docket } = await docketWithServer({ settings: { concurrency } });
      poison(model, notes, reply);

      const batch = await runBatch(docket, [await folderOfNotes(60)]);

      expect(batch).toMatchObject({
        status: 'finished',
        problem: null,
        counts: { done: 60 - notes.length, failed: notes.length },
      });
      const failed = (await rowsOf(docket, batch.id)).filter((row) => row.status === 'failed');
      expect(failed.map((row) => row.position + 1)).toEqual(notes);
      expect(new Set(failed.map(({ problem }) => problem?.code))).toEqual(new Set([code]));
    });

    it('fails also when it is the only file', async () => {
      const { model, docket } = await docketWithServer();
      poison(model, [1], reply);

      const batch = await runBatch(docket, [await folderOfNotes(1)]);

      expect(batch).toMatchObject({ status: 'finished', counts: { failed: 1 } });
      expect((await rowsOf(docket, batch.id))[0]?.problem?.code).toBe(code);
    });
  });
});

describe('a batch that comes to its end with a file under suspicion', () => {
  it('takes that file last when it is resumed, also after a crash', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url, settings: { concurrency: 1 } });
    const isPoison = (prompt: string) => prompt.includes(noteText('note 001'));
    hangAfterRefusal(model, ({ prompt }) => isPoison(prompt));
    const { id } = must(await first.batches.create([await folderOfNotes(12)]));
    await model.waitUntil(() => model.hanging === 1);
    // As a process that dies leaves it.
    const marked = new Database(storeFile(dataDir), { readonly: true });
    const suspects = () =>
      marked.prepare("SELECT name FROM items WHERE status = 'running' AND problem IS NOT NULL").all();
    await expect.poll(suspects).toEqual([{ name: 'papers/note 001.txt' }]);
    marked.close();
    await first.close();
    model.reset();
    poison(model, [1], status(403));

    const second = await docketAt({ dataDir });
    const batch = await startAgain(second, id);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 11, failed: 1 } });
    const asked = model.chatRequests
      .filter((request) => !isShortQuestion(request))
      .map(({ prompt }) => isPoison(prompt));
    const others = asked.filter((isOfPoison) => !isOfPoison).length;
    expect(asked.indexOf(true)).toBeGreaterThan(others - 8);
  });

  it('takes what failed last when it is asked for again', async () => {
    const { model, docket } = await docketWithServer({ settings: { concurrency: 1 } });
    poison(model, [1, 2], status(403));
    const { id } = await runBatch(docket, [await folderOfNotes(6)]);

    must(await docket.batches.start(id, { retryFailed: true }));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 4, failed: 2 } });
  });
});

describe('a host that takes small questions and no file at all', () => {
  it('stops the batch, instead of one row after the other with the same sentence', async () => {
    const model = await server();
    model.respond(({ prompt }) => (/note \d/.test(prompt) ? status(403) : undefined));
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(100)]);

    expect(batch).toMatchObject({ status: 'interrupted', problem: { code: 'forbidden' } });
    expect(batch.counts.failed).toBeLessThan(30);
    model.respond(prompted());
    expect(await startAgain(docket, batch.id)).toMatchObject({ status: 'finished' });
  });
});
