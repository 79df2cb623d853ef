import type { Database } from 'better-sqlite3';
import type {
  CallDetail,
  CallKind,
  CallRow,
  CallStatus,
  HistoryFacets,
  HistoryFilter,
  HistoryPage,
} from '../../../shared/data.ts';
import { prepared } from '../prepared.ts';
import { getBody, putBody, toBody } from './bodies.ts';
import { getRequest, packRequest, putRequest, type RequestBody } from './request-bodies.ts';
import { searchableText, searchQuery } from './search-text.ts';

/** The seed's audit keeps the first 100 characters of question and reply. */
const EXCERPT_CHARACTERS = 100;

/** What is known before a request leaves. */
export interface CallIntent {
  readonly createdAt: number;
  readonly kind: CallKind;
  readonly task: CallRow['task'];
  readonly providerName: string;
  readonly host: string;
  readonly llm: boolean;
  readonly local: boolean;
  readonly model: string;
  /** JSON of the request's parameters, without the messages. */
  readonly parameters: string;
  readonly attempt: number;
  readonly userId: string;
  /** The newest thing that is asked; its beginning is kept in the row, all of it is searchable. */
  readonly asked: string;
  readonly body: RequestBody;
  readonly requestBytes: number;
  readonly fileName: string | null;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly batchId: string | null;
  readonly itemId: number | null;
}

/** What is known after. */
export interface CallOutcome {
  readonly callId: number;
  /** As in the intent: question and reply are made searchable together, off the way to the provider. */
  readonly asked: string;
  readonly fileName: string | null;
  readonly status: Exclude<CallStatus, 'open' | 'in_doubt'>;
  readonly modelAnswered: string | null;
  readonly reply: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly finishReason: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly latencyMs: number;
  readonly note: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly errorDetail: string | null;
}

/** A finished call of the same item with the same body: it need not be made again. */
export interface FinishedCall {
  readonly callId: number;
  readonly reply: string;
  readonly note: string | null;
  readonly finishReason: string | null;
  readonly totalTokens: number | null;
}

export type BegunCall = { readonly callId: number } | { readonly finished: FinishedCall };

interface CallRecord {
  readonly id: number;
  readonly created_at: number;
  readonly kind: CallKind;
  readonly task: CallRow['task'];
  readonly status: CallStatus;
  readonly provider_name: string;
  readonly host: string;
  readonly llm: number;
  readonly model: string;
  readonly attempt: number;
  readonly user_id: string;
  readonly message: string;
  readonly reply: string | null;
  readonly file_name: string | null;
  readonly latency_ms: number | null;
  readonly ttft_ms: number | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly total_tokens: number | null;
  readonly request_bytes: number;
  readonly error_code: string | null;
}

interface CallDetailRecord extends CallRecord {
  readonly model_answered: string | null;
  readonly parameters: string;
  readonly http_status: number | null;
  readonly request_id: string | null;
  readonly finish_reason: string | null;
  readonly error_message: string | null;
  readonly error_detail: string | null;
  readonly conversation_id: string | null;
  readonly message_id: string | null;
  readonly batch_id: string | null;
  readonly item_id: number | null;
  readonly note: string | null;
  readonly request_hash: Buffer;
  readonly reply_hash: Buffer | null;
}

const ROW_COLUMNS = `c.id, c.created_at, c.kind, c.task, c.status, c.provider_name, c.host, c.llm, c.model, c.attempt,
  c.user_id, c.message, c.reply, c.file_name, c.latency_ms, c.ttft_ms, c.prompt_tokens, c.completion_tokens,
  c.total_tokens, c.request_bytes, c.error_code`;

