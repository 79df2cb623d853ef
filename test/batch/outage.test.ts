import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { batchNow, must, openDocket, rowsOf, startAgain, type TestDocket } from '../support/docket.ts';
import type { ModelServer } from '../support/model-server.ts';
import {
  connectionReset,
  hangBeforeHeaders,
  modelNotFound,
  prompted,
  type Reply,
  rateLimited,
  serverError,
  status,
  text,
} from '../support/model-server-replies.ts';
import { isShortQuestion } from '../support/model-server-requests.ts';
import { troubleAfter } from '../support/trouble-after.ts';
import { docketAt, folderOfNotes, server, tempFolder } from '../support/workspace.ts';
import { docketWithServer } from './set-up.ts';

const FILES = 60;

/** Three calls for each file: some are done by then, and many are not. */
const CALLS_BEFORE = 100;

/** Starts a batch of notes and lets trouble begin in its middle. */
async function runUntilTrouble(docket: TestDocket, model: ModelServer, begin: () => unknown) {
  const began = troubleAfter(model, CALLS_BEFORE, begin);
  const { id } = must(await docket.batches.create([await folderOfNotes(FILES)], { start: true }));
  await began;
  return id;
}

function standsStill(docket: TestDocket, id: string) {
  return docket.waitFor('batch.progress', ({ batch, waiting }) => batch.id === id && waiting?.since != null);
}

/** Tasks of files that were answered more than once. */
async function repeated(docket: TestDocket): Promise<readonly string[]> {
  await docket.audit.drain();
  const { rows } = await docket.store.read.pageOfCalls({ status: 'ok', kind: 'analysis', limit: 500 });
  const answered = rows.map(({ title, fileName }) => `${title} ${fileName}`);
  return answered.filter((one, index) => answered.indexOf(one) !== index);
}

const concurrencies = [1, 5, 15, 64] as const;

