import { beforeEach, describe, expect, it } from 'vitest';
import { toRequestBody } from '../../src/main/audit/request-body.ts';
import type { ItemOutcome, NewItem } from '../../src/main/batch/item-record.ts';
import type { Store } from '../../src/main/store/store.ts';
import { type BatchStatus, type ItemStatus, noCounts } from '../../src/shared/batch-data.ts';
import { problem } from '../../src/shared/problem.ts';
import { noteWords } from '../../src/shared/reading-note-words.ts';
import { failedAnswer, makeAnswer } from '../support/answers.ts';
import { pageOfItems } from '../support/items.ts';
import { makeFolder, openReader, openTestStore, record, writeAsOldVersion } from './open-test-store.ts';
import { intent, newBatch, outcome } from './records.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = makeFolder();
  store = await openTestStore(folder);
  await store.write.insertBatch(newBatch('b1'));
});

function files(from: number, count: number, over: Partial<NewItem> = {}): readonly NewItem[] {
  return Array.from({ length: count }, (_, n) => ({
    path: `/reports/${from + n}.txt`,
    name: `${from + n}.txt`,
    bytes: 100,
    modifiedAt: 1_000,
    problem: null,
    ...over,
  }));
}

const answers = [
  makeAnswer('summary', 'Costs rose.', { callIds: [1] }),
  failedAnswer('sentiment', problem('server_error', { host: 'api.example.com', during: 'request' }), { callIds: [2] }),
  makeAnswer('topics', ['costs', 'growth'], { raw: 'costs, growth', callIds: [3] }),
];

function done(itemId: number, over: Partial<ItemOutcome> = {}): ItemOutcome {
  return {
    itemId,
    status: 'done',
    bytes: 123,
    format: 'txt',
    encoding: 'utf-8',
    notes: [{ code: 'comments_not_read', params: {} }],
    characters: 120,
    sha256: 'abc',
    text: null,
    places: null,
    totalTokens: 50,
    latencyMs: 12.5,
    problem: null,
    answers,
    ...over,
  };
}

const names = async (status?: ItemStatus, offset = 0, limit = 100) =>
  (await pageOfItems(store.read, { batchId: 'b1', status, offset, limit })).map((row) => row.name);

