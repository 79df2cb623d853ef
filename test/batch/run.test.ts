import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ItemRow, noCounts } from '../../src/shared/batch-data.ts';
import { cellsOf } from '../support/answers.ts';
import { writeManyFiles } from '../support/corpus.ts';
import { batchNow, must, type RecordedEvent, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import type { ModelServer } from '../support/model-server.ts';
import { hangBeforeHeaders, prompted, serverError, status } from '../support/model-server-replies.ts';
import { isShortQuestion, type RecordedRequest } from '../support/model-server-requests.ts';
import { docketAt, folderOf, folderOfNotes, noteText, server, tempFolder } from '../support/workspace.ts';

/** Files that are taken out of the queue beyond those that have a call in flight. */
const READ_AHEAD = 4;

function setConcurrency(docket: TestDocket, concurrency: number) {
  return docket.settings.save({ ...docket.settings.current(), concurrency });
}

/** Refuses one task of one file. */
function failing(model: ModelServer, task: string, file: string) {
  model.respond((request) => {
    const isTheOne = request.task === task && request.prompt.includes(noteText(file));
    return isTheOne ? status(400, { body: { error: { message: 'No.' } } }) : undefined;
  });
}

describe('a batch', () => {
  it('has five calls in flight by default, and never more', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(hangBeforeHeaders());
    const running = runBatch(docket, [await folderOfNotes(20)]);
    await model.waitUntil(() => model.hanging === 5);
    model.respond(prompted());
    model.release();

    const batch = await running;

    expect(batch).toMatchObject({ status: 'finished', counts: { total: 20, done: 20 } });
    expect(model.chatRequestCount).toBe(60);
    expect(model.maxInFlight).toBe(5);
    expect(model.violations).toEqual([]);
  });

  it('takes a higher and a lower number of calls while it runs', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(80)]));

    await model.waitUntil(() => model.hanging === 5);
    await setConcurrency(docket, 64);
    await model.waitUntil(() => model.hanging === 64);
    expect(model.maxInFlight).toBe(64);

    await setConcurrency(docket, 1);
    model.release();
    await model.waitUntil(() => model.inFlight === 1 && model.hanging === 1);
    model.reset();
    model.respond(prompted());
    model.release();
    await model.waitForRequests(30);
    expect(model.maxInFlight).toBe(1);

    await setConcurrency(docket, 12);
    await docket.batches.settled(id);
    expect(model.maxInFlight).toBeLessThanOrEqual(12);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 80, total: 80 } });
  });

  it('leaves the sockets of the chat alone, however many calls are allowed', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { poolConnections: 6, concurrency: 64 } });
    model.respond(hangBeforeHeaders());
    const running = runBatch(docket, [await folderOfNotes(20)]);
    await model.waitUntil(() => model.hanging === 4);
    model.respond(prompted({ latencyMs: 20 }));
    model.release();

    await running;

    expect(model.maxInFlight).toBe(4);
  });

  it('goes on when files fail, each with its own reason', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({
      'a.txt': noteText('a'),
      'empty.txt': '',
      'picture.txt': '\u0000\u0001\u0002\u0000binary\u0000',
      'z.txt': noteText('z'),
    });

    const batch = await runBatch(docket, [folder, join(folder, 'never-there.txt')]);

    expect(batch).toMatchObject({ status: 'finished', counts: { total: 5, done: 2, failed: 3 } });
    expect((await rowsOf(docket, batch.id)).map(outcomeOf)).toEqual([
      ['papers/a.txt', 'done', null],
      ['papers/empty.txt', 'failed', 'file_empty'],
      ['papers/picture.txt', 'failed', 'file_binary'],
      ['papers/z.txt', 'done', null],
      ['never-there.txt', 'failed', 'file_vanished'],
    ]);
    expect(model.chatRequestCount).toBe(6);
  });

  it('keeps the tasks that succeeded when another of the same file fails', async () => {
    const model = await server();
    failing(model, 'sentiment', 'note 002');
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(3)]);

    expect(batch.counts).toMatchObject({ done: 2, failed: 1 });
    const [, second] = await rowsOf(docket, batch.id);
    expect(second).toMatchObject({
      status: 'failed',
      problem: { code: 'bad_request' },
    });
    const detail = must(await docket.batches.item(second?.id ?? 0));
    expect(cellsOf(second)).toEqual({
      summary: 'This is note 002.',
      sentiment: null,
      topics: 'delivery, about, again',
    });
    expect(detail.answers).toMatchObject([
      { question: 'summary', status: 'done', problem: null },
      { question: 'sentiment', status: 'failed', raw: null, problem: { code: 'bad_request' } },
      { question: 'topics', status: 'done' },
    ]);
    expect(detail.calls.map((call) => [call.title, call.status]).sort()).toEqual([
      ['Sentiment', 'error'],
      ['Summary', 'ok'],
      ['Topics', 'ok'],
    ]);
  });

  it('fails a file whose server failed five times, and no other', async () => {
    const model = await server();
    model.respond((request) => (request.prompt.includes(noteText('note 001')) ? serverError() : undefined));
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(4)]);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 3, failed: 1 }, problem: null });
    expect((await rowsOf(docket, batch.id))[0]).toMatchObject({ status: 'failed', problem: { code: 'server_error' } });
    expect(model.chatRequests.filter((request) => !isShortQuestion(request))).toHaveLength(3 * 5 + 3 * 3);
  });

  it('asks a short question before it fails a file if nothing was answered since it first failed', async () => {
    const model = await server();
    const isFailing = ({ prompt }: RecordedRequest) => prompt.includes(noteText('note 001'));
    const othersAnswered = () =>
      model.chatRequests.filter((request) => !isFailing(request) && request.outcome === 'answered').length >= 3 * 3;
    model.respond((request) =>
      isFailing(request) ? model.waitUntil(othersAnswered).then(() => serverError()) : undefined,
    );
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(4)]);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 3, failed: 1 }, problem: null });
    expect(model.chatRequests.filter(isFailing)).toHaveLength(3 * 5);
    expect(model.chatRequests.filter(isShortQuestion)).toHaveLength(1);
  });

  it('waits as a rate limit asks, and finishes every file', async () => {
    const model = await server({ latencyMs: 10 });
    const waits = status(429, { headers: { 'retry-after-ms': '20' } });
    model.respond({ queue: Array.from({ length: 40 }, () => waits) });
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(20)]);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 20, failed: 0 } });
    expect(model.chatRequestCount).toBe(60 + 40);
    expect(model.maxInFlight).toBeLessThanOrEqual(5);
  });

  it('reads a file that is longer than the model reads at once in parts', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 1000 } });
    const folder = await folderOf({ 'long.txt': 'word '.repeat(2_000), 'short.txt': noteText('short') });

    const batch = await runBatch(docket, [folder]);

    const [long, short] = await rowsOf(docket, batch.id);
    expect([long?.status, short?.status]).toEqual(['done', 'done']);
    const detail = must(await docket.batches.item(long?.id ?? 0));
    expect(detail.answers.map(({ coverage }) => coverage)).toEqual(
      Array.from({ length: 3 }, () => ({ parts: 3, partsRead: 3, characters: 10_000, pages: null })),
    );
  });

  it('asks only about the missing part of a long file when that failed', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 1000 } });
    const folder = await folderOf({ 'long.txt': `${'first '.repeat(1_000)}${'second '.repeat(500)}` });
    const isSecond = (request: { readonly prompt: string }) => request.prompt.includes('second');
    model.respond((request) => (isSecond(request) ? status(400, { body: { error: { message: 'No.' } } }) : undefined));
    const batch = await runBatch(docket, [folder]);
    const [row] = await rowsOf(docket, batch.id);
    expect(row).toMatchObject({ status: 'failed', problem: { code: 'bad_request' } });
    const [answer] = must(await docket.batches.item(row?.id ?? 0)).answers;
    expect(answer?.note).toMatch(/^\d of \d parts of the document were answered/);
    const parts = answer?.coverage;
    expect(parts?.partsRead).toBeLessThan(parts?.parts ?? 0);

    model.reset();
    model.respond(prompted());
    must(await docket.batches.retryFailed(batch.id));
    await docket.batches.settled(batch.id);
    const [again] = await rowsOf(docket, batch.id);
    expect(again?.status).toBe('done');
    const asked = model.chatRequests.filter(({ prompt }) => prompt.includes('first first'));
    expect(asked.every(isSecond)).toBe(true);
  });

  it('finishes an empty folder at once, with nothing in it', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOf({})]);

    expect(batch).toMatchObject({ status: 'finished', name: 'papers', counts: { total: 0, done: 0 } });
    expect(model.chatRequestCount).toBe(0);
  });

  it('says of a file that vanished after it was found that it did, and reads the others', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });
    const folder = await folderOfNotes(12);
    const { id } = must(await docket.batches.create([folder]));
    await model.waitUntil(() => model.hanging === 1);
    await rm(join(folder, 'note 012.txt'));

    model.respond(prompted());
    model.release();
    await docket.batches.settled(id);

    expect((await batchNow(docket, id)).counts).toMatchObject({ done: 11, failed: 1 });
    expect((await rowsOf(docket, id)).at(-1)?.problem?.code).toBe('file_vanished');
  });

  it('sends the prompts of the analysis, with their limits', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    // The chat's temperature is not the analysis's.
    await docket.settings.save({ ...docket.settings.current(), temperature: 0.7 });

    await runBatch(docket, [await folderOf({ 'one.txt': noteText('one') })]);

    const sent = model.chatRequests.map((request) => [request.prompt, request.body.max_tokens]);
    expect(sent.sort()).toEqual([
      [`List 3 topics (comma-separated): ${noteText('one')}`, 30],
      [`Sentiment (one word): ${noteText('one')}`, 5],
      [`Summarize in one sentence: ${noteText('one')}`, 50],
    ]);
    expect(model.chatRequests.map((request) => request.body.temperature)).toEqual([0, 0, 0]);
  });

  it('adds up tokens, and leaves the sum unknown when a server does not count', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const counted = await runBatch(docket, [await folderOfNotes(1)]);
    model.respond((request) => (request.task === 'topics' ? prompted({ usage: null }) : undefined));
    const uncounted = await runBatch(docket, [await folderOfNotes(1, 'letter')]);

    expect((await rowsOf(docket, counted.id))[0]?.totalTokens).toBeGreaterThan(3);
    expect((await rowsOf(docket, uncounted.id))[0]).toMatchObject({ status: 'done', totalTokens: null });
  });

  it('runs on the built-in engine when nothing is set', async () => {
    const docket = await docketAt();

    const batch = await runBatch(docket, [await folderOfNotes(2)]);

    expect(batch).toMatchObject({ status: 'finished', llm: false, local: true, counts: { done: 2 } });
    const [first] = await rowsOf(docket, batch.id);
    expect(first).toMatchObject({ status: 'done', totalTokens: null });
    expect(noteText('note 001')).toContain(cellsOf(first).summary);
  });
});

