/** What the history is narrowed down to, as conditions of a query, and the index that leads to the fewest calls. */
import type { Database } from 'better-sqlite3';
import type { HistoryFilter } from '../../../shared/call-data.ts';
import { prepared } from '../prepared.ts';

/** A condition of a query, and the parameters that are bound in it. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** As each index but that of the open calls says it: without these words SQLite does not use them. */
export const CLOSED: Condition = { sql: "c.status <> 'open'", parameters: [] };
export const OPEN: Condition = { sql: "c.status = 'open'", parameters: [] };

/**
 * The columns whose indexes hold the calls of a value in the order of their ids. Where two lead to many calls, the first
 * is taken: models come and go, so the calls of one lie together, and the newest of them may be old.
 */
const INDEXES = { model: 'calls_by_model', kind: 'calls_by_kind', status: 'calls_by_status' } as const;
type Column = keyof typeof INDEXES;
const COLUMNS = ['model', 'kind', 'status'] as const satisfies readonly Column[];

/** Calls of one value that can be looked through in a moment; whether there are more is all that is counted. */
const FEW = 50_000;

/** The first and the last of the ids that may match. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** An index that leads to the closed calls of one of a filter's values. */
interface AccessPath {
  readonly index: string;
  readonly is: Condition;
  /** Query of their ids. */
  readonly ids: Condition;
  /** That a call is among them, without a look at its row. */
  readonly has: Condition;
}

export function conditionsOf(filter: HistoryFilter): readonly Condition[] {
  return [...COLUMNS.flatMap((column) => equals(filter, column)), ...datesOf(filter)];
}

/** The sign keeps SQLite from the index of dates: it would have to sort by id what it finds there. */
export function datesOf({ from, to }: HistoryFilter): readonly Condition[] {
  return [
    ...(from === undefined ? [] : [{ sql: '+c.created_at >= ?', parameters: [from] }]),
    ...(to === undefined ? [] : [{ sql: '+c.created_at < ?', parameters: [to] }]),
  ];
}

function equals(filter: HistoryFilter, column: Column): readonly Condition[] {
  const value = filter[column];
  return value === undefined ? [] : [{ sql: `c.${column} = ?`, parameters: [value] }];
}

export function accessPaths(filter: HistoryFilter, range: IdRange): readonly AccessPath[] {
  return COLUMNS.flatMap((column) =>
    equals(filter, column).map((is) => {
      const index = INDEXES[column];
      const conditions = [CLOSED, is, within('c.id', range)];
      const among = `SELECT 1 FROM calls o INDEXED BY ${index} WHERE o.status <> 'open' AND o.${column} = ? AND o.id = c.id`;
      return {
        index,
        is,
        ids: {
          sql: `SELECT c.id FROM calls c INDEXED BY ${index} ${whereOf(conditions)}`,
          parameters: parametersOf(conditions),
        },
        has: { sql: `EXISTS (${among})`, parameters: is.parameters },
      };
    }),
  );
}

/**
 * SQLite has no statistics here, because nothing runs ANALYZE: it cannot tell that hardly any call was cancelled and
 * nearly all are analyses, so they are counted.
 */
export function mostSelective(
  db: Database,
  paths: readonly AccessPath[],
): { readonly path: AccessPath | null; readonly isSelective: boolean } {
  const counted = paths.map((path) => ({ path, count: countUpTo(db, path.ids, FEW) }));
  const [least] = counted.sort((a, b) => a.count - b.count);
  return least === undefined
    ? { path: null, isSelective: false }
    : { path: least.path, isSelective: least.count < FEW };
}

function countUpTo(db: Database, { sql, parameters }: Condition, most: number): number {
  const counted = prepared<unknown[], { n: number }>(db, `SELECT count(*) AS n FROM (${sql} LIMIT ${most})`);
  return counted.get(...parameters)?.n ?? 0;
}

/**
 * Between which ids the closed calls of a filter's dates lie, before a given one. Ids rise with the clock, but where it
 * was set back: so all such calls are there, and hardly any others.
 */
export function rangeOf(db: Database, { from, to }: HistoryFilter, before: number | undefined): IdRange {
  const dates = [
    ...(from === undefined ? [] : [{ sql: 'c.created_at >= ?', parameters: [from] }]),
    ...(to === undefined ? [] : [{ sql: 'c.created_at < ?', parameters: [to] }]),
  ];
  const idAtEnd = (which: 'min' | 'max'): number | null => {
    const conditions = [CLOSED, ...dates];
    const sql = `SELECT ${which}(c.id) AS id FROM calls c INDEXED BY calls_by_time ${whereOf(conditions)}`;
    return prepared<unknown[], { id: number | null }>(db, sql).get(...parametersOf(conditions))?.id ?? null;
  };
  const newest = before === undefined ? Number.MAX_SAFE_INTEGER : before - 1;
  return {
    first: from === undefined ? 0 : (idAtEnd('min') ?? Number.MAX_SAFE_INTEGER),
    last: to === undefined ? newest : Math.min(newest, idAtEnd('max') ?? 0),
  };
}

export function within(column: string, { first, last }: IdRange): Condition {
  return { sql: `${column} BETWEEN ? AND ?`, parameters: [first, last] };
}

export function whereOf(conditions: readonly Condition[]): string {
  return `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}

export function parametersOf(conditions: readonly Condition[]): readonly (string | number)[] {
  return conditions.flatMap(({ parameters }) => parameters);
}
