/** The two phases of a call. What the history reads is in `call-history.ts`. */
import type { Database } from 'better-sqlite3';
import {
  type BegunCall,
  type CallIntent,
  type CallOutcome,
  excerpt,
  type FinishedCall,
  type Release,
} from '../../audit/call-record.ts';
import type { TextRange } from '../../audit/request-body.ts';
import { splitReply } from '../../llm/reasoning.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { callProblemParameters } from '../stored-problem.ts';
import { DamagedTextError, getBody, putBody, toBody } from './bodies.ts';
import { packRequest, putRequest } from './request-bodies.ts';
import { type IndexedCall, indexCall } from './search-index.ts';

const AT_ONCE: Release = { released: true, release: [] };

/** Phase one: the row that is durable before the request leaves. */
export function beginCall(db: Database, intent: CallIntent, { released, release }: Release = AT_ONCE): BegunCall {
  releaseCalls(db, release);
  const finished = intent.itemId === null ? null : findFinished(db, intent.itemId, intent);
  if (finished !== null) return { finished };
  const result = prepared(
    db,
    `INSERT INTO calls (created_at, kind, task, title, status, provider_name, host, llm, local, model, parameters, attempt,
         user_id, message, file_name, conversation_id, message_id, batch_id, item_id, request_bytes, request, shared_texts,
         released)
       VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    intent.createdAt,
    expectKnown('callKind', intent.kind),
    expectKnown('callTask', intent.task),
    intent.title,
    intent.providerName,
    intent.host,
    intent.llm ? 1 : 0,
    intent.local ? 1 : 0,
    intent.model,
    intent.parameters,
    intent.attempt,
    intent.userId,
    intent.message,
    intent.fileName,
    intent.conversationId,
    intent.messageId,
    intent.batchId,
    intent.itemId,
    intent.requestBytes,
    intent.body.bytes,
    JSON.stringify(intent.body.shared),
    released ? 1 : 0,
  );
  return { callId: Number(result.lastInsertRowid) };
}

/** From now on, a crash leaves it unknown whether these calls have left. */
export function releaseCalls(db: Database, callIds: readonly number[]): void {
  const release = prepared(db, "UPDATE calls SET released = 1 WHERE id = ? AND status = 'open'");
  for (const callId of callIds) release.run(callId);
}

/** Phase two. A second outcome for the same call is ignored: the first one is what happened. */
export function endCall(db: Database, outcome: CallOutcome): void {
  const open = prepared<[number], OpenCall>(db, `${OPEN_CALLS} AND id = ?`).get(outcome.callId);
  if (open === undefined) return;
  const reply = outcome.reply === null ? null : toBody(outcome.reply);
  if (reply !== null) putBody(db, reply);
  prepared(
    db,
    `UPDATE calls SET status = ?, request_hash = ?, request = NULL, shared_texts = NULL, sent = ?, model_answered = ?,
         reply = ?, reply_hash = ?, http_status = ?, request_id = ?, finish_reason = ?, prompt_tokens = ?,
         completion_tokens = ?, total_tokens = ?, usage = ?, ttft_ms = ?, latency_ms = ?, note = ?, error_code = ?,
         error_params = ?, error_detail = ?
       WHERE id = ?`,
  ).run(
    expectKnown('callStatus', outcome.status),
    storeRequest(db, open),
    outcome.sent ? 1 : 0,
    outcome.modelAnswered,
    outcome.reply === null ? null : excerpt(shownOf(outcome.reply)),
    reply?.hash ?? null,
    outcome.httpStatus,
    outcome.requestId,
    outcome.finishReason,
    outcome.promptTokens,
    outcome.completionTokens,
    outcome.totalTokens,
    outcome.usage,
    outcome.timeToFirstTokenMs,
    outcome.latencyMs,
    outcome.note,
    outcome.problem?.code ?? null,
    outcome.problem === null ? null : callProblemParameters(outcome.problem),
    outcome.problem?.detail ?? null,
    outcome.callId,
  );
  indexCall(db, indexed(open), outcome.reply ?? '');
}

/** What an open row holds itself until it has an outcome. */
interface OpenCall {
  readonly id: number;
  readonly message: string;
  readonly request: Buffer;
  readonly shared_texts: string;
  readonly file_name: string | null;
}

/** What a list shows of a reply: its answer, or the reasoning if there is no answer. */
function shownOf(reply: string): string {
  const { answer, reasoning } = splitReply(reply);
  return answer === '' ? reasoning : answer;
}

function indexed({ id, message, request, file_name }: OpenCall): IndexedCall {
  return { id, message, request: request.toString('utf8'), fileName: file_name };
}

const OPEN_CALLS = "SELECT id, message, request, shared_texts, file_name FROM calls WHERE status = 'open'";

/** Moves the request of an open row to the bodies. @returns the hash it is stored under. */
function storeRequest(db: Database, open: OpenCall): Buffer {
  const shared = JSON.parse(open.shared_texts) as readonly TextRange[];
  const request = packRequest({ bytes: open.request, shared });
  putRequest(db, request);
  return request.manifest.hash;
}

/** How the rows that a crash left open were closed. */
export interface ClosedAfterCrash {
  /** It is unknown whether these left. */
  readonly inDoubt: number;
  /** These were waiting for a slot, so nothing of them had left. */
  readonly notSent: number;
}

/** Closes rows that a crash left open: a call that was not released has not left; any other is in doubt. */
export function closeOpenCalls(db: Database): ClosedAfterCrash {
  const open = prepared<[], OpenCall & { readonly released: number }>(
    db,
    "SELECT id, message, request, shared_texts, file_name, released FROM calls WHERE status = 'open'",
  ).all();
  const close = (what: string) =>
    prepared(db, `UPDATE calls SET request_hash = ?, request = NULL, shared_texts = NULL, ${what} WHERE id = ?`);
  const inDoubt = close(`status = 'in_doubt', error_code = 'in_doubt',
    error_params = json_object('params', json_object('host', host))`);
  const notSent = close(`status = 'cancelled', sent = 0, error_code = 'interrupted',
    error_params = json_object('params', json_object('what', 'call'))`);
  for (const call of open) {
    (call.released === 1 ? inDoubt : notSent).run(storeRequest(db, call), call.id);
    indexCall(db, indexed(call), '');
  }
  const released = open.filter((call) => call.released === 1).length;
  return { inDoubt: released, notSent: open.length - released };
}

interface FinishedRecord {
  readonly id: number;
  readonly request_hash: Buffer;
  readonly reply_hash: Buffer | null;
  readonly note: string | null;
  readonly finish_reason: string | null;
  readonly total_tokens: number | null;
  readonly usage: string | null;
}

/** Hashes the request only if the item has earlier calls, which is rare. */
function findFinished(
  db: Database,
  itemId: number,
  { host, body }: Pick<CallIntent, 'host' | 'body'>,
): FinishedCall | null {
  const finished = prepared<[number, string], FinishedRecord>(
    db,
    `SELECT id, request_hash, reply_hash, note, finish_reason, total_tokens, usage FROM calls
       WHERE item_id = ? AND status <> 'open' AND status = 'ok' AND host = ? ORDER BY id DESC`,
  ).all(itemId, host);
  if (finished.length === 0) return null;
  const { hash } = packRequest(body).manifest;
  const same = finished.find((call) => hash.equals(call.request_hash));
  const reply = same === undefined ? null : replyOf(db, same);
  if (same === undefined || reply === null) return null;
  return {
    callId: same.id,
    reply,
    note: same.note,
    finishReason: same.finish_reason,
    totalTokens: same.total_tokens,
    usage: same.usage,
  };
}

/** Null if it is damaged; the call is then repeated. */
function replyOf(db: Database, { reply_hash }: FinishedRecord): string | null {
  if (reply_hash === null) return '';
  try {
    return getBody(db, reply_hash);
  } catch (error) {
    if (error instanceof DamagedTextError) return null;
    throw error;
  }
}
