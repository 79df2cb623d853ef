import { describe, expect, it } from 'vitest';
import type { ConversationWithMessages, Message } from '../../../src/shared/chat-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import { deferred, settle } from '../batch/scripted-bridge.ts';
import {
  conversationId,
  makeAttachment,
  makeBranches,
  makeConversation,
  makeDelta,
  makeMessage,
  startChat,
} from './samples.ts';

const offline = problem('connection_failed', { host: 'api.example.com', reason: 'refused' });

function answerTo(question: {
  conversationId: string;
  messageId: string;
  replyId: string;
  parentId: string | null;
  content: string;
}): ConversationWithMessages {
  return {
    conversation: makeConversation({ id: question.conversationId, leafId: question.replyId, updatedAt: 20_000 }),
    messages: [
      makeMessage({
        id: question.messageId,
        conversationId: question.conversationId,
        parentId: question.parentId,
        role: 'user',
        content: question.content,
      }),
      makeMessage({
        id: question.replyId,
        conversationId: question.conversationId,
        parentId: question.messageId,
        role: 'assistant',
        status: 'streaming',
      }),
    ],
  };
}

describe('sending', () => {
  it('shows the question and an empty reply before main has answered', async () => {
    const answer = deferred<ConversationWithMessages>();
    const { chat, path } = await startChat({ 'chat.send': () => answer.promise });
    void chat.send('Hello');
    expect(chat.getState().selectedId).toBe('new-1');
    expect(path('new-1')).toEqual(['new-2', 'new-3']);
    expect(chat.getState().conversations?.map(({ title }) => title)).toEqual(['Hello', 'Lease of the office']);
  });

  it('removes everything if main refuses, and says why', async () => {
    const { chat } = await startChat({ 'chat.send': () => offline });
    expect(await chat.send('Hello')).toBe(false);
    expect(chat.getState().selectedId).toBeNull();
    expect(chat.getState().conversations).toHaveLength(1);
    expect(chat.getState().sendProblem).toEqual(offline);
  });

  it('leaves the branch unchanged if a later message is refused', async () => {
    const { chat, path } = await startChat({ 'chat.open': makeBranches, 'chat.send': () => offline });
    chat.select(conversationId);
    await settle();
    await chat.send('And the rent?');
    expect(path()).toEqual(['q1', 'r2']);
  });

  it('passes model and temperature only if they were chosen', async () => {
    const { chat, bridge } = await startChat({ 'chat.send': answerTo });
    await chat.send('Hello', { model: 'small' });
    expect(bridge.inputs('chat.send')[0]).toMatchObject({ model: 'small', parentId: null, content: 'Hello' });
    expect(bridge.inputs('chat.send')[0]).not.toHaveProperty('temperature');
  });

  it('shows the files of a question at once and names them to main by id', async () => {
    const answer = deferred<ConversationWithMessages>();
    const { chat, bridge } = await startChat({ 'chat.send': () => answer.promise });
    void chat.send('', {}, [makeAttachment()]);
    expect(chat.getState().threads.get('new-1')?.messages.get('new-2')?.attachments).toEqual([makeAttachment()]);
    expect(chat.getState().conversations?.[0]?.title).toBe('lease.pdf');
    expect(bridge.inputs('chat.send')[0]).toMatchObject({ content: '', attachmentIds: ['a1'] });
  });

  it('gives a new conversation the title that main will give it', async () => {
    const { chat } = await startChat({ 'chat.send': () => deferred<ConversationWithMessages>().promise });
    void chat.send(`Plan the move to the new warehouse in March with as few closed days as can be\nDetails`);
    expect(chat.getState().conversations?.[0]?.title).toBe('Plan the move to the new warehouse in March with as few…');
  });

  it('does not send while a reply is being written', async () => {
    const { chat, bridge } = await startChat({ 'chat.send': answerTo });
    await chat.send('Hello');
    expect(await chat.send('Hello?')).toBe(false);
    expect(bridge.inputs('chat.send')).toHaveLength(1);
  });

  it('asks an edited question as a sibling of the old one', async () => {
    const branches = makeBranches();
    const { chat, bridge, path } = await startChat({
      'chat.open': () => branches,
      'chat.send': (input) => ({ ...answerTo(input), messages: [...branches.messages, ...answerTo(input).messages] }),
    });
    chat.select(conversationId);
    await settle();
    await chat.edit(branches.messages[0] as Message, { content: 'When may it end?', attachments: [makeAttachment()] });
    expect(bridge.inputs('chat.send')[0]).toMatchObject({ parentId: null, attachmentIds: ['a1'] });
    expect(path()).toEqual(['new-1', 'new-2']);
    expect(chat.getState().threads.get(conversationId)?.path[0]?.siblings).toEqual(['q1', 'new-1']);
  });
});

