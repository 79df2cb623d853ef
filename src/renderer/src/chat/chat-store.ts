import { createStore } from 'zustand/vanilla';
import type {
  Attachment,
  Conversation,
  ConversationWithMessages,
  Message,
  ReplyDelta,
} from '../../../shared/chat-data.ts';
import type { Bridge, RouteResult } from '../../../shared/contract.ts';
import { conversationTitle } from '../../../shared/conversation-title.ts';
import { newQuestion, newReply } from '../../../shared/new-message.ts';
import type { Problem } from '../../../shared/problem.ts';
import { appendDeltas, createDeltaBuffer } from './delta-buffer.ts';
import { leafUnder } from './message-tree.ts';
import { type ReplyWaits, withoutWaits, withWait } from './reply-waits.ts';
import {
  addMessages,
  emptyThread,
  mergeThread,
  removeMessages,
  replaceMessages,
  showLeaf,
  streamingReply,
  type Thread,
} from './thread.ts';

export interface ChatState {
  /** Newest first; null until main has answered. */
  readonly conversations: readonly Conversation[] | null;
  readonly listProblem: Problem | null;
  /** The displayed conversation; null is a new one, which is created with its first message. */
  readonly selectedId: string | null;
  readonly threads: ReadonlyMap<string, Thread>;
  /** Replies without text so far that are waiting to be retried, as far as this page knows. */
  readonly waits: ReplyWaits;
  /** Why the selected conversation could not be read. */
  readonly openProblem: Problem | null;
  /** Why the last message was not sent. Its text is back in the composer. */
  readonly sendProblem: Problem | null;
}

/** Model and temperature, where they differ from the settings. */
export interface ReplyOptions {
  readonly model?: string;
  readonly temperature?: number;
}

/** The text of a question and its files. */
export interface Words {
  readonly content: string;
  readonly attachments: readonly Attachment[];
}

interface ChatStoreOptions {
  readonly schedule: (run: () => void) => void;
  readonly now?: () => number;
  /** A monotonic clock for countdowns. */
  readonly uptime?: () => number;
  readonly newId?: () => string;
}

/** The least time between two reads when pieces of a reply are missing. */
const resyncAfterMs = 500;
/** Conversations kept in memory. Older ones are read again when selected. */
const keptThreads = 20;

