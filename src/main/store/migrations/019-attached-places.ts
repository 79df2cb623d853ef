import type { Migration } from '../migration.ts';

/**
 * Version 19. The pages of attached files can be shown. `attachments.places`: where the pages, sheets or the like of a file
 * begin in its text, as JSON, where it has any; null also for files attached before. `attachments.inside`: where a file lies
 * in the one at `path`, as a JSON list of names from outer to inner; null for that file itself. Of a file that lies in
 * another one and was attached before, `path` is null.
 */
export const attachedPlaces: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE attachments ADD COLUMN places TEXT;
      ALTER TABLE attachments ADD COLUMN inside TEXT;
    `);
  },
};
