import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/main/store/store.ts';
import { problem } from '../../src/shared/problem.ts';
import { openTestStore } from './open-test-store.ts';
import { message } from './records.ts';

let store: Store;

beforeEach(async () => {
  store = await openTestStore();
});

const talk = { id: 'c1', title: 'A talk' };
const streaming = message('r1', {
  role: 'assistant',
  parentId: 'q1',
  status: 'streaming',
  content: '',
  temperature: 0,
});

describe('a conversation', () => {
  it('is created with its first messages and shows the last one', async () => {
    const made = await store.write.appendMessages(talk, [message('q1'), streaming], 10);
    expect(made).toEqual({
      conversation: { ...talk, createdAt: 10, updatedAt: 10, leafId: 'r1', messageCount: 2 },
      messages: [message('q1'), streaming],
    });
    expect(await store.read.readConversation('c1')).toEqual(made);
    expect(await store.read.readConversation('unknown')).toBeNull();
  });

  it('keeps all its branches', async () => {
    await store.write.appendMessages(talk, [message('q1'), streaming], 10);
    const other = message('r2', { role: 'assistant', parentId: 'q1' });
    const both = await store.write.appendMessages({ id: 'c1', title: 'Another title' }, [other], 20);
    expect(both?.conversation).toMatchObject({
      title: 'A talk',
      leafId: 'r2',
      createdAt: 10,
      updatedAt: 20,
      messageCount: 3,
    });
    expect(await store.write.selectLeaf('c1', 'r1')).toMatchObject({ leafId: 'r1' });
    expect(await store.write.selectLeaf('c1', 'not-of-it')).toMatchObject({ leafId: 'r1' });
  });

  it('is not created in part if one of its messages exists already', async () => {
    await store.write.appendMessages(talk, [message('q1')], 10);
    const again = store.write.appendMessages(
      { id: 'c2', title: 'Twice' },
      [message('q2', { conversationId: 'c2' }), message('q1')],
      20,
    );
    await expect(again).rejects.toMatchObject({ name: 'StoreError', code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
    expect(await store.read.readConversation('c2')).toBeNull();
  });

  it('is listed newest first until it is removed, and can be restored', async () => {
    await store.write.appendMessages(talk, [message('q1')], 10);
    await store.write.appendMessages({ id: 'c2', title: 'Two' }, [message('q2', { conversationId: 'c2' })], 20);
    const listed = async () => (await store.read.listConversations()).map((conversation) => conversation.id);
    expect(await listed()).toEqual(['c2', 'c1']);
    await store.write.setConversationRemoved('c2', 30);
    expect(await listed()).toEqual(['c1']);
    await store.write.setConversationRemoved('c2', null);
    expect(await listed()).toEqual(['c2', 'c1']);
    expect(await store.write.renameConversation('c1', 'Renamed')).toMatchObject({ title: 'Renamed' });
    expect(await store.write.renameConversation('unknown', 'x')).toBeNull();
  });
});

describe('a reply', () => {
  it('grows by checkpoints, which no longer change it once it is final', async () => {
    await store.write.appendMessages(talk, [message('q1'), streaming], 10);
    await store.write.checkpointReply('r1', { content: 'Half of', reasoning: 'Hm.' });
    const reply = async () => (await store.read.readConversation('c1'))?.messages.at(-1);
    expect(await reply()).toMatchObject({ content: 'Half of', reasoning: 'Hm.', status: 'streaming' });
    const final = {
      ...streaming,
      content: 'Half of it.',
      reasoning: 'Hm. Well.',
      reasoningMs: 1.5,
      reasoningTokens: 40,
      cachedTokens: 1_024,
      status: 'failed',
      problem: problem('timeout_idle', { host: 'api.example.com', waitedMs: 60_000, wasAlive: false }),
      model: 'm',
      promptTokens: 1,
      completionTokens: 2,
      latencyMs: 3.5,
      timeToFirstTokenMs: 0.5,
      finishReason: 'stop',
      callId: 9,
    } as const;
    await Promise.all([
      store.write.checkpointReply('r1', { content: 'Half of it', reasoning: '' }),
      store.write.finishReply(final),
      store.write.checkpointReply('r1', { content: 'late', reasoning: '' }),
    ]);
    expect(await reply()).toEqual(final);
  });
});