export function createChatStore(
  bridge: Bridge,
  { schedule, now = Date.now, uptime = () => performance.now(), newId = () => crypto.randomUUID() }: ChatStoreOptions,
) {
  const store = createStore<ChatState>(() => ({
    conversations: null,
    listProblem: null,
    selectedId: null,
    threads: new Map(),
    waits: new Map(),
    openProblem: null,
    sendProblem: null,
  }));
  const { getState, setState } = store;
  /** Messages that main has not confirmed yet, with their requests. */
  const sending = new Map<string, Promise<unknown>>();
  const removed = new Set<string>();
  const lastResync = new Map<string, number>();
  const buffer = createDeltaBuffer({ schedule, apply: applyDeltas });

  function setThread(conversationId: string, thread: Thread): void {
    const { threads, selectedId } = getState();
    const next = new Map(threads);
    // Reinserting moves the thread to the end, so that the least recently changed ones come first.
    next.delete(conversationId);
    next.set(conversationId, thread);
    for (const [id, { leafId, messages }] of next) {
      if (next.size <= keptThreads) break;
      const leaf = leafId === null ? undefined : messages.get(leafId);
      if (id !== selectedId && leaf?.status !== 'streaming') next.delete(id);
    }
    setState({ threads: next });
  }

  /** Puts a conversation at its place in the list. */
  function upsert(conversation: Conversation): void {
    const { conversations } = getState();
    if (conversations === null || removed.has(conversation.id)) return;
    const others = conversations.filter(({ id }) => id !== conversation.id);
    setState({ conversations: [...others, conversation].sort((a, b) => b.updatedAt - a.updatedAt) });
  }

  function forget(conversationId: string): void {
    const { conversations } = getState();
    setState({ conversations: conversations?.filter(({ id }) => id !== conversationId) ?? null });
  }

  function accept({ conversation, messages }: ConversationWithMessages): void {
    const thread = mergeThread(
      getState().threads.get(conversation.id),
      { conversation, messages },
      new Set(sending.keys()),
    );
    setThread(conversation.id, thread);
    upsert(conversation);
    buffer.flush();
  }

  async function loadList(): Promise<void> {
    const answer = await bridge.request('chat.list', undefined);
    if (!answer.ok) setState({ listProblem: answer.error });
    else setState({ conversations: [...answer.value].sort((a, b) => b.updatedAt - a.updatedAt), listProblem: null });
  }

  async function load(conversationId: string): Promise<void> {
    const answer = await bridge.request('chat.open', { conversationId });
    if (answer.ok) accept(answer.value);
    else if (getState().selectedId === conversationId && !getState().threads.has(conversationId))
      setState({ openProblem: answer.error });
  }

  function resync(conversationId: string): void {
    if (now() - (lastResync.get(conversationId) ?? Number.NEGATIVE_INFINITY) < resyncAfterMs) return;
    lastResync.set(conversationId, now());
    void load(conversationId);
  }

  function applyDeltas(due: ReadonlyMap<string, readonly ReplyDelta[]>): readonly ReplyDelta[] {
    const threads = new Map(getState().threads);
    const waiting: ReplyDelta[] = [];
    for (const [messageId, deltas] of due) {
      const conversationId = deltas[0]?.conversationId ?? '';
      const thread = threads.get(conversationId);
      // A conversation that is not open is read when it is opened.
      if (thread === undefined) continue;
      const message = thread.messages.get(messageId);
      if (message !== undefined && message.status !== 'streaming') continue;
      const { reply, rest } =
        message === undefined ? { reply: undefined, rest: deltas } : appendDeltas(message, deltas);
      if (reply !== undefined && reply !== message) threads.set(conversationId, replaceMessages(thread, [reply]));
      if (rest.length === 0) continue;
      waiting.push(...rest);
      resync(conversationId);
    }
    setState({ threads, waits: withoutWaits(getState().waits, due.keys()) });
    return waiting;
  }

  function finish(message: Message): void {
    buffer.drop(message.id);
    setState({ waits: withoutWaits(getState().waits, [message.id]) });
    const thread = getState().threads.get(message.conversationId);
    if (thread !== undefined) setThread(message.conversationId, replaceMessages(thread, [message]));
  }

  /** Shows a question and an empty reply at once, and removes them if main refuses. */
  async function ask(
    conversationId: string,
    added: readonly Message[],
    request: () => Promise<RouteResult<'chat.send'>>,
  ): Promise<RouteResult<'chat.send'>> {
    const before = getState().threads.get(conversationId) ?? emptyThread;
    const ids = added.map(({ id }) => id);
    const leafId = ids.at(-1) ?? '';
    setThread(conversationId, addMessages(before, added, leafId));
    setState({ sendProblem: null });
    const answered = request();
    for (const id of ids) sending.set(id, answered);
    const answer = await answered;
    for (const id of ids) sending.delete(id);
    if (answer.ok) accept(answer.value);
    else {
      const thread = getState().threads.get(conversationId) ?? emptyThread;
      setThread(conversationId, removeMessages(thread, ids, thread.leafId === leafId ? before.leafId : thread.leafId));
      setState({ sendProblem: answer.error });
    }
    return answer;
  }

  async function sendUnder(conversationId: string, parentId: string | null, words: Words, options: ReplyOptions) {
    const { content, attachments } = words;
    const messageId = newId();
    const replyId = newId();
    const createdAt = now();
    const question = newQuestion({ conversationId, id: messageId, parentId, createdAt }, content, attachments);
    const attachmentIds = attachments.map(({ id }) => id);
    const reply = newReply({ conversationId, id: replyId, parentId: messageId, createdAt });
    return ask(conversationId, [question, reply], () =>
      bridge.request('chat.send', { conversationId, messageId, replyId, parentId, content, attachmentIds, ...options }),
    );
  }

  async function sendFirst(words: Words, options: ReplyOptions): Promise<boolean> {
    const id = newId();
    const title = conversationTitle(words.content, words.attachments);
    setState({ selectedId: id, openProblem: null });
    upsert({ id, title, createdAt: now(), updatedAt: now(), leafId: null, messageCount: 0 });
    const { ok } = await sendUnder(id, null, words, options);
    if (ok) return true;
    forget(id);
    if (getState().selectedId === id) setState({ selectedId: null });
    return false;
  }

  return {
    ...store,
    /** Subscribes and reads the list. Returns a function that unsubscribes. */
    start(): () => void {
      const ends = [
        bridge.on('chat.delta', buffer.add),
        bridge.on('chat.waiting', ({ messageId, wait }) => {
          setState({ waits: withWait(getState().waits, messageId, { ...wait, until: uptime() + wait.delayMs }) });
        }),
        bridge.on('chat.done', ({ message }) => finish(message)),
        bridge.on('chat.changed', ({ conversation }) => upsert(conversation)),
      ];
      void loadList();
      return () => {
        for (const end of ends) end();
      };
    },
    loadList,

    /** Shows a conversation; null starts a new one. */
    select(conversationId: string | null): void {
      setState({ selectedId: conversationId, openProblem: null, sendProblem: null });
      if (conversationId !== null && !getState().threads.has(conversationId)) void load(conversationId);
    },
    reload(): void {
      const { selectedId } = getState();
      setState({ openProblem: null });
      if (selectedId !== null) void load(selectedId);
    },

    /** Adds a question to the displayed branch. Returns false if it was refused; the caller then keeps the text. */
    async send(content: string, options: ReplyOptions = {}, attachments: readonly Attachment[] = []): Promise<boolean> {
      const { selectedId, threads } = getState();
      if (selectedId === null) return sendFirst({ content, attachments }, options);
      const thread = threads.get(selectedId);
      if (thread === undefined || streamingReply(thread) !== null) return false;
      return (await sendUnder(selectedId, thread.leafId, { content, attachments }, options)).ok;
    },
    /** Asks with other words or other files, as a sibling of the question. */
    async edit(question: Message, words: Words, options: ReplyOptions = {}): Promise<boolean> {
      return (await sendUnder(question.conversationId, question.parentId, words, options)).ok;
    },
    /** Requests another reply to the question that `reply` answers. */
    async regenerate(reply: Message, options: ReplyOptions = {}): Promise<boolean> {
      const { conversationId, parentId } = reply;
      if (parentId === null) return false;
      const replyId = newId();
      const added = newReply({ conversationId, id: replyId, parentId, createdAt: now() });
      const answer = await ask(conversationId, [added], () =>
        bridge.request('chat.regenerate', { conversationId, messageId: parentId, replyId, ...options }),
      );
      return answer.ok;
    },
    /** Ends the reply being written; the part that has arrived is kept. */
    async stop(): Promise<void> {
      const { selectedId, threads } = getState();
      const reply = selectedId === null ? null : streamingReply(threads.get(selectedId));
      if (reply === null) return;
      // Main cannot stop a reply that it has not been asked for yet.
      await sending.get(reply.id);
      await bridge.request('chat.stop', { replyId: reply.id });
    },
    /** Shows another version of a message and the newest branch after it. */
    async showVersion(conversationId: string, messageId: string): Promise<void> {
      const thread = getState().threads.get(conversationId);
      if (thread === undefined) return;
      const leafId = leafUnder(thread.messages, messageId);
      setThread(conversationId, showLeaf(thread, leafId));
      const answer = await bridge.request('chat.select', { conversationId, leafId });
      if (answer.ok) upsert(answer.value);
    },

    async rename(conversationId: string, title: string): Promise<RouteResult<'chat.rename'>> {
      const answer = await bridge.request('chat.rename', { conversationId, title });
      if (answer.ok) upsert(answer.value);
      return answer;
    },
    /** Removes a conversation from the list and shows its neighbour; `restore` brings it back. */
    async remove(conversationId: string): Promise<RouteResult<'chat.remove'>> {
      const answer = await bridge.request('chat.remove', { conversationId });
      if (!answer.ok) return answer;
      const { conversations, selectedId } = getState();
      const place = conversations?.findIndex(({ id }) => id === conversationId) ?? -1;
      removed.add(conversationId);
      forget(conversationId);
      if (selectedId === conversationId) {
        const rest = getState().conversations ?? [];
        this.select((rest[place] ?? rest.at(-1))?.id ?? null);
      }
      return answer;
    },
    async restore(conversationId: string): Promise<RouteResult<'chat.restore'>> {
      const answer = await bridge.request('chat.restore', { conversationId });
      if (!answer.ok) return answer;
      removed.delete(conversationId);
      upsert(answer.value);
      this.select(conversationId);
      return answer;
    },
    dismissSendProblem: () => setState({ sendProblem: null }),
  };
}