describe('streaming', () => {
  async function streaming() {
    const started = await startChat({ 'chat.send': answerTo });
    await started.chat.send('Hello');
    const delta = (at: number, text: string) => started.bridge.emit('chat.delta', makeDelta({ at, text }));
    const reply = () => started.chat.getState().threads.get('new-1')?.messages.get('new-3');
    return { ...started, delta, reply, shown: () => started.text('new-3', 'new-1') };
  }

  it('changes the window once per frame however many pieces arrive', async () => {
    const { chat, delta, shown, frames, paint } = await streaming();
    let changes = 0;
    chat.subscribe(() => {
      changes += 1;
    });
    for (const [at, piece] of [...'streamed text'].entries()) delta(at, piece);
    expect(frames).toHaveLength(1);
    expect(changes).toBe(0);
    paint();
    expect(changes).toBe(1);
    expect(shown()).toBe('streamed text');
  });

  it('keeps the displayed branch the same object while only text changes', async () => {
    const { chat, delta, paint } = await streaming();
    const before = chat.getState().threads.get('new-1')?.path;
    delta(0, 'a');
    paint();
    expect(chat.getState().threads.get('new-1')?.path).toBe(before);
  });

  it('does not repeat what an answer from main already contained', async () => {
    const { delta, shown, paint } = await streaming();
    delta(0, 'abc');
    paint();
    delta(1, 'bcde');
    paint();
    expect(shown()).toBe('abcde');
  });

  it('adds reasoning to a reply separately from the answer', async () => {
    const { bridge, reply, paint } = await streaming();
    bridge.emit('chat.delta', makeDelta({ reasoning: 'Let me ' }));
    paint();
    expect(reply()).toMatchObject({ reasoning: 'Let me ', content: '', reasoningMs: null });
    bridge.emit('chat.delta', makeDelta({ reasoningAt: 7, reasoning: 'see.', text: 'Fine', reasoningMs: 1_200 }));
    bridge.emit('chat.delta', makeDelta({ reasoningAt: 11, at: 4, text: '.' }));
    paint();
    expect(reply()).toMatchObject({ reasoning: 'Let me see.', content: 'Fine.', reasoningMs: 1_200 });
  });

  it('removes text that turned out to be reasoning, and text of a failed attempt', async () => {
    const { bridge, reply, paint } = await streaming();
    bridge.emit('chat.delta', makeDelta({ text: 'Let me see.' }));
    bridge.emit('chat.delta', makeDelta({ anew: true, reasoning: 'Let me see.', text: 'Fine.' }));
    paint();
    expect(reply()).toMatchObject({ reasoning: 'Let me see.', content: 'Fine.' });
    bridge.emit('chat.delta', makeDelta({ anew: true }));
    paint();
    expect(reply()).toMatchObject({ reasoning: '', content: '' });
  });

  it('reads the conversation again if it missed that an answer was reasoning', async () => {
    const { bridge, delta, paint } = await streaming();
    delta(0, 'Let me see.');
    paint();
    bridge.emit('chat.delta', makeDelta({ reasoningAt: 11, at: 2, text: 'ne.' }));
    paint();
    expect(bridge.inputs('chat.open')).toHaveLength(1);
  });

  it('reads the conversation again if a piece is missing, and fills the gap', async () => {
    const { bridge, delta, shown, paint } = await streaming();
    bridge.answers['chat.open'] = () => {
      const { conversation, messages } = answerTo({
        conversationId: 'new-1',
        messageId: 'new-2',
        replyId: 'new-3',
        parentId: null,
        content: 'Hello',
      });
      return {
        conversation,
        messages: messages.map((message) => (message.role === 'user' ? message : { ...message, content: 'one two ' })),
      };
    };
    delta(8, 'three');
    paint();
    expect(shown()).toBe('');
    await settle();
    expect(shown()).toBe('one two three');
    expect(bridge.inputs('chat.open')).toHaveLength(1);
  });

  it('waits before asking again if the gap remains', async () => {
    const { bridge, clock, delta, paint } = await streaming();
    bridge.answers['chat.open'] = () =>
      answerTo({ conversationId: 'new-1', messageId: 'new-2', replyId: 'new-3', parentId: null, content: 'Hello' });
    delta(8, 'three');
    paint();
    await settle();
    delta(13, ' four');
    paint();
    await settle();
    expect(bridge.inputs('chat.open')).toHaveLength(1);
    clock.now += 1_000;
    delta(18, ' five');
    paint();
    await settle();
    expect(bridge.inputs('chat.open')).toHaveLength(2);
  });

  it('ends with the text from main, whatever was missing', async () => {
    const { bridge, delta, shown, paint } = await streaming();
    delta(8, 'three');
    bridge.emit('chat.done', {
      message: makeMessage({
        id: 'new-3',
        conversationId: 'new-1',
        parentId: 'new-2',
        role: 'assistant',
        content: 'All of it.',
      }),
    });
    delta(13, ' late');
    paint();
    expect(shown()).toBe('All of it.');
  });

  it('is not set back by an outdated answer', async () => {
    const answer = deferred<ConversationWithMessages>();
    const { chat, bridge, text } = await startChat({ 'chat.send': () => answer.promise });
    void chat.send('Hello');
    const finished = makeMessage({
      id: 'new-3',
      conversationId: 'new-1',
      parentId: 'new-2',
      role: 'assistant',
      content: 'Hi',
    });
    bridge.emit('chat.done', { message: finished });
    answer.resolve(
      answerTo({ conversationId: 'new-1', messageId: 'new-2', replyId: 'new-3', parentId: null, content: 'Hello' }),
    );
    await settle();
    expect(text('new-3', 'new-1')).toBe('Hi');
    expect(chat.getState().threads.get('new-1')?.messages.get('new-3')?.status).toBe('done');
  });

  it('stops a reply only once main knows of it', async () => {
    const answer = deferred<ConversationWithMessages>();
    const { chat, bridge } = await startChat({ 'chat.send': () => answer.promise, 'chat.stop': () => null });
    void chat.send('Hello');
    const stopped = chat.stop();
    await settle();
    expect(bridge.inputs('chat.stop')).toEqual([]);
    answer.resolve(
      answerTo({ conversationId: 'new-1', messageId: 'new-2', replyId: 'new-3', parentId: null, content: 'Hello' }),
    );
    await stopped;
    expect(bridge.inputs('chat.stop')).toEqual([{ replyId: 'new-3' }]);
  });
});