describe('a server that is away for a while', () => {
  it.each(concurrencies)('costs no file, and nothing is asked twice, with %s calls at once', async (concurrency) => {
    const { model, docket } = await docketWithServer({ settings: { concurrency } });
    const startedAt = Date.now();
    const id = await runUntilTrouble(docket, model, model.goAway);

    const { waiting, batch } = await standsStill(docket, id);
    expect(waiting?.problem.code).toBe('connection_failed');
    expect(waiting?.since).toBeGreaterThanOrEqual(startedAt);
    expect(waiting?.since).toBeLessThanOrEqual(Date.now());
    expect(batch).toMatchObject({ status: 'running', counts: { failed: 0 } });

    await model.comeBack();
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
    expect(await repeated(docket)).toEqual([]);
    expect((await docket.waitFor('batch.progress', (told) => told.batch.status === 'finished')).waiting).toBeNull();
  });

  it('is asked by one probe at a time, each of them on record', async () => {
    const { model, docket } = await docketWithServer({ settings: { concurrency: 15 } });
    const id = await runUntilTrouble(docket, model, () => model.respond(serverError(503)));
    await standsStill(docket, id);
    await model.waitUntil(() => model.inFlight === 0);
    model.reset();

    await model.waitForRequests(6);
    expect(model.maxInFlight).toBe(1);
    const asked = model.chatRequestCount;
    model.respond(prompted());
    await docket.batches.settled(id);

    expect(asked).toBeLessThan(20);
    expect(await batchNow(docket, id)).toMatchObject({ counts: { done: FILES, failed: 0 } });
    await docket.audit.drain();
    const { rows } = await docket.store.read.pageOfCalls({ kind: 'probe', limit: 100 });
    const neutral = model.chatRequests.filter(isShortQuestion);
    expect(rows.length).toBeGreaterThanOrEqual(neutral.length);
  });

  it.each<[string, Reply, string]>([
    ['says 500', serverError(500), 'server_error'],
    ['is behind a proxy that says 502 in HTML', serverError(502), 'server_error'],
    ['says 503', serverError(503), 'server_error'],
    ['says 504 in HTML', status(504, { body: '<html>Gateway Timeout</html>' }), 'server_error'],
    ['resets every connection', connectionReset(), 'connection_failed'],
    ['asks all to wait for hours', rateLimited({ retryAfterSeconds: 7_200 }), 'rate_limited'],
    [
      'is hidden by a sign-in page',
      status(200, { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }),
      'bad_response',
    ],
    [
      'is hidden by a redirect to a sign-in page',
      status(302, { headers: { location: 'http://portal.test/' } }),
      'bad_response',
    ],
  ])('is waited for also when it %s', async (_, trouble, code) => {
    const { model, docket } = await docketWithServer();
    const id = await runUntilTrouble(docket, model, () => model.respond(trouble));

    const { waiting } = await standsStill(docket, id);
    expect(waiting?.problem.code).toBe(code);
    model.respond(prompted());
    must(docket.batches.tryNow(id));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
    expect(await repeated(docket)).toEqual([]);
  });

  it('is waited for also when it takes calls and never answers', async () => {
    const { model, docket } = await docketWithServer({ settings: { firstTokenTimeoutMs: 300 } });
    const id = await runUntilTrouble(docket, model, () => model.respond(hangBeforeHeaders()));

    const { waiting } = await standsStill(docket, id);
    expect(waiting?.problem.code).toBe('timeout_first_token');
    model.respond(prompted());
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
  });

  it('is found back also when the last probe is never answered, and what was on its way meanwhile costs no file', async () => {
    const { model, docket } = await docketWithServer();
    const id = await runUntilTrouble(docket, model, () => model.respond(serverError(503)));
    await standsStill(docket, id);
    model.respond(hangBeforeHeaders());
    await model.waitUntil(() => model.hanging === 1);

    model.respond(prompted());
    must(docket.batches.tryNow(id));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
    // Nor does a quit wait for it.
    await docket.close();
  });

  it('is waited for by a batch of one file, and by one that begins meanwhile', async () => {
    const model = await server();
    await model.goAway();
    const docket = await docketAt({ baseUrl: model.url });
    const one = must(await docket.batches.create([await folderOfNotes(1)]));
    await standsStill(docket, one.id);
    const other = must(await docket.batches.create([await folderOfNotes(5, 'letter')]));
    await standsStill(docket, other.id);

    await model.comeBack();
    await Promise.all([docket.batches.settled(one.id), docket.batches.settled(other.id)]);

    expect(await batchNow(docket, one.id)).toMatchObject({ status: 'finished', counts: { done: 1 } });
    expect(await batchNow(docket, other.id)).toMatchObject({ status: 'finished', counts: { done: 5 } });
  });

  it('that comes and goes again costs no file either', async () => {
    const { model, docket } = await docketWithServer();
    const id = await runUntilTrouble(docket, model, model.goAway);
    const heard = new Set<unknown>();
    for (let times = 1; ; times += 1) {
      await docket.waitFor('batch.progress', (told) => told.waiting?.since != null && !heard.has(told));
      for (const told of docket.payloads('batch.progress')) heard.add(told);
      if (times === 3) break;
      const goesAgain = troubleAfter(model, 20, model.goAway);
      await model.comeBack();
      await goesAgain;
      for (const told of docket.payloads('batch.progress')) heard.add(told);
    }
    model.respond(prompted());
    await model.comeBack();
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ counts: { done: FILES, failed: 0 } });
    expect(await repeated(docket)).toEqual([]);
  });
});

describe('a person, while a server is away', () => {
  it('stops the batch, which is cancelled at once and can be resumed', async () => {
    const { model, docket } = await docketWithServer();
    const id = await runUntilTrouble(docket, model, model.goAway);
    await standsStill(docket, id);

    const stopped = must(await docket.batches.cancel(id));
    expect(stopped).toMatchObject({ status: 'cancelled', counts: { failed: 0, running: 0 } });
    expect((await rowsOf(docket, id)).filter(({ problem }) => problem !== null)).toEqual([]);

    await model.comeBack();
    expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES } });
    expect(await repeated(docket)).toEqual([]);
  });

  it('can have it tried now, however long the pause would be', async () => {
    const { model, docket } = await docketWithServer({ hostTimes: { firstPauseMs: 50 } });
    const id = await runUntilTrouble(docket, model, () => model.respond(rateLimited({ retryAfterSeconds: 3_600 })));
    const { waiting } = await docket.waitFor('batch.progress', (told) => (told.waiting?.remainingMs ?? 0) > 3_000_000);
    expect(waiting?.problem.code).toBe('rate_limited');

    model.respond(prompted());
    must(docket.batches.tryNow(id));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES } });
  });

  it('finds it back with a chat message, which is tried at once', async () => {
    const { model, docket } = await docketWithServer();
    const id = await runUntilTrouble(docket, model, () => model.respond(rateLimited({ retryAfterSeconds: 3_600 })));
    await docket.waitFor('batch.progress', (told) => (told.waiting?.remainingMs ?? 0) > 3_000_000);

    model.respond((request) => (request.task === 'chat' ? text('Here I am.') : undefined));
    const [conversationId, messageId, replyId] = [randomUUID(), randomUUID(), randomUUID()];
    must(await docket.chat.send({ conversationId, messageId, replyId, parentId: null, content: 'Are you there?' }));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES } });
  });
});

