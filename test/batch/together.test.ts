import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { batchNow, must, runBatch, type TestDocket } from '../support/docket.ts';
import { readPrompt } from '../support/model-server-prompts.ts';
import { hangBeforeHeaders, prompted, text } from '../support/model-server-replies.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

/** Asks in a new conversation and resolves with the finished reply. */
async function ask(docket: TestDocket, content: string) {
  const [conversationId, messageId, replyId] = [randomUUID(), randomUUID(), randomUUID()];
  must(await docket.chat.send({ conversationId, messageId, replyId, parentId: null, content }));
  return (await docket.waitFor('chat.done', ({ message }) => message.id === replyId)).message;
}

/** A batch of notes that are collected and wait for the start. */
async function readyBatch(docket: TestDocket, count: number, label: string): Promise<string> {
  const { id } = must(await docket.batches.create([await folderOfNotes(count, label)], { start: false }));
  await docket.batches.settled(id);
  return id;
}

describe('two batches at once', () => {
  it('both finish, and the one that started first takes files first', async () => {
    const model = await server({ latencyMs: 2 });
    const docket = await docketAt({ baseUrl: model.url });
    const [first, second] = [await readyBatch(docket, 30, 'first'), await readyBatch(docket, 30, 'second')];
    model.respond(hangBeforeHeaders());
    must(await docket.batches.start(first));
    await model.waitUntil(() => model.hanging === 5);
    must(await docket.batches.start(second));
    expect(docket.batches.activeBatches()).toBe(2);

    model.respond(prompted());
    model.release();
    await Promise.all([docket.batches.settled(first), docket.batches.settled(second)]);

    for (const id of [first, second]) {
      expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 30, total: 30 } });
    }
    const asked = model.chatRequests.map((request) => (request.prompt.includes('first') ? 'first' : 'second'));
    // Places become free for the second only when the last files of the first are under way.
    expect(asked.slice(0, 60)).toEqual(Array(60).fill('first'));
    expect(model.maxInFlight).toBeLessThanOrEqual(5);
    expect(model.chatRequestCount).toBe(180);
  });

  it('share the free places: a short first one does not hold up the second', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const [first, second] = [await readyBatch(docket, 1, 'first'), await readyBatch(docket, 1, 'second')];
    must(await docket.batches.start(first));
    must(await docket.batches.start(second));

    await model.waitUntil(() => model.hanging === 5);

    // Held up, the second would leave two of the five places empty for good. Which file is read faster is open.
    const ofSecond = model.chatRequests.filter((request) => request.prompt.includes('second'));
    expect(ofSecond.length).toBeGreaterThanOrEqual(2);
  });

  it('end by themselves: one that is cancelled leaves the other running', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const [first, second] = [await readyBatch(docket, 10, 'first'), await readyBatch(docket, 10, 'second')];
    must(await docket.batches.start(first));
    await model.waitUntil(() => model.hanging === 5);
    must(await docket.batches.start(second));

    model.respond(prompted());
    expect(must(await docket.batches.cancel(first)).counts).toMatchObject({ cancelled: 10 });
    await docket.batches.settled(second);

    expect(await batchNow(docket, second)).toMatchObject({ status: 'finished', counts: { done: 10 } });
  });
});

describe('a chat message', () => {
  it('streams at once while slow calls of a batch take every slot', async () => {
    const model = await server();
    model.respond((request) => (request.task === 'chat' ? text('Here I am.') : hangBeforeHeaders()));
    const docket = await docketAt({ baseUrl: model.url });
    const batch = must(await docket.batches.create([await folderOfNotes(20)]));
    await model.waitUntil(() => model.hanging === 5);

    const reply = await ask(docket, 'Are you there?');

    expect(reply).toMatchObject({ status: 'done', content: 'Here I am.' });
    expect(model.hanging).toBe(5);
    expect((await batchNow(docket, batch.id)).counts.done).toBe(0);
  });

  it('finds a socket also when a batch is allowed more calls than there are sockets', async () => {
    const model = await server();
    model.respond((request) => (request.task === 'chat' ? text('Here I am.') : hangBeforeHeaders()));
    const docket = await docketAt({ baseUrl: model.url, settings: { poolConnections: 4, concurrency: 64 } });
    must(await docket.batches.create([await folderOfNotes(20)]));
    await model.waitUntil(() => model.hanging === 2);

    const replies = await Promise.all([ask(docket, 'One?'), ask(docket, 'Two?')]);

    expect(replies.map((reply) => reply.status)).toEqual(['done', 'done']);
    expect(model.sockets.maxOpen).toBeLessThanOrEqual(4);
  });
});