describe('a reply that is waiting to be retried', () => {
  const limited = problem('rate_limited', { host: 'api.example.com' }, { retryAfterMs: 30_000 });
  const wait = { problem: limited, attempt: 2, attempts: 5, delayMs: 30_200 };

  async function waiting() {
    const started = await startChat({ 'chat.send': answerTo });
    await started.chat.send('Hello');
    started.bridge.emit('chat.waiting', { messageId: 'new-3', wait });
    return { ...started, waitOf: (id: string) => started.chat.getState().waits.get(id) };
  }

  const reply = { id: 'new-3', conversationId: 'new-1', parentId: 'new-2', role: 'assistant' } as const;

  it('knows until when, and replaces an earlier wait with a later one', async () => {
    const { bridge, clock, waitOf } = await waiting();
    expect(waitOf('new-3')).toEqual({ ...wait, until: 40_200 });
    clock.now += 30_200;
    bridge.emit('chat.waiting', { messageId: 'new-3', wait: { ...wait, attempt: 3, delayMs: 1_000 } });
    expect(waitOf('new-3')).toMatchObject({ attempt: 3, until: 41_200 });
  });

  it('stops waiting with its first words', async () => {
    const { bridge, paint, text, waitOf } = await waiting();
    bridge.emit('chat.waiting', { messageId: 'another', wait });
    bridge.emit('chat.delta', makeDelta({ text: 'Hi' }));
    paint();
    expect(text('new-3', 'new-1')).toBe('Hi');
    expect(waitOf('new-3')).toBeUndefined();
    expect(waitOf('another')).toBeDefined();
  });

  it.each(['done', 'failed', 'stopped', 'interrupted'] as const)('stops waiting when it is %s', async (status) => {
    const { bridge, waitOf } = await waiting();
    bridge.emit('chat.done', { message: makeMessage({ ...reply, status }) });
    expect(waitOf('new-3')).toBeUndefined();
  });

  it('keeps waiting while another conversation is displayed', async () => {
    const { chat, waitOf } = await waiting();
    chat.select(conversationId);
    await settle();
    chat.select('new-1');
    expect(waitOf('new-3')).toMatchObject({ until: 40_200 });
  });
});

