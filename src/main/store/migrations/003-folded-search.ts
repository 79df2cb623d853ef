import type { Database } from 'better-sqlite3';
import type { Migration } from '../migration.ts';
import { prepared } from '../prepared.ts';
import { getBody } from '../tables/bodies.ts';
import { getRequest } from '../tables/request-bodies.ts';
import { indexCall } from '../tables/search-index.ts';

/** A second's work or so: what a kill loses, and how often a person sees that it goes on. */
const CALLS_A_BATCH = 2_000;

/**
 * Version 3: the search index anew, over texts that are made alike (`shared/fold-text.ts`), so that its own tokenizer has
 * nothing to add, and with vowel signs as parts of words, which cut them before. Written by the functions that write it
 * today: an index of older ones would not meet today's questions.
 */
export const foldedSearch: Migration = {
  batches: {
    end: (db) => db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM calls').pluck().get() ?? 0,
    next: (db, after) => {
      if (after === 0) createIndex(db);
      const calls = prepared<[number, number], ClosedCall>(
        db,
        `SELECT id, message, file_name, request_hash, reply_hash FROM calls WHERE id > ? AND status <> 'open'
           ORDER BY id LIMIT ?`,
      ).all(after, CALLS_A_BATCH);
      for (const call of calls) indexAgain(db, call);
      return calls.at(-1)?.id ?? null;
    },
  },
  change: (db) => {
    db.exec('DROP TABLE calls_text; ALTER TABLE calls_text_next RENAME TO calls_text;');
  },
};

interface ClosedCall {
  readonly id: number;
  readonly message: string;
  readonly file_name: string | null;
  readonly request_hash: Buffer;
  readonly reply_hash: Buffer | null;
}

function createIndex(db: Database): void {
  db.exec(`
    CREATE VIRTUAL TABLE calls_text_next USING fts5 (
      request, reply, file_name,
      content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
    )
  `);
}

/** A text that is damaged keeps no other from being found. */
function indexAgain(db: Database, { id, message, file_name, request_hash, reply_hash }: ClosedCall): void {
  const request = orEmpty(() => getRequest(db, request_hash));
  const reply = reply_hash === null ? '' : orEmpty(() => getBody(db, reply_hash));
  indexCall(db, { id, message, request, fileName: file_name }, reply, 'calls_text_next');
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