describe('the files of a batch', () => {
  it('are taken in their order, each once, however many take at a time', async () => {
    await store.write.addItems('b1', files(0, 3));
    await store.write.addItems('b1', files(3, 4));
    const taken = await Promise.all([1, 2, 3, 4].map(() => store.write.claimItems('b1', 2)));
    expect(taken.flat().map((item) => item.row.position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(taken.flat().every((item) => item.row.status === 'running')).toBe(true);
    expect(taken[0]?.[0]).toMatchObject({ path: '/reports/0.txt', row: { name: '0.txt', bytes: 100, batchId: 'b1' } });
    expect((await store.read.readBatch('b1'))?.batch.counts).toMatchObject({ total: 7, running: 7, queued: 0 });
  });

  it('that cannot be read are failed from the start', async () => {
    const why = problem('file_too_large', { what: 'file', bytes: 2, limitBytes: 1 });
    await store.write.addItems('b1', [...files(0, 1), ...files(1, 1, { problem: why, bytes: null })]);
    expect(await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 9 })).toMatchObject([
      { status: 'queued', problem: null },
      { status: 'failed', problem: why, bytes: null },
    ]);
    expect(await store.write.claimItems('b1', 9)).toHaveLength(1);
  });

  it('keep the text that was read, which the requests about it share', async () => {
    await store.write.addItems('b1', files(0, 2));
    const [first, second] = (await store.write.claimItems('b1', 2)).map(({ row }) => row.id);
    if (first === undefined || second === undefined) throw new Error('There are no files.');
    const text = `Costs rose. ${'And rose again. '.repeat(100)}`;
    const body = toRequestBody(JSON.stringify({ messages: [{ role: 'user', content: text }] }), [text]);
    const begun = await store.write.beginCall(intent(text, { itemId: first, body }));
    if ('callId' in begun) await store.write.endCall(outcome(begun.callId, 'Costs.'));
    await store.write.finishItem(
      done(first, { text, places: { unit: 'page', starts: [0, 12], names: null }, format: 'pdf' }),
    );
    await store.write.finishItem(done(second));
    expect(await store.read.readItemText(first)).toEqual({
      text,
      places: { unit: 'page', starts: [0, 12], names: null },
      format: 'pdf',
    });
    expect(await store.read.readItemText(second), 'nothing was read of it').toBeNull();
    const stored = openReader(folder).prepare('SELECT count(*) FROM bodies WHERE size = ?').pluck();
    expect(stored.get(text.length), 'it is stored once').toBe(1);
  });

  it('with notes on their reading are counted and listed once they have ended', async () => {
    await store.write.addItems('b1', files(0, 4));
    const [first, second, third] = await store.write.claimItems('b1', 4);
    await store.write.finishItem(done(first?.row.id ?? 0));
    await store.write.finishItem(done(second?.row.id ?? 0, { notes: [] }));
    await store.write.finishItem(done(third?.row.id ?? 0, { status: 'failed' }));
    const noted = async () =>
      (await pageOfItems(store.read, { batchId: 'b1', noted: true, offset: 0, limit: 9 })).map((row) => row.name);

    expect((await store.read.readBatch('b1'))?.batch.counts).toMatchObject({ done: 2, failed: 1, noted: 2 });
    expect(await noted()).toEqual(['0.txt', '2.txt']);

    await store.write.requeueItems('b1', 'failed');
    expect((await store.read.readBatch('b1'))?.batch.counts).toMatchObject({ noted: 1 });
    expect(await store.write.claimItems('b1', 1)).toMatchObject([{ row: { name: '2.txt', notes: [] } }]);
    expect(await noted()).toEqual(['0.txt']);
  });

  it('read by Docket 0.1 keep the sentences that it stored', async () => {
    await store.write.addItems('b1', files(0, 1));
    const [item] = await store.write.claimItems('b1', 1);
    await store.write.finishItem(done(item?.row.id ?? 0));
    writeAsOldVersion(folder, `UPDATE items SET notes = '["Two sheets were empty."]'`);
    const [row] = await pageOfItems(store.read, { batchId: 'b1', noted: true, offset: 0, limit: 9 });
    expect(row?.notes.map(noteWords)).toEqual(['Two sheets were empty.']);
  });

  it('are told with their result, and in detail with their calls', async () => {
    await store.write.addItems('b1', files(0, 1));
    const [item] = await store.write.claimItems('b1', 1);
    const itemId = item?.row.id ?? 0;
    const callId = await record(store, 'Summarize', 'Costs rose.', { itemId, batchId: 'b1' });
    const row = await store.write.finishItem(done(itemId));
    expect(row).toEqual({
      id: itemId,
      batchId: 'b1',
      position: 0,
      name: '0.txt',
      isInside: false,
      bytes: 123,
      status: 'done',
      answers: answers.map(({ question, status, value, proof }) => ({ question, status, value, proof })),
      totalTokens: 50,
      latencyMs: 12.5,
      notes: [{ code: 'comments_not_read', params: {} }],
      checkedAt: null,
      goneAt: null,
      problem: null,
    });
    expect(await store.read.readItemDetail(itemId)).toEqual({
      row,
      path: '/reports/0.txt',
      inside: [],
      apart: false,
      withoutPages: [],
      format: 'txt',
      encoding: 'utf-8',
      pages: null,
      characters: 120,
      sha256: 'abc',
      answers: answers.map(({ identity: _, ...answer }) => answer),
      calls: [expect.objectContaining({ id: callId, message: 'Summarize' })],
    });
    expect(await store.read.readItemDetail(itemId + 1)).toBeNull();
  });

  it('are paged by place, and by place among those of a status', async () => {
    await store.write.addItems('b1', files(0, 10));
    for (const { row } of (await store.write.claimItems('b1', 10)).filter((item) => item.row.position % 2 === 0)) {
      await store.write.finishItem(done(row.id));
    }
    expect(await names(undefined, 4, 3)).toEqual(['4.txt', '5.txt', '6.txt']);
    expect(await names('done', 1, 2)).toEqual(['2.txt', '4.txt']);
    expect(await names('running', 4, 9)).toEqual(['9.txt']);
    expect(await names('failed')).toEqual([]);
    const details = await store.read.pageOfDetails({ batchId: 'b1', only: 'all', from: 7, limit: 2 });
    expect(details.map((detail) => detail.row.name)).toEqual(['7.txt', '8.txt']);
    const among = await store.read.pageOfDetails({ batchId: 'b1', only: 'done', from: 5, limit: 9 });
    expect(among.map((detail) => detail.row.name)).toEqual(['6.txt', '8.txt']);
  });

  it('go back to the queue when they failed, were edited or were released', async () => {
    await store.write.addItems('b1', files(0, 4));
    const ids = (await store.write.claimItems('b1', 4)).map((item) => item.row.id);
    const [failed = 0, edited = 0, released = 0, kept = 0] = ids;
    await store.write.finishItem(
      done(failed, { status: 'failed', problem: problem('file_empty', { what: 'no_bytes' }), answers: [] }),
    );
    await store.write.finishItem(done(edited));
    await store.write.finishItem(done(kept));
    expect(await store.write.releaseItem(released)).toMatchObject({ status: 'queued' });
    expect(await store.write.releaseItem(kept), 'only what runs is released').toMatchObject({ status: 'done' });
    expect(await store.write.requeueItems('b1', 'failed')).toBe(1);
    expect((await store.read.finishedFiles('b1', -1, 9)).map((file) => file.itemId)).toEqual([edited, kept]);
    await store.write.requeueEditedItems([{ itemId: edited, isInside: false, bytes: 200, modifiedAt: 2_000 }]);
    expect(await names('queued')).toEqual(['0.txt', '1.txt', '2.txt']);
    expect((await pageOfItems(store.read, { batchId: 'b1', offset: 1, limit: 1 }))[0]).toMatchObject({
      bytes: 200,
      answers: [],
      problem: null,
    });
    expect(await store.read.finishedFiles('b1', 0, 9)).toMatchObject([
      { itemId: kept, position: 3, modifiedAt: 1_000 },
    ]);
  });

  it('are cancelled while they wait, not while they run', async () => {
    await store.write.addItems('b1', files(0, 3));
    await store.write.claimItems('b1', 1);
    expect(await store.write.cancelQueuedItems('b1')).toBe(2);
    expect((await store.read.readBatch('b1'))?.batch.counts).toEqual({
      ...noCounts,
      total: 3,
      running: 1,
      cancelled: 2,
    });
    await store.write.clearItems('b1');
    expect(await names()).toEqual([]);
  });
});

