/** What the search finds of a call. */
import type { Database } from 'better-sqlite3';
import { prepared } from '../prepared.ts';
import { getBody } from './bodies.ts';
import { getRequest } from './request-bodies.ts';
import { searchableText } from './search-text.ts';

/** What the index needs of a call. */
export interface IndexedCall {
  readonly id: number;
  /** The beginning of the question. */
  readonly message: string;
  /** The request's body as JSON; empty for a GET. */
  readonly request: string;
  readonly fileName: string | null;
}

/** The index, and the new one that a migration fills before replacing it. */
type IndexTable = 'calls_text' | 'calls_text_next';

/**
 * Indexes question and reply together, off the path to the provider. The beginning of the question comes first: after
 * the files it carries, it could lie beyond what is indexed of a long text.
 */
export function indexCall(db: Database, call: IndexedCall, reply: string, table: IndexTable = 'calls_text'): void {
  prepared(db, `INSERT INTO ${table} (rowid, request, reply, file_name) VALUES (?, ?, ?, ?)`).run(
    call.id,
    searchableText(`${call.message}\n${lastTurn(call.request)}`),
    searchableText(reply),
    searchableText(call.fileName ?? ''),
  );
}

/** The last turn of a request, including its files. Of one with pictures, what stands beside them. */
function lastTurn(request: string): string {
  if (request === '') return '';
  const { messages } = JSON.parse(request) as { readonly messages?: readonly { readonly content: Content }[] };
  const content = messages?.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('\n');
}

type Content = string | readonly { readonly text?: string }[];

interface ClosedCall {
  readonly id: number;
  readonly message: string;
  readonly file_name: string | null;
  readonly request_hash: Buffer;
  readonly reply_hash: Buffer | null;
}

/** Indexes the stored calls after a given one, in order. @returns the last of them, or null if there are none. */
export function indexClosedCalls(db: Database, after: number, limit: number, table: IndexTable): number | null {
  const calls = prepared<[number, number], ClosedCall>(
    db,
    `SELECT id, message, file_name, request_hash, reply_hash FROM calls WHERE id > ? AND status <> 'open'
       ORDER BY id LIMIT ?`,
  ).all(after, limit);
  for (const { id, message, file_name, request_hash, reply_hash } of calls) {
    const request = orEmpty(() => getRequest(db, request_hash));
    const reply = reply_hash === null ? '' : orEmpty(() => getBody(db, reply_hash));
    indexCall(db, { id, message, request, fileName: file_name }, reply, table);
  }
  return calls.at(-1)?.id ?? null;
}

/** A damaged text must not keep others from being found. */
function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
