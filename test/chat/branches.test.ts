import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { must, openDocket, problemOf } from '../support/docket.ts';
import {
  contentFilter,
  cutMidStream,
  faultText,
  hangBeforeHeaders,
  prompted,
  stallMidStream,
  status,
  text,
} from '../support/model-server-replies.ts';
import { docketAt, server, tempFolder } from '../support/workspace.ts';
import { ask, done, messagesOf, send, turnsOf } from './conversation.ts';

describe('a conversation', () => {
  it('sends the whole branch with each question', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const one = await ask(docket, 'One');
    const two = await ask(docket, 'Two', { conversationId: one.conversationId, parentId: one.replyId });
    await ask(docket, 'Three', { conversationId: one.conversationId, parentId: two.replyId });

    expect(turnsOf(model.chatRequests.at(-1))).toEqual([
      'user: One',
      'assistant: You wrote: One',
      'user: Two',
      'assistant: You wrote: Two',
      'user: Three',
    ]);
  });

  it('keeps an edited question and its old branch side by side, and sends only the new one', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const one = await ask(docket, 'One');
    const old = await ask(docket, 'Two', { conversationId: one.conversationId, parentId: one.replyId });
    await ask(docket, 'Three', { conversationId: one.conversationId, parentId: old.replyId });

    const edited = await ask(docket, 'Two, edited', { conversationId: one.conversationId, parentId: one.replyId });

    expect(turnsOf(model.chatRequests.at(-1))).toEqual(['user: One', 'assistant: You wrote: One', 'user: Two, edited']);
    const { conversation, messages } = must(await docket.chat.open(one.conversationId));
    expect(messages.filter(({ parentId }) => parentId === one.replyId).map(({ content }) => content)).toEqual([
      'Two',
      'Two, edited',
    ]);
    expect(messages).toHaveLength(8);
    expect(conversation.leafId).toBe(edited.replyId);
  });

  it('keeps every reply to a question, and sends the branch up to it for another one', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const one = await ask(docket, 'One');
    const two = await ask(docket, 'Two', { conversationId: one.conversationId, parentId: one.replyId });
    const replyId = randomUUID();
    model.respond(text('Another answer.'));

    must(
      await docket.chat.regenerate({
        conversationId: one.conversationId,
        messageId: two.messageId,
        replyId,
        temperature: 1,
      }),
    );
    await done(docket, { replyId });

    expect(turnsOf(model.chatRequests.at(-1))).toEqual(turnsOf(model.chatRequests.at(-2)));
    expect(model.chatRequests.at(-1)?.body.temperature).toBe(1);
    const siblings = (await messagesOf(docket, one.conversationId)).filter(
      ({ parentId }) => parentId === two.messageId,
    );
    expect(siblings.map(({ content, temperature }) => [content, temperature])).toEqual([
      ['You wrote: Two', 0],
      ['Another answer.', 1],
    ]);
  });

  it('shows another branch on request, and continues from there', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const one = await ask(docket, 'One');
    const other = await ask(docket, 'Other', { conversationId: one.conversationId });

    const shown = must(await docket.chat.select(one.conversationId, one.replyId));
    expect(shown.leafId).toBe(one.replyId);
    expect(must(await docket.chat.select(one.conversationId, randomUUID())).leafId).toBe(one.replyId);
    await ask(docket, 'Two', { conversationId: one.conversationId, parentId: one.replyId });

    expect(turnsOf(model.chatRequests.at(-1))).toEqual(['user: One', 'assistant: You wrote: One', 'user: Two']);
    expect(other.conversationId).toBe(one.conversationId);
  });

  it.each([
    ['failed', status(401), 'failed'],
    ['was held back', contentFilter(), 'failed'],
    ['is empty', text(''), 'done'],
  ] as const)('leaves out a question whose reply %s without a word', async (_, reply, outcome) => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const one = await ask(docket, 'One');
    model.respond(reply);
    const bad = await ask(docket, 'Bad', { conversationId: one.conversationId, parentId: one.replyId });
    expect(bad.reply).toMatchObject({ status: outcome, content: '' });
    model.respond(prompted());

    await ask(docket, 'Two', { conversationId: one.conversationId, parentId: bad.replyId });

    expect(turnsOf(model.chatRequests.at(-1))).toEqual(['user: One', 'assistant: You wrote: One', 'user: Two']);
    expect(await messagesOf(docket, one.conversationId)).toHaveLength(6);
  });

  it('leaves out a question stopped before the first word', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(hangBeforeHeaders());
    const stopped = await send(docket, 'Never mind');
    await model.waitUntil(() => model.hanging === 1);
    docket.chat.stop(stopped.replyId);
    await done(docket, stopped);
    model.respond(prompted());

    await ask(docket, 'Better', { conversationId: stopped.conversationId, parentId: stopped.replyId });

    expect(turnsOf(model.chatRequests.at(-1))).toEqual(['user: Better']);
  });

  it('sends the part that arrived of a reply that was cut short', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond([cutMidStream(3)]);
    const one = await ask(docket, 'One');

    await ask(docket, 'Two', { conversationId: one.conversationId, parentId: one.replyId });

    const [, partial] = turnsOf(model.chatRequests.at(-1));
    expect(partial?.trim()).toBe(`assistant: ${faultText.split(' ').slice(0, 3).join(' ')}`);
  });

  it('continues after a question that was too long for the model', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 512 } });
    const long = await ask(docket, 'word '.repeat(1_000));
    expect(long.reply.problem).toMatchObject({ code: 'context_too_long', params: { what: 'message' } });

    const short = await ask(docket, 'Short', { conversationId: long.conversationId, parentId: long.replyId });

    expect(short.reply.status).toBe('done');
    expect(turnsOf(model.chatRequests.at(-1))).toEqual(['user: Short']);
  });
});