describe('a provider that is changed while a batch runs', () => {
  it('is not taken by one whose folder is still being read: its files go where it says', async () => {
    const [old, next] = [await server(), await server()];
    const docket = await docketAt({ baseUrl: old.url });
    const folder = await folderOfNotes(600);
    const { id, status } = must(await docket.batches.create([folder]));
    expect(status).toBe('collecting');

    await docket.settings.save({ ...docket.settings.current(), baseUrl: next.url });
    await Promise.race([old, next].map((model) => model.waitForRequests(1)));
    await docket.batches.interrupt(id);

    expect(next.chatRequestCount).toBe(0);
    expect(await batchNow(docket, id)).toMatchObject({ host: new URL(old.url).host });
  });

  it('is not taken by that batch, but by the next one', async () => {
    const [old, next] = [await server(), await server()];
    old.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: old.url });
    const running = must(await docket.batches.create([await folderOfNotes(10)]));
    await old.waitUntil(() => old.hanging === 5);

    await docket.settings.save({ ...docket.settings.current(), baseUrl: next.url, model: 'gpt-4o' });
    old.respond(prompted());
    old.release();
    await docket.batches.settled(running.id);

    expect(await batchNow(docket, running.id)).toMatchObject({ status: 'finished', counts: { done: 10 } });
    expect([old.chatRequestCount, next.chatRequestCount]).toEqual([30, 0]);
    expect((await batchNow(docket, running.id)).host).toBe(new URL(old.url).host);

    const later = must(await docket.batches.create([await folderOfNotes(2)]));
    await docket.batches.settled(later.id);
    expect(await batchNow(docket, later.id)).toMatchObject({ model: 'gpt-4o', host: new URL(next.url).host });
    expect(next.chatRequestCount).toBe(6);
  });

  it('with another key leaves the batch the key that it began with', async () => {
    const old = await server({ apiKey: 'sk-of-the-old-server' });
    const next = await server({ apiKey: 'sk-of-the-new-server' });
    old.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: old.url });
    must(await docket.settings.setKey('sk-of-the-old-server', false));
    const running = must(await docket.batches.create([await folderOfNotes(10)]));
    await old.waitUntil(() => old.hanging === 5);

    await docket.settings.save({ ...docket.settings.current(), baseUrl: next.url });
    must(await docket.settings.setKey('sk-of-the-new-server', false));
    old.respond(prompted());
    old.release();
    await docket.batches.settled(running.id);

    expect(await batchNow(docket, running.id)).toMatchObject({ status: 'finished', problem: null });
    expect(next.chatRequestCount).toBe(0);
  });
});

it('asks everything about a file before the next, so that files finish one after the other', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });
  await runBatch(docket, [await folderOfNotes(8)]);
  const asked = model.chatRequests.map(({ prompt }) => readPrompt(prompt).subject);
  // A file that is read sooner goes first, but none has to wait for another between its questions.
  const turns = asked.filter((subject, place) => subject !== asked[place - 1]);
  expect(turns).toHaveLength(8);
});

it('asks all of many questions about a file before the next, whatever their number', async () => {
  const model = await server();
  model.respond(() => text('Yes.'));
  const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 2 } });
  const questions = Array.from({ length: 16 }, (_, n): Question => {
    return { id: `q${n}`, title: `${n}`, ask: `Question ${n}?`, answer: { type: 'text' }, proof: false, maxTokens: 50 };
  });
  const recipe: Recipe = { id: 'many', name: 'Many', asked: 'separately', order: 'document_first', questions };
  await runBatch(docket, [await folderOfNotes(5)], { recipe });
  const asked = model.chatRequests.map(({ prompt }) => /note \d+/.exec(prompt)?.[0] ?? '');
  const inOrder = [...new Set(asked)];
  expect(inOrder).toHaveLength(5);
  for (const [place, file] of inOrder.entries()) {
    const later = asked.slice(0, asked.lastIndexOf(file)).filter((other) => inOrder.indexOf(other) > place);
    // The few that were on record when its last questions came.
    expect(later.length, file).toBeLessThanOrEqual(2);
  }
});
