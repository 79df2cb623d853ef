/** Conversations: a question is stored, its reply streams, and whatever has arrived survives a failure. */

import type { Conversation, ConversationWithMessages, Message } from '../../shared/chat-data.ts';
import { conversationTitle } from '../../shared/conversation-title.ts';
import { newQuestion, newReply } from '../../shared/new-message.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import { type CallFailure, notSent, type Reply } from '../llm/call-result.ts';
import type { Connections, Lease } from '../llm/connections.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { PieceListener } from '../llm/receive.ts';
import type { Store } from '../store/store.ts';
import type { Attachments } from './attachments.ts';
import { answeredPart, branchTo } from './branches.ts';
import { createDeltaBuffer, type DeltaBuffer } from './delta-buffer.ts';
import { createFinishedReplies } from './finished-replies.ts';
import { buildTurns, type Turns, whyFilesTooLong, whyTooLong } from './turns.ts';
import { createWaitTimer, NOT_ASKED, type Waited, type WaitTimer } from './wait-timer.ts';

/** How much of a reply a crash may lose. */
const CHECKPOINT_MS = 500;

export interface SendRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly replyId: string;
  readonly parentId: string | null;
  readonly content: string;
  readonly attachmentIds?: readonly string[];
  readonly model?: string | undefined;
  readonly temperature?: number | undefined;
}

export type RegenerateRequest = Omit<SendRequest, 'parentId' | 'content' | 'attachmentIds'>;

/** What a window can do with conversations; replies arrive as events. */
export interface Chat {
  list(): Promise<readonly Conversation[]>;
  open(conversationId: string): Promise<Result<ConversationWithMessages, Problem>>;
  rename(conversationId: string, title: string): Promise<Result<Conversation, Problem>>;
  /** Hides a conversation and stops its replies; the parts that arrived are there when it is restored. */
  remove(conversationId: string): Promise<Result<null, Problem>>;
  restore(conversationId: string): Promise<Result<Conversation, Problem>>;
  select(conversationId: string, leafId: string): Promise<Result<Conversation, Problem>>;
  /** Resolves once the question and the empty reply are stored; the reply itself arrives as events. */
  send(request: SendRequest): Promise<Result<ConversationWithMessages, Problem>>;
  regenerate(request: RegenerateRequest): Promise<Result<ConversationWithMessages, Problem>>;
  stop(replyId: string): void;
  /** Stops every reply; resolves once the parts that arrived are stored. */
  close(): Promise<void>;
}

export interface ChatParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly gateway: Gateway;
  readonly attachments: Pick<Attachments, 'forQuestion' | 'text'>;
  readonly connections: Connections;
  readonly emit: Emit;
  readonly temperature: () => number;
  /** Called for a bug or a failing store. */
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