describe('a server that stays away', () => {
  it('leaves the batch interrupted after the time that is set, with the reason and no failed file', async () => {
    const { model, docket } = await docketWithServer({ settings: { hostWaitMs: 200 } });
    const id = await runUntilTrouble(docket, model, model.goAway);
    await docket.batches.settled(id);

    const batch = await batchNow(docket, id);
    expect(batch).toMatchObject({
      status: 'interrupted',
      problem: { code: 'connection_failed' },
      counts: { failed: 0, running: 0 },
    });
    expect((await rowsOf(docket, id)).filter(({ problem }) => problem !== null)).toEqual([]);

    await model.comeBack();
    expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', problem: null, counts: { done: FILES } });
    expect(await repeated(docket)).toEqual([]);
  });

  it('is waited for longer once it has answered at all, if only to say that it is starting', async () => {
    const model = await server({ latencyMs: 2 });
    await model.goAway();
    const never = 1_500;
    const usual = 3_600_000;
    const hostWaitMs = (hasAnswered: boolean) => (hasAnswered ? usual : never);
    const docket = await docketAt({ baseUrl: model.url, hostWaitMs });
    const { id } = must(await docket.batches.create([await folderOfNotes(3)], { start: true }));
    await docket.batches.settled(id);
    expect((await batchNow(docket, id)).problem).toMatchObject({ code: 'connection_failed', waitedMs: never });

    must(await docket.batches.start(id));
    await standsStill(docket, id);
    model.respond(serverError(503));
    await model.comeBack();
    await model.waitForRequests(1);
    // Time itself is what is tested here.
    await setTimeout(never * 1.2);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'running', problem: null });
    model.respond(prompted());
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 3, failed: 0 } });
  });

  it('does not hold up a quit, and the next start resumes the batch', async () => {
    const model = await server({ latencyMs: 2 });
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    const id = await runUntilTrouble(first, model, model.goAway);
    await standsStill(first, id);
    await first.close();
    expect(first.logged).toEqual([]);

    const second = await docketAt({ dataDir });
    expect(second.recovery).toEqual({ callsInDoubt: 0, callsNotSent: 0, repliesInterrupted: 0, batchesInterrupted: 0 });
    expect(await batchNow(second, id)).toMatchObject({ status: 'interrupted', counts: { failed: 0 } });
    must(await second.batches.start(id));
    await standsStill(second, id);
    await model.comeBack();
    await second.batches.settled(id);
    expect(await batchNow(second, id)).toMatchObject({ status: 'finished', counts: { done: FILES } });
  });
});

describe('a server that is not away', () => {
  it('but resets every tenth connection is not taken for one', async () => {
    const { model, docket } = await docketWithServer({ settings: { concurrency: 15 } });
    let count = 0;
    model.respond(() => {
      count += 1;
      return count % 10 === 0 ? connectionReset() : undefined;
    });
    const { id } = must(await docket.batches.create([await folderOfNotes(FILES)]));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
    expect(docket.payloads('batch.progress').filter(({ waiting }) => waiting?.since != null)).toEqual([]);
  });

  it('but has unloaded its model for a moment is asked again', async () => {
    const { model, docket } = await docketWithServer({ hostTimes: { refusesForMs: 60_000 } });
    const id = await runUntilTrouble(docket, model, () => model.respond(modelNotFound()));
    const asked = model.chatRequestCount;
    await model.waitForRequests(asked + 8);
    model.respond(prompted());
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: FILES, failed: 0 } });
  });
});
