import type { ConversationWithMessages, Message } from '../../../shared/chat-data.ts';
import { type PathEntry, pathTo } from './message-tree.ts';

/** A conversation that has been opened. */
export interface Thread {
  /** The messages of all branches, in the order they were created. */
  readonly messages: ReadonlyMap<string, Message>;
  readonly leafId: string | null;
  /** The displayed branch. Stays the same object while only texts change. */
  readonly path: readonly PathEntry[];
}

export const emptyThread: Thread = { messages: new Map(), leafId: null, path: [] };

function makeThread(messages: ReadonlyMap<string, Message>, leafId: string | null): Thread {
  return { messages, leafId, path: pathTo(messages, leafId) };
}

/** A finished message no longer changes: keeping the known object avoids rendering it again. */
function isSame(known: Message, sent: Message): boolean {
  return known.status === sent.status && known.callId === sent.callId && known.content === sent.content;
}

/** The newer of a known message and the one main sent: an answer may be older than events that overtook it. */
function newerOf(known: Message | undefined, sent: Message): Message {
  if (known === undefined) return sent;
  if (sent.status !== 'streaming') return isSame(known, sent) ? known : sent;
  if (known.status !== 'streaming') return known;
  const { content, reasoning, reasoningMs } = known;
  return isFurther(known, sent) ? { ...sent, content, reasoning, reasoningMs } : sent;
}

/** Both texts only grow, except that an answer may turn out to be reasoning. */
function isFurther(one: Message, other: Message): boolean {
  const lengthOf = ({ content, reasoning }: Message) => content.length + reasoning.length;
  return lengthOf(one) === lengthOf(other)
    ? one.reasoning.length > other.reasoning.length
    : lengthOf(one) > lengthOf(other);
}

/** Merges main's answer with what is known. Messages still being sent are kept. */
export function mergeThread(
  known: Thread | undefined,
  sent: ConversationWithMessages,
  sending: ReadonlySet<string>,
): Thread {
  const messages = new Map<string, Message>();
  for (const message of sent.messages) messages.set(message.id, newerOf(known?.messages.get(message.id), message));
  let leafId = sent.conversation.leafId;
  for (const message of known?.messages.values() ?? []) {
    if (messages.has(message.id) || !sending.has(message.id)) continue;
    messages.set(message.id, message);
    leafId = known?.leafId ?? leafId;
  }
  return makeThread(messages, leafId);
}

export function addMessages(thread: Thread, added: readonly Message[], leafId: string): Thread {
  const messages = new Map(thread.messages);
  for (const message of added) messages.set(message.id, message);
  return makeThread(messages, leafId);
}

export function removeMessages(thread: Thread, ids: readonly string[], leafId: string | null): Thread {
  const messages = new Map(thread.messages);
  for (const id of ids) messages.delete(id);
  return makeThread(messages, leafId);
}

/** Replaces existing messages, leaving the branch as it is. */
export function replaceMessages(thread: Thread, replaced: readonly Message[]): Thread {
  const messages = new Map(thread.messages);
  for (const message of replaced) if (messages.has(message.id)) messages.set(message.id, message);
  return { ...thread, messages };
}

export function showLeaf(thread: Thread, leafId: string): Thread {
  return leafId === thread.leafId ? thread : makeThread(thread.messages, leafId);
}

/** The reply being written at the end of the branch. */
export function streamingReply(thread: Thread | undefined): Message | null {
  const leaf = thread?.leafId == null ? undefined : thread.messages.get(thread.leafId);
  return leaf?.role === 'assistant' && leaf.status === 'streaming' ? leaf : null;
}
