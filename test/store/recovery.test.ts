import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openForWriting } from '../../src/main/store/open-database.ts';
import { writeOperations } from '../../src/main/store/operations.ts';
import { makeFolder } from './open-test-store.ts';

it('a start finds what a crash left by index, without reading every row of a large store', () => {
  const file = join(makeFolder(), 'docket.db');
  openForWriting(file).db.close();
  const asked: string[] = [];
  const db = new Database(file, { verbose: (sql) => asked.push(String(sql)) });

  writeOperations.recover(db);

  const plans = asked
    .splice(0)
    .flatMap((sql) => db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all())
    .map(({ detail }) => detail);
  db.close();
  expect(plans.join('\n')).toContain('items_by_status');
  expect(plans.filter((plan) => /^SCAN (items|messages|attachments|calls$)/.test(plan))).toEqual([]);
});
