import type { Database } from 'better-sqlite3';
import type { Migration } from '../migration.ts';
import { indexClosedCalls } from '../tables/search-index.ts';

/** About a second of work: what a kill loses at most, and how often progress is shown. */
const CALLS_A_BATCH = 2_000;

/**
 * Version 3: rebuilds the search index over folded text (`shared/fold-text.ts`), so FTS5's own tokenizer has nothing
 * left to fold. Vowel signs, which used to split words, are now part of them. It uses the current indexing functions,
 * because the index must match current queries.
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