interface Streaming {
  readonly conversationId: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export function createChat(parts: ChatParts): Chat {
  const { store, emit } = parts;
  const streaming = new Map<string, Streaming>();
  const replies = createFinishedReplies({
    write: store.write,
    onStored: (message) => emit('chat.done', { message }),
    onFailure: parts.onFailure,
  });
  /** Messages being stored. */
  const beginning = new Set<Promise<unknown>>();
  let closing = false;

  const announce = (conversation: Conversation | null): Result<Conversation, Problem> => {
    if (conversation === null) return err(noConversation());
    emit('chat.changed', { conversation });
    return ok(conversation);
  };

  /** On quit, waits for messages being stored, so that they can be marked. */
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => {},
      () => {},
    );
    beginning.add(settled);
    void settled.then(() => beginning.delete(settled));
    return work;
  };

  const begin = async (
    request: RegenerateRequest,
    title: string,
    added: (temperature: number, lease: Lease) => readonly Message[],
  ): Promise<Result<ConversationWithMessages, Problem>> => {
    if (closing) return err(problem('shutting_down', { what: 'docket' }));
    const lease = parts.connections.lease();
    const temperature = request.temperature ?? parts.temperature();
    const messages = added(temperature, lease);
    const refused = whyNotSend(messages, lease);
    if (refused !== null) {
      lease.release();
      return err(refused);
    }
    const stored = await store.write
      .appendMessages({ id: request.conversationId, title }, messages, parts.now())
      .catch((error: unknown) => {
        lease.release();
        throw error;
      });
    const reply = stored?.messages.find((message) => message.id === request.replyId);
    if (stored === null || reply === undefined) {
      lease.release();
      return err(noConversation());
    }
    emit('chat.changed', { conversation: stored.conversation });
    const controller = new AbortController();
    if (closing) controller.abort();
    const known = { ...stored, messages: replies.latest(stored.messages) };
    const turns = answeredPart(branchTo(known.messages, reply.id).slice(0, -1));
    const done = answer({ reply, turns, temperature, lease, controller });
    streaming.set(reply.id, { conversationId: reply.conversationId, controller, done });
    return ok(known);
  };

  /** Never rejects. When a window is told that a reply is done, it is stored, or the window is told that it is not. */
  const answer = async (progress: ReplyInProgress): Promise<void> => {
    const message = await streamReply(parts, progress, () => closing).catch((error: unknown) => {
      parts.onFailure(error);
      return broken(progress.reply, error);
    });
    const told = await replies.store(message);
    progress.lease.release();
    streaming.delete(message.id);
    emit('chat.done', { message: told });
  };

  /** A question must follow a finished reply in its own conversation. */
  const whyNotAfter = async (parentId: string, conversationId: string): Promise<Problem | null> => {
    if (streaming.has(parentId)) {
      return problem('not_allowed', { what: 'reply_arriving' });
    }
    const found = await store.read.readConversation(conversationId);
    const parent = found?.messages.find((message) => message.id === parentId);
    return parent?.role === 'assistant' ? null : noConversation();
  };

  const send = async (request: SendRequest): Promise<Result<ConversationWithMessages, Problem>> => {
    const { messageId: id, parentId, conversationId } = request;
    const refused = parentId === null ? null : await whyNotAfter(parentId, conversationId);
    if (refused !== null) return err(refused);
    const { attachmentIds = [] } = request;
    const attachments = attachmentIds.length === 0 ? ok([]) : await parts.attachments.forQuestion(attachmentIds);
    if (!attachments.ok) return attachments;
    return begin(request, conversationTitle(request.content, attachments.value), (temperature, lease) => [
      newQuestion({ id, conversationId, parentId, createdAt: parts.now() }, request.content, attachments.value),
      emptyReply(request, lease, temperature, parts.now()),
    ]);
  };

  const regenerate = async (request: RegenerateRequest): Promise<Result<ConversationWithMessages, Problem>> => {
    const found = await store.read.readConversation(request.conversationId);
    const asked = found?.messages.find((message) => message.id === request.messageId);
    if (asked?.role !== 'user') return err(noConversation());
    return begin(request, '', (temperature, lease) => [emptyReply(request, lease, temperature, parts.now())]);
  };

  return {
    list: () => store.read.listConversations(),
    open: async (conversationId) => {
      const found = await store.read.readConversation(conversationId);
      return found === null ? err(noConversation()) : ok({ ...found, messages: replies.latest(found.messages) });
    },
    rename: async (id, title) => announce(await store.write.renameConversation(id, title)),
    remove: async (id) => {
      await store.write.setConversationRemoved(id, parts.now());
      // Once hidden, nobody could see or stop them.
      for (const { conversationId, controller } of streaming.values()) if (conversationId === id) controller.abort();
      return ok(null);
    },
    restore: async (id) => announce(await store.write.setConversationRemoved(id, null)),
    select: async (id, leafId) => announce(await store.write.selectLeaf(id, leafId)),
    send: (request) => tracked(send(request)),
    regenerate: (request) => tracked(regenerate(request)),
    stop: (replyId) => streaming.get(replyId)?.controller.abort(),
    close: async () => {
      closing = true;
      for (const { controller } of streaming.values()) controller.abort();
      await Promise.all(beginning);
      await Promise.all([...streaming.values()].map(({ done }) => done));
      await replies.close();
    },
  };
}

interface ReplyInProgress {
  readonly reply: Message;
  /** The messages to send, ending with the question. */
  readonly turns: readonly Message[];
  readonly temperature: number;
  readonly lease: Lease;
  readonly controller: AbortController;
}