describe('what a window may not do', () => {
  it('is reply to a message in another conversation, or to none', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const [one, other] = [await ask(docket, 'One'), await ask(docket, 'Other')];
    const ids = () => ({ messageId: randomUUID(), replyId: randomUUID(), content: 'Hi' });

    for (const parentId of [other.replyId, randomUUID()]) {
      const refused = await docket.chat.send({ conversationId: one.conversationId, parentId, ...ids() });
      expect(problemOf(refused).code).toBe('invalid_input');
    }
    const unborn = { conversationId: randomUUID(), parentId: one.replyId, ...ids() };
    expect(problemOf(await docket.chat.send(unborn)).code).toBe('invalid_input');
    expect(await messagesOf(docket, one.conversationId)).toHaveLength(2);
    expect(await docket.chat.list()).toHaveLength(2);
    expect(model.chatRequestCount).toBe(2);
  });

  it('is send while the reply it follows is still streaming', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(hangBeforeHeaders());
    const one = await send(docket, 'One');
    await model.waitUntil(() => model.hanging === 1);

    const early = await docket.chat.send({
      conversationId: one.conversationId,
      parentId: one.replyId,
      messageId: randomUUID(),
      replyId: randomUUID(),
      content: 'Two',
    });

    expect(problemOf(early)).toMatchObject({ code: 'not_allowed', message: expect.stringMatching(/^The reply above/) });
    expect(await messagesOf(docket, one.conversationId)).toHaveLength(2);
  });

  it('is ask for a reply to a reply, or in a conversation that does not exist', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const one = await ask(docket, 'One');
    const again = { conversationId: one.conversationId, messageId: one.replyId, replyId: randomUUID() };

    expect(problemOf(await docket.chat.regenerate(again)).code).toBe('invalid_input');
    expect(problemOf(await docket.chat.regenerate({ ...again, conversationId: randomUUID() })).code).toBe(
      'invalid_input',
    );
    expect(problemOf(await docket.chat.open(randomUUID())).code).toBe('invalid_input');
    expect(problemOf(await docket.chat.rename(randomUUID(), 'x')).code).toBe('invalid_input');
  });
});

describe('the list of conversations', () => {
  it('is newest first, with titles from the first line of the first question', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    await ask(docket, '\n  Plan the move to the new warehouse in March with as few closed days as can be\nDetails…');
    await ask(docket, `${'x'.repeat(59)}😀 and more`);
    const second = await ask(docket, 'Short');

    expect((await docket.chat.list()).map(({ title }) => title)).toEqual([
      'Short',
      // No half of a character.
      `${'x'.repeat(59)}…`,
      'Plan the move to the new warehouse in March with as few…',
    ]);
    expect(must(await docket.chat.rename(second.conversationId, 'Mine')).title).toBe('Mine');
    expect(docket.payloads('chat.changed').at(-1)?.conversation.title).toBe('Mine');
  });

  it('stops the reply of a removed conversation, and has the part that arrived when restored', async () => {
    const model = await server();
    model.respond(stallMidStream(1));
    const docket = await docketAt({ baseUrl: model.url });
    const asked = await send(docket, 'Tell me a long story');
    const { text: arrived } = await docket.waitFor('chat.delta', ({ messageId }) => messageId === asked.replyId);

    must(await docket.chat.remove(asked.conversationId));

    expect(await done(docket, asked)).toMatchObject({ status: 'stopped', content: arrived });
    expect(docket.status().callsInFlight).toBe(0);
    must(await docket.chat.restore(asked.conversationId));
    const { messages } = must(await docket.chat.open(asked.conversationId));
    expect(messages.at(-1)).toMatchObject({ status: 'stopped', content: arrived });
  });

  it('hides a removed conversation until it is restored, while the history keeps its calls', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const { conversationId } = await ask(docket, 'Remember me');

    must(await docket.chat.remove(conversationId));
    expect(await docket.chat.list()).toEqual([]);
    await docket.audit.drain();
    expect((await docket.store.read.pageOfCalls({ search: 'remember', limit: 5 })).rows).toHaveLength(1);

    must(await docket.chat.restore(conversationId));
    expect((await docket.chat.list()).map(({ id }) => id)).toEqual([conversationId]);
  });

  it('is all there after a restart', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    const one = await ask(first, 'One');
    const two = await ask(first, 'Two', { conversationId: one.conversationId, parentId: one.replyId });
    await ask(first, 'Two, edited', { conversationId: one.conversationId, parentId: one.replyId });
    must(await first.chat.select(one.conversationId, two.replyId));
    const before = [await first.chat.list(), must(await first.chat.open(one.conversationId))];
    await first.close();

    const second = await docketAt({ dataDir });

    expect([await second.chat.list(), must(await second.chat.open(one.conversationId))]).toEqual(before);
  });
});