describe('a batch', () => {
  it('goes through its states and keeps when', async () => {
    expect(await store.write.changeBatch('b1', { status: 'running', at: 10, skipped: 3 })).toMatchObject({
      batch: { status: 'running', startedAt: 10, finishedAt: null, skipped: 3, problem: null },
    });
    const why = problem('quota_exhausted', { host: 'api.example.com' });
    expect((await store.write.changeBatch('b1', { status: 'interrupted', at: 20, problem: why }))?.batch).toMatchObject(
      {
        status: 'interrupted',
        startedAt: 10,
        finishedAt: null,
        problem: why,
        skipped: 3,
      },
    );
    expect((await store.write.changeBatch('b1', { status: 'finished', at: 30 }))?.batch).toMatchObject({
      startedAt: 10,
      finishedAt: 30,
      problem: null,
    });
    expect(await store.write.changeBatch('unknown', { status: 'finished', at: 30 })).toBeNull();
  });

  it('keeps how long it was at work, without the hour that it stood stopped', async () => {
    const at = async (status: BatchStatus, time: number) =>
      (await store.write.changeBatch('b1', { status, at: time }))?.batch.workedMs;
    expect(await at('ready', 5)).toBe(0);
    expect(await at('running', 1_000)).toBe(0);
    expect(await at('interrupted', 4_000)).toBe(3_000);
    expect(await at('running', 3_600_000)).toBe(3_000);
    expect(await at('finished', 3_602_000)).toBe(5_000);
    expect(await at('running', 9_000_000)).toBe(5_000);
    // The clock was set back.
    expect(await at('finished', 8_000_000)).toBe(5_000);
  });

  it('keeps how long it was at work until a crash: until it recorded its last call', async () => {
    await store.write.changeBatch('b1', { status: 'running', at: 1_000 });
    await store.write.beginCall(intent('Why?', { createdAt: 61_000 }));
    await store.write.recover();
    const { batch } = (await store.read.readBatch('b1')) ?? {};
    expect(batch).toMatchObject({ status: 'interrupted', workedMs: 60_000 });
  });

  it('that a crash cut off in a trial is ready again: nobody gave a go for the other files', async () => {
    await store.write.addItems('b1', files(1, 2));
    await store.write.changeBatch('b1', { status: 'running', at: 1_000, isTrial: true });
    await store.write.claimItems('b1', 1);
    await store.write.recover();
    const problem = { code: 'interrupted', params: { what: 'trial' } };
    expect((await store.read.readBatch('b1'))?.batch).toMatchObject({ status: 'ready', problem });
    await store.write.changeBatch('b1', { status: 'running', at: 2_000 });
    await store.write.recover();
    expect((await store.read.readBatch('b1'))?.batch).toMatchObject({ status: 'interrupted', problem: null });
  });

  it('is found again by what made it, until it is finished', async () => {
    await store.write.insertBatch(newBatch('b2', { createdAt: 1_750_000_000_001 }));
    await store.write.insertBatch(newBatch('b3', { source: 'other' }));
    expect((await store.read.findUnfinishedBatch('reports|gpt-4o-mini'))?.id).toBe('b2');
    await store.write.changeBatch('b2', { status: 'finished', at: 1 });
    expect((await store.read.findUnfinishedBatch('reports|gpt-4o-mini'))?.id).toBe('b1');
    await store.write.removeBatch('b1', 5);
    expect(await store.read.findUnfinishedBatch('reports|gpt-4o-mini')).toBeNull();
    expect(await store.read.readBatch('b1')).toBeNull();
    expect((await store.read.listBatches()).map((batch) => batch.id)).toEqual(['b2', 'b3']);
  });

  it('can be pointed at another provider', async () => {
    const to = {
      source: 'reports|llama',
      providerName: 'Ollama',
      host: '127.0.0.1:11434',
      model: 'llama',
      llm: true,
      local: true,
      temperature: 1,
    };
    await store.write.retargetBatch('b1', to);
    const { source, ...shown } = to;
    expect(await store.read.readBatch('b1')).toMatchObject({ batch: shown });
    expect((await store.read.findUnfinishedBatch(source))?.id).toBe('b1');
  });

  it('that is pointed at another provider keeps nothing that the one before said of its files', async () => {
    await store.write.addItems('b1', files(0, 2));
    const [partly, empty] = (await store.write.claimItems('b1', 2)).map((item) => item.row.id);
    const failed = {
      status: 'failed',
      problem: problem('server_error', { host: 'api.example.com', during: 'request' }),
    } as const;
    await store.write.finishItem(done(partly ?? 0, failed));
    await store.write.finishItem(done(empty ?? 0, { ...failed, answers: [] }));

    await store.write.retargetBatch('b1', newBatch('b1', { host: '127.0.0.1:11434', local: true }));

    expect(await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 9 })).toMatchObject([
      { status: 'queued', answers: [], problem: null, totalTokens: null },
      { status: 'failed', problem: failed.problem },
    ]);
    expect(await store.read.readItemDetail(partly ?? 0)).toMatchObject({ answers: [] });
  });
});
