import type { Migration } from '../migration.ts';

/**
 * Version 6. `messages.reasoning` is the reasoning before a reply, empty if there is none, and `messages.reasoning_ms`
 * how long it took. `messages.reasoning_tokens` and `messages.cached_tokens` are the server's counts. `calls.usage` is
 * the server's usage object as JSON. All but the first are null if unknown.
 */
export const reasoningAndUsage: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN reasoning TEXT NOT NULL DEFAULT '';
      ALTER TABLE messages ADD COLUMN reasoning_ms REAL;
      ALTER TABLE messages ADD COLUMN reasoning_tokens INTEGER;
      ALTER TABLE messages ADD COLUMN cached_tokens INTEGER;
      ALTER TABLE calls ADD COLUMN usage TEXT;
    `);
  },
};
