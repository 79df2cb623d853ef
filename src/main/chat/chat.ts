/** Conversations: a question is stored, the reply streams, and what arrived survives whatever happens. */
import type { Conversation, ConversationWithMessages, Message } from '../../shared/data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../emit.ts';
import type { Connections, Lease } from '../llm/connections.ts';
import type { CallFailure, ChatTurn, Gateway, Reply } from '../llm/gateway.ts';
import { estimateTokens } from '../llm/token-estimate.ts';
import type { Store } from '../store/store.ts';
import { branchTo } from './branches.ts';
import { createDeltaBuffer } from './delta-buffer.ts';

const TITLE_CHARACTERS = 60;
/** How much of a reply a crash may cost. */
const CHECKPOINT_MS = 500;

export interface SendRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly replyId: string;
  readonly parentId: string | null;
  readonly content: string;
  readonly model?: string | undefined;
  readonly temperature?: number | undefined;
}

export type RegenerateRequest = Omit<SendRequest, 'parentId' | 'content'>;

export interface Chat {
  list(): Promise<readonly Conversation[]>;
  open(conversationId: string): Promise<Result<ConversationWithMessages, Problem>>;
  rename(conversationId: string, title: string): Promise<Result<Conversation, Problem>>;
  remove(conversationId: string): Promise<Result<null, Problem>>;
  restore(conversationId: string): Promise<Result<Conversation, Problem>>;
  select(conversationId: string, leafId: string): Promise<Result<Conversation, Problem>>;
  /** Resolves when question and empty reply are stored; the reply comes by events. */
  send(request: SendRequest): Promise<Result<ConversationWithMessages, Problem>>;
  regenerate(request: RegenerateRequest): Promise<Result<ConversationWithMessages, Problem>>;
  stop(replyId: string): void;
  /** Stops every reply and resolves when what arrived is stored. */
  close(): Promise<void>;
}

export interface ChatParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly gateway: Gateway;
  readonly connections: Connections;
  readonly emit: Emit;
  readonly temperature: () => number;
  readonly now: () => number;
}

interface Streaming {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export function createChat(parts: ChatParts): Chat {
  const { store, emit } = parts;
  const streaming = new Map<string, Streaming>();
  let closing = false;

  const announce = (conversation: Conversation | null): Result<Conversation, Problem> => {
    if (conversation === null) return err(noConversation());
    emit('chat.changed', { conversation });
    return ok(conversation);
  };

  const begin = async (
    request: Omit<SendRequest, 'content' | 'parentId'>,
    title: string,
    added: (temperature: number, lease: Lease) => readonly Message[],
  ): Promise<Result<ConversationWithMessages, Problem>> => {
    if (closing) return err(problem('shutting_down', 'Docket is closing.'));
    const lease = parts.connections.lease();
    const temperature = request.temperature ?? parts.temperature();
    const stored = await store.write
      .appendMessages({ id: request.conversationId, title }, added(temperature, lease), parts.now())
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
    const turns = branchTo(stored.messages, reply.id).slice(0, -1);
    const done = streamReply(parts, { reply, turns, temperature, lease, controller }, () => closing).finally(() => {
      lease.release();
      streaming.delete(reply.id);
    });
    streaming.set(reply.id, { controller, done });
    return ok(stored);
  };

