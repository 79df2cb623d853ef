/** A batch's table as it is sorted, filtered and searched: the ids of its rows in order. */
import type { Database } from 'better-sqlite3';
import { NOT_STATED } from '../../../shared/answer-words.ts';
import { foldText } from '../../../shared/fold-text.ts';
import type { ColumnFilter, ItemColumn, ItemSort, ItemView } from '../../../shared/item-view.ts';
import type { Condition } from './call-filter.ts';
import { JOIN_CORRECTIONS } from './corrections.ts';
import { defineValueFunctions, valueKey } from './value-functions.ts';

export interface ItemViewQuery extends ItemView {
  readonly batchId: string;
  /** Of the window, whose alphabet it is. */
  readonly locale: string;
}

/** What a row sorts by. */
interface Sorted {
  readonly id: number;
  readonly number: number | null;
  readonly text: string | null;
}

const QUESTION = 'question:';
const STATUS_ORDER = ['failed', 'running', 'queued', 'cancelled', 'done'];

export function questionOf(column: ItemColumn): string | null {
  return column.startsWith(QUESTION) ? column.slice(QUESTION.length) : null;
}

/** The ids of the rows that a view shows, in its order. */
export function viewOfItems(db: Database, query: ItemViewQuery): Int32Array {
  defineValueFunctions(db);
  const where = conditionOf(query);
  const key = sortKey(query.sort);
  const search = query.search.trim();
  // Statements differ from view to view, so they are not kept.
  const rows = db
    .prepare<unknown[], Sorted & { words: string | null }>(
      `SELECT i.id, ${key.sql}, ${search === '' ? 'NULL' : WORDS} AS words FROM items i ${key.join}
         WHERE ${where.sql} ORDER BY i.position`,
    )
    .all(...key.parameters, ...where.parameters);
  const found = search === '' ? rows : rows.filter(matcher(search));
  const sorted = query.sort === null ? found : inOrder(found, query.sort, query.locale);
  return Int32Array.from(sorted, ({ id }) => id);
}

const WORDS =
  "i.name || char(10) || coalesce((SELECT group_concat(a.shown, char(10)) FROM answers a WHERE a.item_id = i.id), '')";

/** Every word, in the name or in a value. */
function matcher(search: string): (row: { readonly words: string | null }) => boolean {
  const wanted = foldText(search).trim().split(' ');
  return ({ words }) => {
    const text = foldText(words ?? '');
    return wanted.every((word) => text.includes(word));
  };
}

function conditionOf({ batchId, only, filters }: ItemViewQuery): Condition {
  const parts: readonly Condition[] = [
    { sql: 'i.batch_id = ?', parameters: [batchId] },
    only === 'all' ? listed : only === 'noted' ? noted : { sql: 'i.status = ?', parameters: [only] },
    ...filters.map(filterCondition),
  ];
  return all(parts);
}

const listed: Condition = { sql: "i.status <> 'removed'", parameters: [] };
const noted: Condition = { sql: "i.status IN ('done', 'failed') AND i.notes <> '[]'", parameters: [] };

function filterCondition(filter: ColumnFilter): Condition {
  const question = questionOf(filter.column);
  if (question !== null) return answerCondition(question, filter);
  const { range, values, ticks } = filter;
  const column = filter.column === 'tokens' ? 'i.total_tokens' : filter.column === 'time' ? 'i.latency_ms' : 'i.status';
  return all([
    ...(range === undefined ? [] : [{ sql: `${column} BETWEEN ? AND ?`, parameters: [range.from, range.to] }]),
    ...(values === undefined
      ? []
      : [{ sql: `${column} IN (SELECT value FROM json_each(?))`, parameters: [JSON.stringify(values)] }]),
    ...(ticks?.length === 1
      ? [{ sql: `(i.checked_at IS NOT NULL) = ?`, parameters: [Number(ticks[0] === 'checked')] }]
      : []),
  ]);
}