describe('progress', () => {
  it('is told at most every 100 ms, and once more at the end', async () => {
    const model = await server({ latencyMs: 20 });
    const docket = await docketAt({ baseUrl: model.url });

    const batch = await runBatch(docket, [await folderOfNotes(60)]);

    const told = docket.events.filter(isProgress);
    const running = told.filter(({ payload }) => payload.batch.status === 'running').map(({ at }) => at);
    const gaps = running.slice(1).map((at, index) => at - (running[index] ?? 0));
    expect(running.length).toBeGreaterThanOrEqual(3);
    // A timer may fire up to a millisecond before its time.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(99);
    expect(told.at(-1)?.payload.batch).toEqual(batch);
    expect(finalRows(told)).toEqual(await rowsOf(docket, batch.id));
  });

  it('counts what is queued, running and done, and guesses the time that is left', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond((request) => (request.prompt.includes(noteText('note 010')) ? hangBeforeHeaders() : undefined));
    const { id } = must(await docket.batches.create([await folderOfNotes(10)]));

    await model.waitUntil(() => model.hanging === 3);
    const almost = await docket.waitFor('batch.progress', ({ batch }) => batch.counts.done === 9);

    expect(almost.batch.counts).toEqual({ ...noCounts, total: 10, running: 1, done: 9 });
    expect(almost.filesPerSecond).toBeGreaterThan(0);
    expect(almost.remainingMs).toBeCloseTo(1000 / (almost.filesPerSecond ?? 0), 5);
    model.release();
    await docket.batches.settled(id);
  });
});

