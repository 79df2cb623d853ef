import type { Migration } from '../migration.ts';

/** Version 9. An answer is found by what it depends on, so that nothing is asked twice. */
export const answersByIdentity: Migration = {
  change: (db) => void db.exec('CREATE INDEX answers_by_identity ON answers (identity) WHERE identity IS NOT NULL'),
};