function answerCondition(question: string, { values, range, gaps, proofs, inPart }: ColumnFilter): Condition {
  const has = (what: Condition): Condition => ({
    sql: `EXISTS (SELECT 1 FROM answers a ${JOIN_CORRECTIONS} WHERE a.item_id = i.id AND a.question = ? AND (${what.sql}))`,
    parameters: [question, ...what.parameters],
  });
  const lacks: Condition = {
    sql: `NOT EXISTS (SELECT 1 FROM answers a WHERE a.item_id = i.id AND a.question = ?
            AND (a.shown IS NOT NULL OR a.status = 'failed'))`,
    parameters: [question],
  };
  const anyOf: readonly Condition[] = [
    ...(values === undefined ? [] : [has(oneOf(values))]),
    ...(range === undefined ? [] : [has({ sql: 'a.number BETWEEN ? AND ?', parameters: [range.from, range.to] })]),
    ...(gaps?.includes('not_stated') ? [has({ sql: `${SHOWN} = ?`, parameters: [STATED_NOWHERE] })] : []),
    ...(gaps?.includes('failed') ? [has({ sql: "a.status = 'failed' AND a.shown IS NULL", parameters: [] })] : []),
    ...(gaps?.includes('empty') ? [lacks] : []),
  ];
  return all([
    ...(anyOf.length === 0 ? [] : [some(anyOf)]),
    ...(proofs === undefined
      ? []
      : [has({ sql: 'a.proof IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(proofs)] })]),
    ...(inPart ? [has({ sql: READ_IN_PART, parameters: [] })] : []),
  ]);
}

/** As the JSON of such an answer is stored. */
const STATED_NOWHERE = JSON.stringify({ type: 'not_stated' });
const READ_IN_PART = "json_extract(a.coverage, '$.partsRead') < json_extract(a.coverage, '$.parts')";

/** The value that is shown, of an answer `a` with its correction `c`. */
export const SHOWN = 'iif(c.value IS NULL, a.value, shown_json(a.value, c.value, c.of_value))';

/** A value, or an entry of a list, however it is written. */
function oneOf(values: readonly string[]): Condition {
  const wanted = JSON.stringify(values.map(valueKey));
  return {
    sql: `CASE WHEN json_extract(${SHOWN}, '$.type') = 'list'
            THEN EXISTS (SELECT 1 FROM json_each(${SHOWN}, '$.items') e WHERE value_key(e.value) IN (SELECT value FROM json_each(?)))
            ELSE value_key(a.shown) IN (SELECT value FROM json_each(?)) END`,
    parameters: [wanted, wanted],
  };
}

const all = (parts: readonly Condition[]): Condition => joined(parts, 'AND', '1');
const some = (parts: readonly Condition[]): Condition => joined(parts, 'OR', '0');

function joined(parts: readonly Condition[], by: 'AND' | 'OR', none: string): Condition {
  return {
    sql: parts.length === 0 ? none : `(${parts.map(({ sql }) => `(${sql})`).join(` ${by} `)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

interface SortKey extends Condition {
  readonly join: string;
}

function sortKey(sort: ItemSort | null): SortKey {
  const plain = (sql: string): SortKey => ({ sql, join: '', parameters: [] });
  if (sort === null) return plain('NULL AS number, NULL AS text');
  const question = questionOf(sort.column);
  if (question !== null) {
    return {
      sql: 's.number AS number, s.shown AS text',
      join: 'LEFT JOIN answers s ON s.item_id = i.id AND s.question = ?',
      parameters: [question],
    };
  }
  switch (sort.column) {
    case 'tokens':
      return plain('i.total_tokens AS number, NULL AS text');
    case 'time':
      return plain('i.latency_ms AS number, NULL AS text');
    case 'status':
      return plain(
        `CASE i.status ${STATUS_ORDER.map((status, place) => `WHEN '${status}' THEN ${place}`).join(' ')} END AS number, NULL AS text`,
      );
    default:
      return plain('NULL AS number, i.name AS text');
  }
}

/** Numbers and dates by value, text by the alphabet of the locale; what is not stated, and then what there is not, last. */
function inOrder<Row extends Sorted>(rows: readonly Row[], { descending }: ItemSort, locale: string): readonly Row[] {
  const collator = collatorFor(locale);
  const sign = descending ? -1 : 1;
  const values = rows.filter((row) => rank(row) === 0);
  values.sort((a, b) => {
    if (a.number !== null && b.number !== null) return sign * (a.number - b.number);
    if (a.number !== null || b.number !== null) return sign * (a.number === null ? 1 : -1);
    return sign * collator.compare(a.text ?? '', b.text ?? '');
  });
  return [...values, ...rows.filter((row) => rank(row) === 1), ...rows.filter((row) => rank(row) === 2)];
}

function rank({ number, text }: Sorted): 0 | 1 | 2 {
  if (number !== null) return 0;
  if (text === null || text === '') return 2;
  return text === NOT_STATED ? 1 : 0;
}

function collatorFor(locale: string): Intl.Collator {
  const [known] = Intl.Collator.supportedLocalesOf(safely(locale));
  return new Intl.Collator(known, { numeric: true });
}

/** A window's language may be none that this runtime can spell. */
function safely(locale: string): string[] {
  try {
    return Intl.getCanonicalLocales(locale);
  } catch {
    return [];
  }
}
