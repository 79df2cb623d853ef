import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { storeFile } from '../../src/main/store/store.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { must, openDocket, problemOf } from '../support/docket.ts';
import {
  cutMidStream,
  faultText,
  hangBeforeHeaders,
  rateLimited,
  slowTokens,
  stallMidStream,
  status,
  text,
} from '../support/model-server-replies.ts';
import { docketAt, server, tempFolder } from '../support/workspace.ts';
import { ask, done, messagesOf, seen, send, streamed } from './conversation.ts';

const firstWords = faultText.split(' ').slice(0, 3).join(' ');

describe('a message', () => {
  it('is stored with its empty reply before anything is sent', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const docket = await docketAt({ dataDir, baseUrl: model.url });
    const disk = new Database(storeFile(dataDir), { readonly: true });
    let stored: unknown[] = [];
    model.respond(() => {
      stored = disk.prepare('SELECT role, content, status FROM messages ORDER BY created_at, rowid').all();
      return text('Hello.');
    });

    await ask(docket, 'Good morning');

    expect(stored).toEqual([
      { role: 'user', content: 'Good morning', status: 'done' },
      { role: 'assistant', content: '', status: 'streaming' },
    ]);
    disk.close();
  });

  it('streams in pieces that say where they belong and add up to the reply', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(slowTokens(faultText, 15));

    const { replyId, reply, conversationId } = await ask(docket, 'What did they agree on?');

    const { deltas, text: whole } = streamed(docket, replyId);
    expect(whole).toBe(faultText);
    expect(deltas.map(({ at }) => at)).toEqual(
      deltas.map((_, n) => deltas.slice(0, n).reduce((sum, d) => sum + d.text.length, 0)),
    );
    expect(deltas.length).toBeGreaterThan(1);
    expect(reply).toMatchObject({ status: 'done', content: faultText, finishReason: 'stop', problem: null });
    expect(reply.timeToFirstTokenMs).toBeLessThan(reply.latencyMs ?? 0);
    expect(await messagesOf(docket, conversationId)).toContainEqual(reply);
  });

  it('sends the window few events for a fast reply', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const words = Array.from({ length: 2_000 }, (_, n) => `word${n} `);
    model.respond(text(words.join(''), { chunks: words }));

    const { replyId, reply } = await ask(docket, 'Many words, please');

    const { deltas, text: whole } = streamed(docket, replyId);
    expect(whole).toBe(reply.content);
    expect(whole).toBe(words.join(''));
    expect(deltas.length).toBeLessThan(200);
  });

  it('sends model and temperature from the message, or else from the settings', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { temperature: 0.3 } });

    await ask(docket, 'One');
    await ask(docket, 'Two', { model: 'gpt-4o', temperature: 1 });

    expect(model.chatRequests.map(({ body }) => [body.model, body.temperature, body.stream])).toEqual([
      ['gpt-4o-mini', 0.3, true],
      ['gpt-4o', 1, true],
    ]);
    expect(model.violations).toEqual([]);
  });

  it('records its call with the conversation and tokens, in the row the reply refers to', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { reply, conversationId, replyId } = await ask(docket, 'Count this');
    await docket.audit.drain();

    const call = await docket.store.read.callDetail(reply.callId ?? 0);

    expect(call).toMatchObject({
      kind: 'chat',
      status: 'ok',
      conversationId,
      messageId: replyId,
      replyBody: reply.content,
      promptTokens: reply.promptTokens,
      completionTokens: reply.completionTokens,
    });
    expect(reply.promptTokens).toBeGreaterThan(0);
  });

  it('is answered by the built-in engine, which says that it is not a model', async () => {
    const docket = await docketAt();

    const { reply } = await ask(docket, 'Hello, who are you?');

    expect(reply).toMatchObject({ status: 'done', llm: false, providerName: 'Built-in text engine' });
    expect(reply.content).toMatch(/no language model/i);
  });
});

