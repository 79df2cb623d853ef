/** The first start of a new version with a long history of an older one. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { putStoreFixture } from '../support/store-fixture.ts';
import { expect, launch, test } from './app.ts';

const CALLS = 40_000;

/** The history of the fixture, repeated so that its update takes seconds. */
function makeLong(dataDir: string): void {
  const db = new Database(join(dataDir, 'docket.db'));
  const columns = (db.pragma('table_info(calls)') as readonly { name: string }[]).map(({ name }) => name);
  const copied = columns.filter((name) => name !== 'id').join(', ');
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CALLS / 8})
    INSERT INTO calls (${copied}) SELECT ${copied} FROM n, calls WHERE status = 'ok'`);
  db.close();
}

test('an older history is updated with visible progress, and is then available', async ({ folder }) => {
  putStoreFixture(1, folder);
  makeLong(folder);
  const app = await launch({ dataDir: folder });
  const notice = app.page.getByRole('heading', { name: 'Updating your history' });
  await expect(notice).toBeVisible();
  const bar = app.page.getByRole('progressbar', { name: 'Progress' });
  await expect(bar).toHaveAttribute('aria-valuenow', /^\d+$/);
  await expect(notice).toBeHidden({ timeout: 60_000 });
  await app.page.getByRole('button', { name: 'History' }).click();
  await expect(app.page.getByText('35,009 calls on record')).toBeVisible();
  await app.quit();
});