/** Resolves with the reply in its final state, however it ended. */
async function streamReply(parts: ChatParts, progress: ReplyInProgress, closing: () => boolean): Promise<Message> {
  const { reply, temperature, lease, controller } = progress;
  const model = reply.model ?? lease.connection.settings.provider.model;
  const built = buildTurns(progress.turns, await readTexts(parts, progress.turns));
  const tooLong = whyTooLong(built, model, lease.connection.settings.contextTokens(model));
  if (tooLong !== null) return finished(reply, err(notSent(tooLong)), NOT_ASKED, false);
  const wait = createWaitTimer();
  const buffer = createDeltaBuffer((delta) => {
    const at = { conversationId: reply.conversationId, messageId: reply.id };
    parts.emit('chat.delta', { ...at, ...delta, reasoningMs: wait.reasoningMs() });
  });
  const checkpoint = setInterval(() => {
    if (buffer.changed()) void parts.store.write.checkpointReply(reply.id, buffer.texts()).catch(() => {});
  }, CHECKPOINT_MS);
  try {
    const result = await parts.gateway.complete(
      {
        kind: 'chat',
        task: 'chat',
        model,
        turns: built.turns,
        asked: built.asked,
        sharedTexts: built.sharedTexts,
        temperature,
        stream: true,
        links: { conversationId: reply.conversationId, messageId: reply.id, ...fileLink(built) },
      },
      {
        connection: lease.connection,
        signal: controller.signal,
        ...listening(wait, buffer),
        onRetry: (retry) => parts.emit('chat.waiting', { messageId: reply.id, wait: retry }),
      },
    );
    return finished(reply, result, wait.read(), closing());
  } finally {
    clearInterval(checkpoint);
    buffer.flush();
  }
}

function listening(wait: WaitTimer, buffer: DeltaBuffer): PieceListener {
  return {
    onText: (text) => {
      wait.words();
      buffer.appendAnswer(text);
    },
    onReasoning: (text) => {
      wait.thoughts();
      buffer.appendReasoning(text);
    },
    onStartOver: (reasoning) => {
      wait.startOver(reasoning);
      buffer.startOver(reasoning);
    },
  };
}

/** The texts of all files attached to these messages. */
async function readTexts(parts: ChatParts, messages: readonly Message[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(messages.flatMap(({ attachments }) => attachments.map(({ id }) => id)));
  const texts = await Promise.all([...ids].map(async (id) => [id, await parts.attachments.text(id)] as const));
  return new Map(texts.flatMap(([id, text]) => (text.ok ? [[id, text.value] as const] : [])));
}

function fileLink({ fileName }: Turns): { readonly fileName?: string } {
  return fileName === undefined ? {} : { fileName };
}

/** A bug hit the reply; the window must not wait for it forever. */
function broken(reply: Message, error: unknown): Message {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    ...reply,
    status: 'failed',
    problem: problem('unexpected', { where: 'reply' }, { detail }),
  };
}

function finished(reply: Message, result: Result<Reply, CallFailure>, waited: Waited, closing: boolean): Message {
  if (result.ok) {
    const { text, reasoning, model, usage, finishReason, callId, note, attempts } = result.value;
    return {
      ...reply,
      content: text === '' && note !== null ? note : text,
      status: 'done',
      model: model ?? reply.model,
      promptTokens: usage?.promptTokens ?? null,
      completionTokens: usage?.completionTokens ?? null,
      cachedTokens: usage?.cachedTokens ?? null,
      reasoningTokens: usage?.reasoningTokens ?? null,
      reasoning,
      ...waited,
      finishReason,
      callId,
      attempts,
    };
  }
  const { problem: why, partial, reasoning, callId, attempts } = result.error;
  const stopped = why.code === 'cancelled';
  return {
    ...reply,
    content: partial,
    status: stopped ? (closing ? 'interrupted' : 'stopped') : 'failed',
    problem: stopped ? (closing ? interrupted() : null) : why,
    callId,
    reasoning,
    ...waited,
    attempts,
  };
}

/** The same state that the next start gives to a reply cut off by a crash. */
function interrupted(): Problem {
  return problem('interrupted', { what: 'reply' });
}

/** Checked before anything is stored, so that the user can still edit the question. */
function whyNotSend(messages: readonly Message[], { connection }: Lease): Problem | null {
  const asked = messages.find(({ attachments }) => attachments.length > 0);
  const model = messages.at(-1)?.model ?? connection.settings.provider.model;
  return asked === undefined ? null : whyFilesTooLong(asked, model, connection.settings.contextTokens(model));
}

function emptyReply(request: RegenerateRequest, lease: Lease, temperature: number, now: number): Message {
  const { provider } = lease.connection.settings;
  const { replyId: id, conversationId, messageId: parentId } = request;
  return {
    ...newReply({ id, conversationId, parentId, createdAt: now }),
    model: provider.kind === 'builtin' ? provider.model : (request.model ?? provider.model),
    providerName: provider.name,
    llm: provider.llm,
    temperature,
  };
}

function noConversation(): Problem {
  return problem('invalid_input', { what: 'conversation_gone' });
}
