/** What the history reads: pages, single calls, counts. Open calls are in no index but their own. */
import type { Database } from 'better-sqlite3';
import type {
  CallDetail,
  CallKind,
  CallRow,
  CallStatus,
  CallTask,
  HistoryFacets,
  HistoryFilter,
  HistoryPage,
} from '../../../shared/call-data.ts';
import { readStoredUsage } from '../../llm/token-usage.ts';
import { prepared } from '../prepared.ts';
import { readCallProblem } from '../stored-problem.ts';
import { DamagedTextError, getBody } from './bodies.ts';
import {
  accessPaths,
  CLOSED,
  type Condition,
  conditionsOf,
  datesOf,
  mostSelective,
  OPEN,
  parametersOf,
  rangeOf,
  whereOf,
  within,
} from './call-filter.ts';
import { getRequest } from './request-bodies.ts';
import { searchQuery } from './search-text.ts';

interface CallRecord {
  readonly id: number;
  readonly created_at: number;
  readonly kind: CallKind;
  readonly task: CallTask;
  readonly title: string | null;
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
  readonly sent: number;
  readonly error_code: string | null;
}

interface CallDetailRecord extends CallRecord {
  readonly model_answered: string | null;
  readonly parameters: string;
  readonly http_status: number | null;
  readonly request_id: string | null;
  readonly finish_reason: string | null;
  readonly error_params: string | null;
  readonly error_message: string | null;
  readonly error_detail: string | null;
  readonly conversation_id: string | null;
  readonly message_id: string | null;
  readonly batch_id: string | null;
  readonly item_id: number | null;
  readonly note: string | null;
  readonly usage: string | null;
  readonly request: Buffer | null;
  readonly request_hash: Buffer | null;
  readonly reply_hash: Buffer | null;
}

const ROW_COLUMNS = `c.id, c.created_at, c.kind, c.task, c.title, c.status, c.provider_name, c.host, c.llm, c.model, c.attempt,
  c.user_id, c.message, c.reply, c.file_name, c.latency_ms, c.ttft_ms, c.prompt_tokens, c.completion_tokens,
  c.total_tokens, c.request_bytes, c.sent, c.error_code`;

/** Nobody needs an exact count of a large history, and finding all matches of a word takes seconds. */
const MOST_COUNTED = 10_000;

