import type { Attachment, Message } from './chat-data.ts';

/** A message's place in its conversation. */
export type MessagePlace = Pick<Message, 'id' | 'conversationId' | 'parentId' | 'createdAt'>;

const nothingKnown = {
  attachments: [],
  problem: null,
  reasoning: '',
  model: null,
  providerName: null,
  llm: null,
  temperature: null,
  promptTokens: null,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  latencyMs: null,
  timeToFirstTokenMs: null,
  reasoningMs: null,
  finishReason: null,
  callId: null,
  attempts: null,
} as const;

export function newQuestion(place: MessagePlace, content: string, attachments: readonly Attachment[] = []): Message {
  return { ...nothingKnown, ...place, role: 'user', content, attachments, status: 'done' };
}

/** A reply before any of it has arrived. */
export function newReply(place: MessagePlace): Message {
  return { ...nothingKnown, ...place, role: 'assistant', content: '', status: 'streaming' };
}
