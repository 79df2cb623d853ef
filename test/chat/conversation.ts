/** What a window does with the chat, for tests. */
import { randomUUID } from 'node:crypto';
import type { Attachment, Message } from '../../src/shared/chat-data.ts';
import { must, type TestDocket } from '../support/docket.ts';
import type { RecordedRequest } from '../support/model-server-requests.ts';

export interface Asked {
  readonly conversationId: string;
  readonly messageId: string;
  readonly replyId: string;
}

interface AskOptions {
  readonly conversationId?: string;
  readonly parentId?: string | null;
  readonly attachments?: readonly Attachment[];
  readonly model?: string;
  readonly temperature?: number;
}

/** Sends a question; resolves once it is stored and the reply is under way. */
export async function send(docket: TestDocket, content: string, options: AskOptions = {}): Promise<Asked> {
  const { conversationId = randomUUID(), parentId = null, attachments = [], ...rest } = options;
  const request = { conversationId, parentId, messageId: randomUUID(), replyId: randomUUID() };
  must(await docket.chat.send({ ...request, content, attachmentIds: attachments.map(({ id }) => id), ...rest }));
  return request;
}

/** Reads a file for a question. */
export async function attach(docket: TestDocket, path: string): Promise<Attachment> {
  return must(await docket.attachments.attach(randomUUID(), path));
}

/** The reply in its final state. */
export async function done(docket: TestDocket, { replyId }: Pick<Asked, 'replyId'>): Promise<Message> {
  return (await docket.waitFor('chat.done', ({ message }) => message.id === replyId)).message;
}

/** Sends a question and resolves with its final reply. */
export async function ask(
  docket: TestDocket,
  content: string,
  options: AskOptions = {},
): Promise<Asked & { reply: Message }> {
  const asked = await send(docket, content, options);
  return { ...asked, reply: await done(docket, asked) };
}

/** The events of a reply, and the text that they add up to. */
export function streamed(docket: TestDocket, replyId: string) {
  const deltas = docket.payloads('chat.delta').filter(({ messageId }) => messageId === replyId);
  let text = '';
  for (const delta of deltas) text = text.slice(0, delta.at) + delta.text;
  return { deltas, text };
}

/** Resolves when the window has seen this text of a reply. */
export function seen(docket: TestDocket, replyId: string, text: string): Promise<unknown> {
  return docket.waitFor('chat.delta', ({ messageId }) => {
    return messageId === replyId && streamed(docket, replyId).text.includes(text);
  });
}

/** The turns of a request, as `role: content`. */
export function turnsOf(request: RecordedRequest | undefined): readonly string[] {
  return (request?.body.messages ?? []).map(({ role, content }) => `${role}: ${String(content)}`);
}

export async function messagesOf(docket: TestDocket, conversationId: string): Promise<readonly Message[]> {
  return must(await docket.chat.open(conversationId)).messages;
}
