import type { Database } from 'better-sqlite3';
import type {
  Attachment,
  Conversation,
  ConversationWithMessages,
  Message,
  MessageStatus,
} from '../../../shared/chat-data.ts';
import { problem } from '../../../shared/problem.ts';
import type { ReplyTexts } from '../../chat/reply-texts.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { readProblem, storedProblem } from '../stored-problem.ts';
import { attachmentsOf, attachToMessage } from './attachments.ts';

interface ConversationRecord {
  readonly id: string;
  readonly title: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly leaf_id: string | null;
  readonly message_count: number;
}

interface MessageRecord {
  readonly id: string;
  readonly conversation_id: string;
  readonly parent_id: string | null;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly status: MessageStatus;
  readonly created_at: number;
  readonly problem: string | null;
  readonly model: string | null;
  readonly provider_name: string | null;
  readonly llm: number | null;
  readonly temperature: number | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly latency_ms: number | null;
  readonly ttft_ms: number | null;
  readonly reasoning: string;
  readonly reasoning_ms: number | null;
  readonly reasoning_tokens: number | null;
  readonly cached_tokens: number | null;
  readonly finish_reason: string | null;
  readonly call_id: number | null;
  /** From the row of the call. */
  readonly attempts: number | null;
}

const CONVERSATION = `SELECT c.id, c.title, c.created_at, c.updated_at, c.leaf_id,
  (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id) AS message_count FROM conversations c`;

/** All that are not removed, most recently written first. */
export function listConversations(db: Database): readonly Conversation[] {
  return prepared<[], ConversationRecord>(db, `${CONVERSATION} WHERE c.removed_at IS NULL ORDER BY c.updated_at DESC`)
    .all()
    .map(toConversation);
}

/** Includes the messages of all branches, oldest first. Also reads a removed conversation, which can be restored. */
export function readConversation(db: Database, id: string): ConversationWithMessages | null {
  const record = prepared<[string], ConversationRecord>(db, `${CONVERSATION} WHERE c.id = ?`).get(id);
  if (record === undefined) return null;
  const messages = prepared<[string], MessageRecord>(
    db,
    `SELECT m.*, (SELECT c.attempt FROM calls c WHERE c.id = m.call_id) AS attempts FROM messages m
       WHERE m.conversation_id = ? ORDER BY m.created_at, m.rowid`,
  ).all(id);
  const attachments = attachmentsOf(db, id);
  return {
    conversation: toConversation(record),
    messages: messages.map((message) => toMessage(message, attachments.get(message.id) ?? [])),
  };
}

