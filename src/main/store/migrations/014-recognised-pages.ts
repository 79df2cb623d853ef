import type { Migration } from '../migration.ts';

/**
 * Version 14. `recognised_pages`: what was recognised on the pages of a file, by the hash of its bytes and what it was
 * recognised with. A page takes seconds: what was done before an interruption is not done again.
 */
export const recognisedPages: Migration = {
  change: (db) => {
    db.exec(`
      CREATE TABLE recognised_pages (
        sha256 TEXT NOT NULL,
        read_with TEXT NOT NULL,
        page INTEGER NOT NULL,
        text TEXT NOT NULL,
        confidence REAL,
        read_at INTEGER NOT NULL,
        PRIMARY KEY (sha256, read_with, page)
      ) STRICT;
    `);
  },
};
