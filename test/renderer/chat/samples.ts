import { createChatStore } from '../../../src/renderer/src/chat/chat-store.ts';
import type {
  Attachment,
  Conversation,
  ConversationWithMessages,
  Message,
  ReplyDelta,
} from '../../../src/shared/chat-data.ts';
import { newQuestion } from '../../../src/shared/new-message.ts';
import { createScriptedBridge, settle } from '../batch/scripted-bridge.ts';

export const conversationId = '00000000-0000-4000-8000-000000000001';

export function makeConversation(over: Partial<Conversation> = {}): Conversation {
  return {
    id: conversationId,
    title: 'Lease of the office',
    createdAt: 1_000,
    updatedAt: 1_000,
    leafId: null,
    messageCount: 0,
    ...over,
  };
}

export function makeAttachment(over: Partial<Attachment> = {}): Attachment {
  return {
    id: 'a1',
    name: 'lease.pdf',
    format: 'pdf',
    bytes: 120_000,
    sha256: '0'.repeat(64),
    pages: 12,
    characters: 34_000,
    textBytes: 34_100,
    tokens: 8_500,
    notes: [],
    ...over,
  };
}

export function makeMessage(over: Partial<Message> & Pick<Message, 'id' | 'role'>): Message {
  return { ...newQuestion({ id: over.id, conversationId, parentId: null, createdAt: 1_000 }, ''), ...over };
}

/** A piece of a reply. */
export function makeDelta(over: Partial<ReplyDelta>): ReplyDelta {
  const nothing = { anew: false, reasoningAt: 0, reasoning: '', reasoningMs: null, at: 0, text: '' };
  return { conversationId: 'new-1', messageId: 'new-3', ...nothing, ...over };
}

/** A question and its reply, and a second reply to the same question. */
export function makeBranches(): ConversationWithMessages {
  return {
    conversation: makeConversation({ leafId: 'r2', messageCount: 3 }),
    messages: [
      makeMessage({ id: 'q1', role: 'user', content: 'When does it end?' }),
      makeMessage({ id: 'r1', role: 'assistant', parentId: 'q1', content: 'In May.' }),
      makeMessage({ id: 'r2', role: 'assistant', parentId: 'q1', content: 'On 31 May 2027.' }),
    ],
  };
}

/** A started store on a scripted bridge; the test paints frames and advances time. */
export async function startChat(answers: Parameters<typeof createScriptedBridge>[0]) {
  const frames: (() => void)[] = [];
  const clock = { now: 10_000 };
  let made = 0;
  const bridge = createScriptedBridge({ 'chat.list': () => [makeConversation()], ...answers });
  const chat = createChatStore(bridge, {
    schedule: (run) => frames.push(run),
    now: () => clock.now,
    uptime: () => clock.now,
    newId: () => {
      made += 1;
      return `new-${made}`;
    },
  });
  chat.start();
  await settle();
  return {
    bridge,
    chat,
    clock,
    frames,
    paint(): void {
      for (const run of frames.splice(0)) run();
    },
    /** The text of a message as the window would show it. */
    text: (messageId: string, conversation = conversationId) =>
      chat.getState().threads.get(conversation)?.messages.get(messageId)?.content,
    /** The ids of the displayed branch. */
    path: (conversation = conversationId) =>
      chat
        .getState()
        .threads.get(conversation)
        ?.path.map(({ id }) => id),
  };
}
