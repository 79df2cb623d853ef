import type { Migration } from '../migration.ts';

/**
 * Version 20. `recognised_pages.missed`: how much of what looks like letters on a page is in no recognised word, from 0 to 1.
 * Null for pages recognised before.
 */
export const missedLetters: Migration = {
  change: (db) => {
    db.exec('ALTER TABLE recognised_pages ADD COLUMN missed REAL');
  },
};
