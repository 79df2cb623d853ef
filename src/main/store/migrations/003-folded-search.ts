import type { Database } from 'better-sqlite3';
import type { Migration } from '../migration.ts';
import { indexClosedCalls } from '../tables/search-index.ts';

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
      return indexClosedCalls(db, after, CALLS_A_BATCH, 'calls_text_next');
    },
  },
  change: (db) => {
    db.exec('DROP TABLE calls_text; ALTER TABLE calls_text_next RENAME TO calls_text;');
  },
};

function createIndex(db: Database): void {
  db.exec(`
    CREATE VIRTUAL TABLE calls_text_next USING fts5 (
      request, reply, file_name,
      content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
    )
  `);
}
