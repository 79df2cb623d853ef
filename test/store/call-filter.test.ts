import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForWriting } from '../../src/main/store/open-database.ts';
import { countCalls, pageOfCalls } from '../../src/main/store/tables/call-history.ts';
import type { CallKind, CallStatus, HistoryFilter } from '../../src/shared/call-data.ts';

/** Enough calls that counting stops for some values of a filter. */
const CALLS = 60_000;
const DAY = 1_000;
const LIMIT = 20;

const folder = mkdtempSync(join(tmpdir(), 'docket-filter-'));
const file = join(folder, 'docket.db');
const asked: string[] = [];
let db: Database.Database;

/** One call a day. One model went out of use, one is rarely used, and the clock was wrong for a while. */
const MANY_CALLS = `
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${CALLS}),
  facets AS (SELECT n,
    CASE WHEN n % 30 = 0 THEN 'probe' WHEN n % 9 = 0 THEN 'chat' ELSE 'analysis' END AS kind,
    CASE WHEN n > ${CALLS - 3} THEN 'open' WHEN n % 101 = 0 THEN 'error' WHEN n % 997 = 0 THEN 'cancelled' ELSE 'ok' END AS status,
    CASE WHEN n < 20000 THEN 'old' WHEN n % 50 = 0 THEN 'rare' ELSE 'usual' END AS model,
    n * ${DAY} - CASE WHEN n BETWEEN 30000 AND 30500 THEN 10000 * ${DAY} ELSE 0 END AS created_at FROM n)
INSERT INTO calls (id, created_at, kind, task, status, provider_name, host, llm, local, model, parameters, attempt,
    user_id, message, request_bytes, request_hash, request)
  SELECT n, created_at, kind, 'chat', status, 'x', 'x', 1, 0, model, '{}', 1, 'x', 'x', 1,
    CASE WHEN status = 'open' THEN NULL ELSE x'00' END, CASE WHEN status = 'open' THEN x'00' ELSE NULL END FROM facets;
INSERT INTO calls_text (rowid, request, reply, file_name)
  SELECT id, CASE WHEN id % 2 = 0 THEN 'common' WHEN id % 4999 = 0 THEN 'seldom' ELSE 'other' END, '', ''
    FROM calls WHERE status <> 'open' ORDER BY id`;

beforeAll(() => {
  const written = openForWriting(file).db;
  written.pragma('synchronous = OFF');
  written.transaction(() => written.exec(MANY_CALLS))();
  written.close();
  db = new Database(file, { readonly: true, verbose: (sql) => asked.push(String(sql)) });
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

interface Call {
  readonly id: number;
  readonly kind: CallKind;
  readonly status: CallStatus;
  readonly model: string;
  readonly created_at: number;
}

const words: readonly (string | undefined)[] = [undefined, 'common', 'seldom'];
const kinds: readonly (CallKind | undefined)[] = [undefined, 'chat', 'analysis', 'probe'];
const statuses: readonly (CallStatus | undefined)[] = [undefined, 'ok', 'error', 'cancelled', 'in_doubt', 'open'];
const models = [undefined, 'usual', 'old', 'rare'];
const dates: readonly Pick<HistoryFilter, 'from' | 'to'>[] = [
  {},
  { from: 59_000 * DAY },
  { to: 20_200 * DAY },
  { from: 20_100 * DAY, to: 20_900 * DAY },
  { from: 90_000 * DAY },
  { to: 0 },
];

function matches(call: Call, { search, kind, status, model, from, to }: HistoryFilter): boolean {
  const word = call.id % 2 === 0 ? 'common' : call.id % 4999 === 0 ? 'seldom' : 'other';
  return (
    (search === undefined || (call.status !== 'open' && search === word)) &&
    (kind === undefined || call.kind === kind) &&
    (status === undefined || call.status === status) &&
    (model === undefined || call.model === model) &&
    (from === undefined || call.created_at >= from) &&
    (to === undefined || call.created_at < to)
  );
}

describe('a filtered page', () => {
  it.each(words)('has the newest matching calls for any filter (search: %s)', (search) => {
    const calls = db.prepare<[], Call>('SELECT id, kind, status, model, created_at FROM calls ORDER BY id DESC').all();
    for (const kind of kinds) {
      for (const status of statuses) {
        for (const model of models) {
          for (const range of dates) {
            const filter = { search, kind, status, model, ...range };
            const expected = calls.filter((call) => matches(call, filter)).map(({ id }) => id);
            const first = pageOfCalls(db, { ...filter, limit: LIMIT });
            expect(
              first.rows.map(({ id }) => id),
              JSON.stringify(filter),
            ).toEqual(expected.slice(0, LIMIT));
            expect(countCalls(db, filter), JSON.stringify(filter)).toBe(
              expected.length > 10_000 ? null : expected.length,
            );
            const before = expected[Math.floor(expected.length / 2)] ?? 30_000;
            const deep = pageOfCalls(db, { ...filter, before, limit: LIMIT });
            const older = expected.filter((id) => id < before);
            expect(
              deep.rows.map(({ id }) => id),
              `${JSON.stringify(filter)} before ${before}`,
            ).toEqual(older.slice(0, LIMIT));
            expect(deep.nextBefore !== null).toBe(older.length > LIMIT);
          }
        }
      }
    }
  });

  it.each<[HistoryFilter, string]>([
    [{}, 'SEARCH c USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    [{ kind: 'chat' }, 'SEARCH c USING INDEX calls_by_kind (kind=? AND id>? AND id<?)'],
    [{ status: 'error' }, 'SEARCH c USING INDEX calls_by_status (status=? AND id>? AND id<?)'],
    [{ model: 'rare' }, 'SEARCH c USING INDEX calls_by_model (model=? AND id>? AND id<?)'],
    [{ from: 59_000 * DAY }, 'SEARCH c USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    [{ to: 20_200 * DAY }, 'SEARCH c USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    [
      { kind: 'chat', from: 20_100 * DAY, to: 20_900 * DAY },
      'SEARCH c USING INDEX calls_by_kind (kind=? AND id>? AND id<?)',
    ],
    [{ kind: 'analysis', status: 'cancelled' }, 'SEARCH c USING INDEX calls_by_status (status=? AND id>? AND id<?)'],
    [{ kind: 'probe', status: 'ok' }, 'SEARCH c USING INDEX calls_by_kind (kind=? AND id>? AND id<?)'],
    [
      { kind: 'analysis', status: 'ok', model: 'rare' },
      'SEARCH c USING INDEX calls_by_model (model=? AND id>? AND id<?)',
    ],
    [{ search: 'common', status: 'error' }, 'LIST SUBQUERY'],
  ])('of %j reads an index in list order, without sorting', (filter, way) => {
    asked.length = 0;
    pageOfCalls(db, { ...filter, limit: LIMIT });
    const page = asked.findLast((sql) => sql.includes('ORDER BY')) ?? '';
    const plan = db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${page}`)
      .all()
      .map(({ detail }) => detail);
    expect(plan.join('\n')).toContain(way);
    expect(plan.join('\n')).not.toMatch(/TEMP B-TREE|SCAN c\b|calls_by_time/);
  });
});