/** Adds messages and selects the branch that ends with the last one. Creates the conversation if it is new. */
export function appendMessages(
  db: Database,
  conversation: { readonly id: string; readonly title: string },
  messages: readonly Message[],
  now: number,
): ConversationWithMessages | null {
  prepared(
    db,
    'INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  ).run(conversation.id, conversation.title, now, now);
  for (const message of messages) insertMessage(db, message);
  prepared(db, 'UPDATE conversations SET leaf_id = ?, updated_at = ?, removed_at = NULL WHERE id = ?').run(
    messages.at(-1)?.id ?? null,
    now,
    conversation.id,
  );
  return readConversation(db, conversation.id);
}

function insertMessage(db: Database, message: Message): void {
  prepared(
    db,
    `INSERT INTO messages (id, conversation_id, parent_id, role, content, status, created_at, problem, model,
       provider_name, llm, temperature, prompt_tokens, completion_tokens, latency_ms, ttft_ms, finish_reason, call_id,
       reasoning, reasoning_ms, reasoning_tokens, cached_tokens)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    message.id,
    message.conversationId,
    message.parentId,
    expectKnown('role', message.role),
    message.content,
    expectKnown('messageStatus', message.status),
    message.createdAt,
    storedProblem(message.problem),
    message.model,
    message.providerName,
    message.llm === null ? null : Number(message.llm),
    message.temperature,
    ...valuesOfReply(message),
  );
  attachToMessage(db, message.id, message.attachments);
}

/** Stores the part of a reply that has arrived, so that a crash does not lose it. */
export function checkpointReply(db: Database, messageId: string, { content, reasoning }: ReplyTexts): void {
  prepared(db, "UPDATE messages SET content = ?, reasoning = ? WHERE id = ? AND status = 'streaming'").run(
    content,
    reasoning,
    messageId,
  );
}

/** Gives a reply its final state, whatever its state was. */
export function finishReply(db: Database, message: Message): void {
  prepared(
    db,
    `UPDATE messages SET content = ?, status = ?, problem = ?, model = ?, prompt_tokens = ?, completion_tokens = ?,
       latency_ms = ?, ttft_ms = ?, finish_reason = ?, call_id = ?, reasoning = ?, reasoning_ms = ?,
       reasoning_tokens = ?, cached_tokens = ? WHERE id = ?`,
  ).run(
    message.content,
    expectKnown('messageStatus', message.status),
    storedProblem(message.problem),
    message.model,
    ...valuesOfReply(message),
    message.id,
  );
}

/** From `prompt_tokens` to `cached_tokens`, in the order of both statements. */
function valuesOfReply(message: Message): readonly (string | number | null)[] {
  return [
    message.promptTokens,
    message.completionTokens,
    message.latencyMs,
    message.timeToFirstTokenMs,
    message.finishReason,
    message.callId,
    message.reasoning,
    message.reasoningMs,
    message.reasoningTokens,
    message.cachedTokens,
  ];
}

/** Marks replies that a crash cut off as interrupted. Their text is kept. */
export function markStreamingInterrupted(db: Database): number {
  return prepared(db, "UPDATE messages SET status = 'interrupted', problem = ? WHERE status = 'streaming'").run(
    storedProblem(problem('interrupted', { what: 'reply' })),
  ).changes;
}

export function renameConversation(db: Database, id: string, title: string): Conversation | null {
  prepared(db, 'UPDATE conversations SET title = ? WHERE id = ?').run(title, id);
  return findConversation(db, id);
}

/** Selects the branch that ends with a message. A message of another conversation changes nothing. */
export function selectLeaf(db: Database, id: string, leafId: string): Conversation | null {
  prepared(
    db,
    'UPDATE conversations SET leaf_id = ? WHERE id = ? AND EXISTS (SELECT 1 FROM messages WHERE id = ? AND conversation_id = conversations.id)',
  ).run(leafId, id, leafId);
  return findConversation(db, id);
}

/** Hides a conversation; null restores it. Its messages are kept. */
export function setConversationRemoved(db: Database, id: string, removedAt: number | null): Conversation | null {
  prepared(db, 'UPDATE conversations SET removed_at = ? WHERE id = ?').run(removedAt, id);
  return findConversation(db, id);
}

function findConversation(db: Database, id: string): Conversation | null {
  const record = prepared<[string], ConversationRecord>(db, `${CONVERSATION} WHERE c.id = ?`).get(id);
  return record === undefined ? null : toConversation(record);
}

function toConversation(record: ConversationRecord): Conversation {
  return {
    id: record.id,
    title: record.title,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    leafId: record.leaf_id,
    messageCount: record.message_count,
  };
}

function toMessage(record: MessageRecord, attachments: readonly Attachment[]): Message {
  return {
    id: record.id,
    conversationId: record.conversation_id,
    parentId: record.parent_id,
    role: record.role,
    content: record.content,
    attachments,
    status: record.status,
    createdAt: record.created_at,
    problem: readProblem(record.problem),
    model: record.model,
    providerName: record.provider_name,
    llm: record.llm === null ? null : record.llm === 1,
    temperature: record.temperature,
    promptTokens: record.prompt_tokens,
    completionTokens: record.completion_tokens,
    latencyMs: record.latency_ms,
    timeToFirstTokenMs: record.ttft_ms,
    reasoning: record.reasoning,
    reasoningMs: record.reasoning_ms,
    reasoningTokens: record.reasoning_tokens,
    cachedTokens: record.cached_tokens,
    finishReason: record.finish_reason,
    callId: record.call_id,
    attempts: record.attempts,
  };
}