  return {
    list: () => store.read.listConversations(),
    open: async (conversationId) => {
      const found = await store.read.readConversation(conversationId);
      return found === null ? err(noConversation()) : ok(found);
    },
    rename: async (id, title) => announce(await store.write.renameConversation(id, title)),
    remove: async (id) => {
      await store.write.setConversationRemoved(id, parts.now());
      return ok(null);
    },
    restore: async (id) => announce(await store.write.setConversationRemoved(id, null)),
    select: async (id, leafId) => announce(await store.write.selectLeaf(id, leafId)),
    send: (request) =>
      begin(request, titleFrom(request.content), (temperature, lease) => [
        question(request, parts.now()),
        emptyReply(request, lease, temperature, parts.now()),
      ]),
    regenerate: async (request) => {
      const found = await store.read.readConversation(request.conversationId);
      const asked = found?.messages.find((message) => message.id === request.messageId);
      if (asked?.role !== 'user') return err(noConversation());
      return begin(request, '', (temperature, lease) => [emptyReply(request, lease, temperature, parts.now())]);
    },
    stop: (replyId) => streaming.get(replyId)?.controller.abort(),
    close: async () => {
      closing = true;
      for (const { controller } of streaming.values()) controller.abort();
      await Promise.all([...streaming.values()].map(({ done }) => done));
    },
  };
}

interface ReplyInProgress {
  readonly reply: Message;
  /** The branch up to the question. */
  readonly turns: readonly Message[];
  readonly temperature: number;
  readonly lease: Lease;
  readonly controller: AbortController;
}

async function streamReply(parts: ChatParts, progress: ReplyInProgress, closing: () => boolean): Promise<void> {
  const { reply, turns, temperature, lease, controller } = progress;
  const buffer = createDeltaBuffer((at, text) => {
    parts.emit('chat.delta', { conversationId: reply.conversationId, messageId: reply.id, at, text });
  });
  const checkpoint = setInterval(() => {
    if (buffer.changed()) void parts.store.write.checkpointReply(reply.id, buffer.text()).catch(() => {});
  }, CHECKPOINT_MS);
  const tooLong = whyTooLong(turns, lease);
  const result: Result<Reply, CallFailure> =
    tooLong === null
      ? await parts.gateway.complete(
          {
            kind: 'chat',
            task: 'chat',
            model: reply.model ?? lease.connection.settings.provider.model,
            turns: turns.map(toTurn),
            temperature,
            stream: true,
            links: { conversationId: reply.conversationId, messageId: reply.id },
          },
          { connection: lease.connection, signal: controller.signal, onText: buffer.append },
        )
      : err({ problem: tooLong, callId: null, partial: '', latencyMs: null, timeToFirstTokenMs: null });
  clearInterval(checkpoint);
  buffer.flush();
  const message = finished(reply, result, closing());
  // The window is told before the reply is on disk: the last checkpoint is there already.
  parts.emit('chat.done', { message });
  await parts.store.write.finishReply(message);
}

function finished(reply: Message, result: Result<Reply, CallFailure>, closing: boolean): Message {
  if (result.ok) {
    const { text, model, usage, latencyMs, timeToFirstTokenMs, finishReason, callId, note } = result.value;
    return {
      ...reply,
      content: text === '' && note !== null ? note : text,
      status: 'done',
      model: model ?? reply.model,
      promptTokens: usage?.promptTokens ?? null,
      completionTokens: usage?.completionTokens ?? null,
      latencyMs,
      timeToFirstTokenMs,
      finishReason,
      callId,
    };
  }
  const { problem: why, partial, callId, latencyMs, timeToFirstTokenMs } = result.error;
  const stopped = why.code === 'cancelled';
  return {
    ...reply,
    content: partial,
    status: stopped ? (closing ? 'interrupted' : 'stopped') : 'failed',
    problem: stopped ? null : why,
    callId,
    latencyMs,
    timeToFirstTokenMs,
  };
}

/** A reply that failed without text still takes its turn: roles must alternate, and servers refuse empty turns. */
function toTurn(message: Message): ChatTurn {
  return { role: message.role, content: message.content === '' ? '(no reply)' : message.content };
}

function whyTooLong(turns: readonly Message[], lease: Lease): Problem | null {
  const { contextTokens, provider } = lease.connection.settings;
  const tokens = turns.reduce((sum, message) => sum + estimateTokens(message.content), 0);
  if (tokens <= contextTokens) return null;
  return problem(
    'context_too_long',
    `This conversation is about ${tokens.toLocaleString('en-US')} tokens long and ${provider.model} reads ` +
      `${contextTokens.toLocaleString('en-US')} at once. Nothing was sent. Start a new conversation, or edit an earlier message.`,
  );
}

function question(request: SendRequest, now: number): Message {
  return {
    ...blank(request.messageId, request.conversationId, now),
    parentId: request.parentId,
    role: 'user',
    content: request.content,
    status: 'done',
  };
}

function emptyReply(
  request: Omit<SendRequest, 'content' | 'parentId'>,
  lease: Lease,
  temperature: number,
  now: number,
): Message {
  const { provider } = lease.connection.settings;
  return {
    ...blank(request.replyId, request.conversationId, now),
    parentId: request.messageId,
    role: 'assistant',
    content: '',
    status: 'streaming',
    model: provider.kind === 'builtin' ? provider.model : (request.model ?? provider.model),
    providerName: provider.name,
    llm: provider.llm,
    temperature,
  };
}

function blank(
  id: string,
  conversationId: string,
  now: number,
): Omit<Message, 'parentId' | 'role' | 'content' | 'status'> {
  return {
    id,
    conversationId,
    createdAt: now,
    problem: null,
    model: null,
    providerName: null,
    llm: null,
    temperature: null,
    promptTokens: null,
    completionTokens: null,
    latencyMs: null,
    timeToFirstTokenMs: null,
    finishReason: null,
    callId: null,
  };
}

/** The first line of the first question, cut at a word. */
function titleFrom(content: string): string {
  const line = content.trim().split('\n', 1)[0] ?? '';
  if (line.length <= TITLE_CHARACTERS) return line;
  const cut = line.slice(0, TITLE_CHARACTERS);
  const space = cut.lastIndexOf(' ');
  return `${space > TITLE_CHARACTERS / 2 ? cut.slice(0, space) : cut}…`;
}

function noConversation(): Problem {
  return problem('invalid_input', 'This conversation does not exist any more.');
}