/** Phase one: the row that is durable before the request leaves. */
export function beginCall(db: Database, intent: CallIntent): BegunCall {
  const request = packRequest(intent.body);
  if (intent.itemId !== null) {
    const finished = findFinished(db, intent.itemId, request.manifest.hash);
    if (finished !== null) return { finished };
  }
  putRequest(db, request);
  const result = prepared(
    db,
    `INSERT INTO calls (created_at, kind, task, status, provider_name, host, llm, local, model, parameters, attempt,
         user_id, message, file_name, conversation_id, message_id, batch_id, item_id, request_hash, request_bytes)
       VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    intent.createdAt,
    intent.kind,
    intent.task,
    intent.providerName,
    intent.host,
    intent.llm ? 1 : 0,
    intent.local ? 1 : 0,
    intent.model,
    intent.parameters,
    intent.attempt,
    intent.userId,
    excerpt(intent.asked),
    intent.fileName,
    intent.conversationId,
    intent.messageId,
    intent.batchId,
    intent.itemId,
    request.manifest.hash,
    intent.requestBytes,
  );
  return { callId: Number(result.lastInsertRowid) };
}

/** Phase two. A second outcome for the same call is ignored: the first is what happened. */
export function endCall(db: Database, outcome: CallOutcome): void {
  const reply = outcome.reply === null ? null : toBody(outcome.reply);
  const { changes } = prepared(
    db,
    `UPDATE calls SET status = ?, model_answered = ?, reply = ?, reply_hash = ?, http_status = ?, request_id = ?,
         finish_reason = ?, prompt_tokens = ?, completion_tokens = ?, total_tokens = ?, ttft_ms = ?, latency_ms = ?,
         note = ?, error_code = ?, error_message = ?, error_detail = ?
       WHERE id = ? AND status = 'open'`,
  ).run(
    outcome.status,
    outcome.modelAnswered,
    outcome.reply === null ? null : excerpt(outcome.reply),
    reply?.hash ?? null,
    outcome.httpStatus,
    outcome.requestId,
    outcome.finishReason,
    outcome.promptTokens,
    outcome.completionTokens,
    outcome.totalTokens,
    outcome.timeToFirstTokenMs,
    outcome.latencyMs,
    outcome.note,
    outcome.errorCode,
    outcome.errorMessage,
    outcome.errorDetail,
    outcome.callId,
  );
  if (changes === 0) return;
  if (reply !== null) putBody(db, reply);
  indexText(db, outcome.callId, outcome.asked, outcome.reply ?? '', outcome.fileName);
}

function indexText(db: Database, callId: number, request: string, reply: string, fileName: string | null): void {
  prepared(db, 'INSERT INTO calls_text (rowid, request, reply, file_name) VALUES (?, ?, ?, ?)').run(
    callId,
    searchableText(request),
    searchableText(reply),
    searchableText(fileName ?? ''),
  );
}

/** Rows that a crash left open: nobody knows what became of them. */
export function markOpenCallsInDoubt(db: Database): number {
  const open = prepared<[], { id: number; request_hash: Buffer; file_name: string | null }>(
    db,
    "SELECT id, request_hash, file_name FROM calls WHERE status = 'open'",
  ).all();
  const mark = prepared(
    db,
    `UPDATE calls SET status = 'in_doubt', error_code = 'in_doubt',
       error_message = 'Docket stopped before the outcome was known. The request may have reached ' || host || '.'
     WHERE id = ?`,
  );
  for (const row of open) {
    mark.run(row.id);
    indexText(db, row.id, lastTurn(getRequest(db, row.request_hash)), '', row.file_name);
  }
  return open.length;
}

/** What a stored request asks, as the intent of a call names it; a GET has no body. */
function lastTurn(requestBody: string): string {
  if (requestBody === '') return '';
  const { messages } = JSON.parse(requestBody) as { readonly messages?: readonly { readonly content: string }[] };
  return messages?.at(-1)?.content ?? '';
}

function findFinished(db: Database, itemId: number, hash: Buffer): FinishedCall | null {
  const row = prepared<
    [number, Buffer],
    {
      id: number;
      reply_hash: Buffer | null;
      note: string | null;
      finish_reason: string | null;
      total_tokens: number | null;
    }
  >(
    db,
    `SELECT id, reply_hash, note, finish_reason, total_tokens FROM calls
       WHERE item_id = ? AND request_hash = ? AND status = 'ok' ORDER BY id DESC LIMIT 1`,
  ).get(itemId, hash);
  if (row === undefined) return null;
  return {
    callId: row.id,
    reply: row.reply_hash === null ? '' : getBody(db, row.reply_hash),
    note: row.note,
    finishReason: row.finish_reason,
    totalTokens: row.total_tokens,
  };
}

/** A page of the history, newest first, from `before` downwards. */
export function pageOfCalls(
  db: Database,
  filter: HistoryFilter & { before?: number | undefined; limit: number },
): HistoryPage {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...bound: (string | number)[]) => {
    where.push(condition);
    values.push(...bound);
  };
  if (filter.before !== undefined) add('c.id < ?', filter.before);
  if (filter.kind !== undefined) add('c.kind = ?', filter.kind);
  if (filter.status !== undefined) add('c.status = ?', filter.status);
  if (filter.model !== undefined) add('c.model = ?', filter.model);
  if (filter.from !== undefined) add('c.created_at >= ?', filter.from);
  if (filter.to !== undefined) add('c.created_at < ?', filter.to);
  const query = filter.search === undefined ? null : searchQuery(filter.search);
  if (filter.search?.trim() && query === null) return { rows: [], nextBefore: null };
  if (query !== null) add('t.calls_text MATCH ?', query);
  // A search reads the index in falling order of row: a page costs what it holds, however many rows match
  // (ordering by bm25 would read them all).
  const from = query === null ? 'calls c' : 'calls_text t CROSS JOIN calls c ON c.id = t.rowid';
  if (query !== null && filter.before !== undefined) add('t.rowid < ?', filter.before);
  const rows = prepared<unknown[], CallRecord>(
    db,
    `SELECT ${ROW_COLUMNS} FROM ${from} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY ${query === null ? 'c.id' : 't.rowid'} DESC LIMIT ?`,
  ).all(...values, filter.limit + 1);
  // The row beyond the page only tells that there is a next one.
  const page = rows.slice(0, filter.limit).map(toCallRow);
  return { rows: page, nextBefore: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

export function callDetail(db: Database, callId: number): CallDetail | null {
  const row = prepared<[number], CallDetailRecord>(db, 'SELECT * FROM calls WHERE id = ?').get(callId);
  if (row === undefined) return null;
  return {
    ...toCallRow(row),
    modelAnswered: row.model_answered,
    parameters: row.parameters,
    httpStatus: row.http_status,
    requestId: row.request_id,
    finishReason: row.finish_reason,
    errorMessage: row.error_message,
    errorDetail: row.error_detail,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    batchId: row.batch_id,
    itemId: row.item_id,
    note: row.note,
    requestBody: getRequest(db, row.request_hash),
    replyBody: row.reply_hash === null ? null : getBody(db, row.reply_hash),
  };
}

export function callsOfItem(db: Database, itemId: number): readonly CallRow[] {
  return prepared<[number], CallRecord>(db, `SELECT ${ROW_COLUMNS} FROM calls c WHERE c.item_id = ? ORDER BY c.id`)
    .all(itemId)
    .map(toCallRow);
}

export function historyFacets(db: Database): HistoryFacets {
  // One index seek a distinct model instead of a scan over every call.
  const models = prepared<[], { model: string }>(
    db,
    `WITH RECURSIVE m(model) AS (
         SELECT min(model) FROM calls
         UNION ALL SELECT (SELECT min(model) FROM calls WHERE model > m.model) FROM m WHERE m.model IS NOT NULL
       ) SELECT model FROM m WHERE model IS NOT NULL`,
  ).all();
  const total = prepared<[], { n: number }>(db, 'SELECT count(*) AS n FROM calls').get();
  return { models: models.map((row) => row.model), total: total?.n ?? 0 };
}

export interface Departures {
  readonly calls: number;
  readonly bytes: number;
  readonly hosts: readonly string[];
}

/** What left this machine since a moment. */
export function departuresSince(db: Database, since: number): Departures {
  const rows = prepared<[number], { host: string; calls: number; bytes: number }>(
    db,
    'SELECT host, count(*) AS calls, sum(request_bytes) AS bytes FROM calls WHERE local = 0 AND created_at >= ? GROUP BY host',
  ).all(since);
  return {
    calls: rows.reduce((sum, row) => sum + row.calls, 0),
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    hosts: rows.map((row) => row.host),
  };
}

function toCallRow(row: CallRecord): CallRow {
  return {
    id: row.id,
    createdAt: row.created_at,
    kind: row.kind,
    task: row.task,
    status: row.status,
    providerName: row.provider_name,
    host: row.host,
    llm: row.llm === 1,
    model: row.model,
    attempt: row.attempt,
    userId: row.user_id,
    message: row.message,
    reply: row.reply,
    fileName: row.file_name,
    latencyMs: row.latency_ms,
    timeToFirstTokenMs: row.ttft_ms,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    totalTokens: row.total_tokens,
    requestBytes: row.request_bytes,
    errorCode: row.error_code,
  };
}

/** By whole characters, so that no surrogate pair is halved. */
function excerpt(text: string): string {
  return Array.from(text.slice(0, EXCERPT_CHARACTERS * 2))
    .slice(0, EXCERPT_CHARACTERS)
    .join('');
}