describe('two replies at once', () => {
  it('stream side by side, each to its own message', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond((request) => stallMidStream(2, request.prompt));
    const one = await send(docket, 'first words of one');
    const two = await send(docket, 'other words of two');
    await Promise.all([seen(docket, one.replyId, 'first'), seen(docket, two.replyId, 'other')]);

    expect(model.inFlight).toBe(2);
    model.release();
    const replies = await Promise.all([done(docket, one), done(docket, two)]);

    expect(replies.map((reply) => reply.content)).toEqual(['first words of one', 'other words of two']);
    expect(streamed(docket, one.replyId).text).toBe('first words of one');
    expect(streamed(docket, two.replyId).text).toBe('other words of two');
  });
});

describe('a provider that asks to wait', () => {
  it('is reported to the window with reason and time, and tried again', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond([rateLimited({ retryAfterSeconds: 0.2 }), text('Hello.')]);

    const { replyId, reply } = await ask(docket, 'Good morning');

    expect(reply).toMatchObject({ status: 'done', content: 'Hello.', attempts: 2 });
    expect(reply.latencyMs).toBeGreaterThanOrEqual(200);
    expect(reply.timeToFirstTokenMs).toBeGreaterThanOrEqual(200);
    const { messages } = must(await docket.chat.open(reply.conversationId));
    expect(messages.at(-1)).toMatchObject({ attempts: 2, latencyMs: reply.latencyMs });
    const [told, ...more] = docket.payloads('chat.waiting');
    expect(told).toMatchObject({
      messageId: replyId,
      wait: { attempt: 2, attempts: 5, problem: { code: 'rate_limited', retryAfterMs: 200 } },
    });
    expect(told?.wait.delayMs).toBeGreaterThanOrEqual(200);
    expect(more).toEqual([]);
  });

  it('is not waited for once the reply is stopped', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(rateLimited({ retryAfterSeconds: 60 }));
    const asked = await send(docket, 'Good morning');
    await docket.waitFor('chat.waiting', ({ messageId }) => messageId === asked.replyId);

    docket.chat.stop(asked.replyId);
    const reply = await done(docket, asked);

    expect(reply).toMatchObject({ status: 'stopped', content: '', problem: null, attempts: 1 });
    // Since it was asked, not what the refusal took.
    const told = await docket.store.read.callDetail(reply.callId ?? 0);
    expect(reply.latencyMs).toBeGreaterThan(told?.latencyMs ?? Number.POSITIVE_INFINITY);
    // After the minute that was asked for it would have been asked again.
    expect(model.chatRequestCount).toBe(1);
  });
});

describe('stop', () => {
  it('keeps the part that arrived, and tells the server', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(stallMidStream(3));
    const asked = await send(docket, 'Go on');
    await seen(docket, asked.replyId, firstWords);

    docket.chat.stop(asked.replyId);
    const reply = await done(docket, asked);

    expect(reply).toMatchObject({ status: 'stopped', problem: null });
    expect(reply.content.trim()).toBe(firstWords);
    await model.waitUntil(() => model.inFlight === 0);
    expect(model.chatRequests[0]?.outcome).toBe('clientLeft');
    await docket.audit.drain();
    expect(await docket.store.read.callDetail(reply.callId ?? 0)).toMatchObject({
      status: 'cancelled',
      replyBody: reply.content,
    });
  });

  it('before the first word leaves an empty reply', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(hangBeforeHeaders());
    const asked = await send(docket, 'Go on');
    await model.waitUntil(() => model.hanging === 1);

    docket.chat.stop(asked.replyId);

    expect(await done(docket, asked)).toMatchObject({ status: 'stopped', content: '', problem: null });
  });

  it('of a reply that is over changes nothing', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const { replyId, reply, conversationId } = await ask(docket, 'Hello');

    docket.chat.stop(replyId);
    docket.chat.stop(randomUUID());

    expect(await messagesOf(docket, conversationId)).toContainEqual(reply);
  });
});