/** A page of the history, newest first, starting below `before`. */
export function pageOfCalls(db: Database, filter: PageFilter): HistoryPage {
  const found = matching(db, filter, ROW_COLUMNS);
  if (found === null) return { rows: [], nextBefore: null };
  const { sql, parameters, id } = found;
  const rows = prepared<unknown[], CallRecord>(db, `${sql} ORDER BY ${id} DESC LIMIT ?`).all(
    ...parameters,
    filter.limit + 1,
  );
  // The extra row only shows that there is a next page.
  const page = rows.slice(0, filter.limit).map(toCallRow);
  return { rows: page, nextBefore: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

/** How many calls match; null if more than `MOST_COUNTED`. */
export function countCalls(db: Database, filter: HistoryFilter): number | null {
  const found = matching(db, filter, '1');
  if (found === null) return 0;
  const counted = prepared<unknown[], { n: number }>(db, `SELECT count(*) AS n FROM (${found.sql} LIMIT ?)`);
  const count = counted.get(...found.parameters, MOST_COUNTED + 1)?.n ?? 0;
  return count > MOST_COUNTED ? null : count;
}

type Range = HistoryFilter & { readonly before?: number | undefined };
type PageFilter = Range & { readonly limit: number };

/** An unordered query, and the column to walk it by in descending order. */
export interface Matching extends Condition {
  readonly id: 'id' | 't.rowid';
}

/** Null when nothing can match. */
export function matching(db: Database, filter: Range, columns: string): Matching | null {
  const query = filter.search === undefined ? null : searchQuery(filter.search);
  if (filter.search?.trim() && query === null) return null;
  if (query === null) return { ...filtered(db, filter, columns), id: 'id' };
  // Open calls are not searchable yet.
  return filter.status === 'open' ? null : { ...searched(db, query, filter, columns), id: 't.rowid' };
}

/** All rows: one walk along the table. Otherwise: the matching closed calls, merged with the few open ones. */
function filtered(db: Database, filter: Range, columns: string): Condition {
  const conditions = conditionsOf(filter);
  const ids = rangeOf(db, {}, filter.before);
  const parts =
    conditions.length === 0
      ? [selectOf(columns, '', [within('c.id', ids)])]
      : [closedPart(db, filter, columns), selectOf(columns, '', [OPEN, ...conditions, within('c.id', ids)])];
  return { sql: parts.map(({ sql }) => sql).join(' UNION ALL '), parameters: parametersOf(parts) };
}

/** Walks the most selective index and reads a row only if the other indexes contain it too. */
function closedPart(db: Database, filter: Range, columns: string): Condition {
  const range = rangeOf(db, filter, filter.before);
  const rest = [CLOSED, ...datesOf(filter), within('c.id', range)];
  const paths = accessPaths(filter, range);
  const path = paths.length > 1 ? mostSelective(db, paths).path : paths[0];
  if (!path) return selectOf(columns, 'NOT INDEXED', rest);
  const others = paths.filter((other) => other !== path).map(({ has }) => has);
  return selectOf(columns, `INDEXED BY ${path.index}`, [path.is, ...rest, ...others]);
}

function selectOf(columns: string, index: string, conditions: readonly Condition[]): Condition {
  return {
    sql: `SELECT ${columns} FROM calls c ${index} ${whereOf(conditions)}`,
    parameters: parametersOf(conditions),
  };
}

/**
 * In descending order of rowid, a page costs only what it shows, however many rows match; ordering by bm25 would read
 * them all. Hits are cheap but their rows are not, so a selective filter is checked first.
 */
function searched(db: Database, query: string, filter: Range, columns: string): Condition {
  const range = rangeOf(db, filter, filter.before);
  const { path, isSelective } = mostSelective(db, accessPaths(filter, range));
  const conditions = [
    { sql: 't.calls_text MATCH ?', parameters: [query] },
    within('t.rowid', range),
    // The unary plus keeps SQLite from running the search once per id.
    ...(path !== null && isSelective
      ? [{ sql: `+t.rowid IN (${path.ids.sql})`, parameters: path.ids.parameters }]
      : []),
    ...conditionsOf(filter),
  ];
  return {
    sql: `SELECT ${columns} FROM calls_text t CROSS JOIN calls c ON c.id = t.rowid ${whereOf(conditions)}`,
    parameters: parametersOf(conditions),
  };
}

/** A call with its complete request, byte for byte as sent, and its reply. */
export function callDetail(db: Database, callId: number): CallDetail | null {
  const row = prepared<[number], CallDetailRecord>(db, 'SELECT * FROM calls WHERE id = ?').get(callId);
  if (row === undefined) return null;
  const { request_hash, reply_hash } = row;
  const request =
    request_hash === null ? (row.request?.toString('utf8') ?? '') : orDamaged(() => getRequest(db, request_hash));
  const usage = readStoredUsage(row.usage);
  const reply = reply_hash === null ? null : orDamaged(() => getBody(db, reply_hash));
  return {
    ...toCallRow(row),
    modelAnswered: row.model_answered,
    parameters: row.parameters,
    httpStatus: row.http_status,
    requestId: row.request_id,
    finishReason: row.finish_reason,
    problem: readCallProblem(row),
    conversationId: row.conversation_id,
    messageId: row.message_id,
    batchId: row.batch_id,
    itemId: row.item_id,
    note: row.note,
    cachedTokens: usage?.cachedTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    usage: row.usage,
    requestBody: request ?? '',
    replyBody: reply ?? null,
    damagedTexts: [
      ...(request === undefined ? ['request' as const] : []),
      ...(reply === undefined ? ['reply' as const] : []),
    ],
  };
}

/** Undefined if the text is damaged. */
function orDamaged(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DamagedTextError) return undefined;
    throw error;
  }
}

/** All attempts for a file, oldest first. */
export function callsOfItem(db: Database, itemId: number): readonly CallRow[] {
  return prepared<[number, number], CallRecord>(
    db,
    `SELECT ${ROW_COLUMNS} FROM calls c WHERE ${CLOSED.sql} AND c.item_id = ?
       UNION ALL SELECT ${ROW_COLUMNS} FROM calls c WHERE ${OPEN.sql} AND c.item_id = ? ORDER BY id`,
  )
    .all(itemId, itemId)
    .map(toCallRow);
}

/** The values the history can be filtered by, and how many calls it has. */
export function historyFacets(db: Database): HistoryFacets {
  // One index seek per distinct model instead of a scan over every call.
  const models = prepared<[], { model: string }>(
    db,
    `WITH RECURSIVE m(model) AS (
         SELECT min(c.model) FROM calls c WHERE ${CLOSED.sql}
         UNION ALL SELECT (SELECT min(c.model) FROM calls c WHERE ${CLOSED.sql} AND c.model > m.model) FROM m
           WHERE m.model IS NOT NULL
       ) SELECT model FROM m WHERE model IS NOT NULL`,
  ).all();
  const total = prepared<[], { n: number }>(
    db,
    `SELECT (SELECT count(*) FROM calls c WHERE ${CLOSED.sql}) + (SELECT count(*) FROM calls c WHERE ${OPEN.sql}) AS n`,
  ).get();
  return { models: models.map((row) => row.model), total: total?.n ?? 0 };
}

function toCallRow(row: CallRecord): CallRow {
  return {
    id: row.id,
    createdAt: row.created_at,
    kind: row.kind,
    task: row.task,
    title: row.title,
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
    sent: row.sent === 1,
    errorCode: row.error_code,
  };
}
