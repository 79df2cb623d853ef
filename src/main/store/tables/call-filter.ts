/** The filters of the history as SQL conditions, and the choice of the index with the fewest calls. */
import type { Database } from 'better-sqlite3';
import type { HistoryFilter } from '../../../shared/call-data.ts';
import { prepared } from '../prepared.ts';

/** An SQL condition and its bound parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/**
 * The condition of every partial index but that of open calls. SQLite uses these indexes only if a query repeats it.
 */
export const CLOSED: Condition = { sql: "c.status <> 'open'", parameters: [] };
export const OPEN: Condition = { sql: "c.status = 'open'", parameters: [] };

/**
 * Columns whose indexes list the calls of each value in order of id. If two of them match many calls, the first is
 * used: models come and go, so the calls of one are close together, and its newest may be old.
 */
const INDEXES = { model: 'calls_by_model', kind: 'calls_by_kind', status: 'calls_by_status' } as const;
type Column = keyof typeof INDEXES;
const COLUMNS = ['model', 'kind', 'status'] as const satisfies readonly Column[];

/** How many calls of one value can be scanned quickly. Counting stops here. */
const FEW = 50_000;

/** The first and last id that may match. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** An index of the closed calls with the filter's value in one column. */
interface AccessPath {
  readonly index: string;
  readonly is: Condition;
  /** Query for their ids. */
  readonly ids: Condition;
  /** Whether a call is among them, without reading its row. */
  readonly has: Condition;
}

export function conditionsOf(filter: HistoryFilter): readonly Condition[] {
  return [...COLUMNS.flatMap((column) => equals(filter, column)), ...datesOf(filter)];
}

/** The unary plus keeps SQLite off the index of dates, which would need a sort by id. */
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
 * SQLite has no statistics, because nothing runs ANALYZE: it cannot know that hardly any call was cancelled and nearly
 * all are analyses. So they are counted.
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
 * The range of ids of the closed calls within a filter's dates, before a given call. Ids rise with the clock unless the
 * clock was set back, so the range contains all matching calls and hardly any others.
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