describe('a batch of a thousand files', () => {
  it('finishes every row with exactly three requests each', async () => {
    const model = await server({ validateRequests: false });
    const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 20 } });
    const folder = join(await tempFolder(), 'notes');
    await writeManyFiles(folder, 1_000, { bytes: 1_000 });

    const batch = await runBatch(docket, [folder]);

    expect(batch).toMatchObject({ status: 'finished', counts: { total: 1_000, done: 1_000, failed: 0 } });
    expect(model.chatRequestCount).toBe(3_000);
    expect(new Set(model.chatRequests.map((request) => request.bodySha256)).size).toBe(3_000);
    expect(model.maxInFlight).toBeLessThanOrEqual(20);
    expect((await docket.store.read.historyFacets()).total, 'with the list of models').toBe(3_001);
  });

  it('keeps the queue in SQLite: no more files are taken than are worked on', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const folder = join(await tempFolder(), 'notes');
    await mkdir(folder);
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => writeFile(join(folder, `${n}.txt`), `Note ${n}.`)));
    const { id } = must(await docket.batches.create([folder]));

    await model.waitUntil(() => model.hanging === 5);

    const { counts } = (await docket.store.read.readBatch(id))?.batch ?? {};
    expect(counts).toMatchObject({ total: 1_000, running: 5 + READ_AHEAD, queued: 1_000 - 5 - READ_AHEAD });
  });
});

function outcomeOf(row: ItemRow) {
  return [row.name, row.status, row.problem?.code ?? null];
}

function isProgress(event: RecordedEvent): event is Extract<RecordedEvent, { name: 'batch.progress' }> {
  return event.name === 'batch.progress';
}

/** The rows as a window has them that only heard of changes. */
function finalRows(told: readonly Extract<RecordedEvent, { name: 'batch.progress' }>[]): readonly ItemRow[] {
  const rows = new Map(told.flatMap(({ payload }) => payload.changed).map((row) => [row.id, row]));
  return [...rows.values()].sort((a, b) => a.position - b.position);
}