describe('a reply that fails', () => {
  it('keeps the problem and the part that arrived', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(cutMidStream(3));

    const { reply, conversationId, replyId } = await ask(docket, 'Go on');

    expect(reply).toMatchObject({ status: 'failed', problem: { code: 'connection_failed' } });
    expect(reply.content.trim()).toBe(firstWords);
    expect(streamed(docket, replyId).text).toBe(reply.content);
    expect(model.chatRequestCount).toBe(1);
    const stored = (await messagesOf(docket, conversationId)).find((message) => message.id === replyId);
    expect(stored).toEqual(reply);
  });

  it('without a word is retried if that may help, and otherwise says why', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond([status(503)]);
    expect((await ask(docket, 'Once more')).reply.status).toBe('done');
    expect(model.chatRequestCount).toBe(2);

    model.respond(status(401));
    const { reply } = await ask(docket, 'And now?');
    expect(reply).toMatchObject({ status: 'failed', content: '', problem: { code: 'unauthorized', httpStatus: 401 } });
    expect(model.chatRequestCount).toBe(3);
  });

  it('is not sent if the conversation is longer than the model reads', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 512 } });

    const { reply } = await ask(docket, 'word '.repeat(1_000));

    expect(reply).toMatchObject({ status: 'failed', content: '', callId: null, problem: { code: 'context_too_long' } });
    expect(reply.problem && problemSentence(reply.problem)).toMatch(
      /^This message is about 1,250 tokens long.*reads at most 512.*Nothing was sent/,
    );
    expect(model.chatRequestCount).toBe(0);
  });

  it('because the store rejects its final state is still reported to the window', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const docket = await docketAt({ dataDir, baseUrl: model.url });
    const disk = new Database(storeFile(dataDir));
    disk.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON messages WHEN NEW.status = 'done'
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    disk.close();

    const { reply } = await ask(docket, 'Hello');
    await docket.chat.close();

    expect(reply).toMatchObject({ status: 'failed', problem: { code: 'store_failed' } });
    expect(docket.logged.join()).toContain('database or disk is full');
  });
});

describe('a quit while a reply streams', () => {
  it('keeps the part that arrived as interrupted, and the next start has all of it', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    const earlier = await ask(first, 'What is this?');
    model.respond(stallMidStream(3));
    const asked = await send(first, 'Go on', { conversationId: earlier.conversationId, parentId: earlier.replyId });
    await seen(first, asked.replyId, firstWords);
    await first.close();

    expect(first.logged).toEqual([]);
    const told = await done(first, asked);
    expect(told).toMatchObject({ status: 'interrupted', problem: { code: 'interrupted' } });
    const second = await docketAt({ dataDir });
    expect(second.recovery).toEqual({ callsInDoubt: 0, callsNotSent: 0, repliesInterrupted: 0, batchesInterrupted: 0 });
    const messages = await messagesOf(second, asked.conversationId);
    expect(messages.map(({ role, content }) => [role, content.trim()])).toEqual([
      ['user', 'What is this?'],
      ['assistant', 'You wrote: What is this?'],
      ['user', 'Go on'],
      ['assistant', firstWords],
    ]);
    expect(messages.at(-1)).toEqual(told);
    expect((await second.chat.list()).map(({ id, title }) => [id, title])).toEqual([
      [asked.conversationId, 'What is this?'],
    ]);
  });

  it('refuses messages sent after it', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const closing = docket.chat.close();
    const ids = { conversationId: randomUUID(), messageId: randomUUID(), replyId: randomUUID() };

    expect(problemOf(await docket.chat.send({ ...ids, parentId: null, content: 'Hi' })).code).toBe('shutting_down');
    await closing;
  });

  it('waits for a message that was just being sent', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    const sending = send(first, 'Just now');
    await first.close();
    const { conversationId } = await sending;

    const second = await docketAt({ dataDir });
    expect(second.recovery.repliesInterrupted).toBe(0);
    expect((await messagesOf(second, conversationId)).map(({ status }) => status)).toEqual(['done', 'interrupted']);
    expect(first.logged).toEqual([]);
    must(await second.chat.open(conversationId));
  });
});