describe('versions', () => {
  it('shows another version at once and tells main its leaf', async () => {
    const { chat, bridge, path } = await startChat({
      'chat.open': makeBranches,
      'chat.select': () => makeConversation({ leafId: 'r1' }),
    });
    chat.select(conversationId);
    await settle();
    void chat.showVersion(conversationId, 'r1');
    expect(path()).toEqual(['q1', 'r1']);
    expect(bridge.inputs('chat.select')).toEqual([{ conversationId, leafId: 'r1' }]);
  });

  it('regenerates a reply as a sibling', async () => {
    const { chat, bridge, path } = await startChat({ 'chat.open': makeBranches });
    const answer = deferred<ConversationWithMessages>();
    bridge.answers['chat.regenerate'] = () => answer.promise;
    chat.select(conversationId);
    await settle();
    void chat.regenerate(makeBranches().messages[2] as Message);
    expect(path()).toEqual(['q1', 'new-1']);
    expect(chat.getState().threads.get(conversationId)?.path[1]?.siblings).toEqual(['r1', 'r2', 'new-1']);
    expect(bridge.inputs('chat.regenerate')[0]).toMatchObject({ messageId: 'q1', replyId: 'new-1' });
  });
});

describe('the list', () => {
  it('says why it could not be read', async () => {
    const { chat } = await startChat({ 'chat.list': () => offline });
    expect(chat.getState().conversations).toBeNull();
    expect(chat.getState().listProblem).toEqual(offline);
  });

  it('moves a conversation to the top when it changes', async () => {
    const { chat, bridge } = await startChat({
      'chat.list': () => [makeConversation({ updatedAt: 5 }), makeConversation({ id: 'b', updatedAt: 4 })],
    });
    bridge.emit('chat.changed', { conversation: makeConversation({ id: 'b', updatedAt: 6, title: 'Renamed' }) });
    expect(chat.getState().conversations?.map(({ id, title }) => [id, title])).toEqual([
      ['b', 'Renamed'],
      [conversationId, 'Lease of the office'],
    ]);
  });

  it('shows the neighbour of a removed conversation, and can restore it', async () => {
    const other = makeConversation({ id: 'b', updatedAt: 4 });
    const { chat } = await startChat({
      'chat.list': () => [makeConversation({ updatedAt: 5 }), other],
      'chat.open': makeBranches,
      'chat.remove': () => null,
      'chat.restore': () => makeConversation({ updatedAt: 5 }),
    });
    chat.select(conversationId);
    await chat.remove(conversationId);
    expect(chat.getState().selectedId).toBe('b');
    expect(chat.getState().conversations).toEqual([other]);
    await chat.restore(conversationId);
    expect(chat.getState().selectedId).toBe(conversationId);
    expect(chat.getState().conversations).toHaveLength(2);
  });

  it('does not keep showing a conversation selected while it was being removed', async () => {
    const answer = deferred<null>();
    const other = makeConversation({ id: crypto.randomUUID(), updatedAt: 1 });
    const { chat } = await startChat({
      'chat.list': () => [makeConversation(), other],
      'chat.remove': () => answer.promise,
    });
    chat.select(other.id);
    const removing = chat.remove(conversationId);
    chat.select(conversationId);
    answer.resolve(null);
    await removing;
    expect(chat.getState().selectedId).toBe(other.id);
  });

  it('does not restore a removed conversation because of a late event', async () => {
    const { chat, bridge } = await startChat({ 'chat.remove': () => null });
    await chat.remove(conversationId);
    bridge.emit('chat.changed', { conversation: makeConversation() });
    expect(chat.getState().conversations).toEqual([]);
  });

  it('keeps a bounded number of conversations in memory', async () => {
    const { chat } = await startChat({
      'chat.open': ({ conversationId: id }) => ({ conversation: makeConversation({ id }), messages: [] }),
    });
    for (let each = 0; each < 40; each += 1) {
      chat.select(`c${each}`);
      await settle();
    }
    expect(chat.getState().threads.size).toBe(20);
    expect(chat.getState().threads.has('c39')).toBe(true);
  });
});
