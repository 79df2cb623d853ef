/** What is in a column of a batch's table, counted over all rows that the rest of the view shows. */
import type { Database } from 'better-sqlite3';
import type { AnswerStatus, AnswerValue, Proof } from '../../../shared/answer.ts';
import type { AnswerGap, ColumnFacet, HistogramBar, ItemColumn, ValueCount } from '../../../shared/item-view.ts';
import { prepared } from '../prepared.ts';
import { JOIN_CORRECTIONS } from './corrections.ts';
import { type ItemViewQuery, questionOf, SHOWN, viewOfItems } from './item-view.ts';
import { valueKey } from './value-functions.ts';

export interface ColumnFacetQuery extends ItemViewQuery {
  readonly column: ItemColumn;
}

const VALUES = 50;
/** A histogram is a hand wide: more bars would be hairs. */
const BARS = 16;

interface AnswerRecord {
  readonly status: AnswerStatus;
  readonly shown: string | null;
  readonly number: number | null;
  readonly value: string | null;
  readonly proof: Proof | null;
  readonly in_part: number | null;
}

/** Counted without the column's own filter, so that it shows what else could be chosen. */
export function facetOfItems(db: Database, query: ColumnFacetQuery): ColumnFacet {
  const filters = query.filters.filter(({ column }) => column !== query.column);
  const ids = viewOfItems(db, { ...query, filters, sort: null });
  const question = questionOf(query.column);
  const wanted = JSON.stringify([...ids]);
  return question === null
    ? ofItems(db, query.column, wanted, ids.length)
    : ofAnswers(db, question, wanted, ids.length);
}

const noProofs = { found: 0, not_found: 0, none: 0 };

function ofItems(db: Database, column: ItemColumn, ids: string, rows: number): ColumnFacet {
  const sql = column === 'tokens' ? 'total_tokens' : column === 'time' ? 'latency_ms' : 'status';
  const cells = prepared<[string], number | string | null>(
    db,
    `SELECT ${sql} FROM items WHERE id IN (SELECT value FROM json_each(?))`,
  )
    .pluck()
    .all(ids);
  const numbers = cells.filter((cell) => typeof cell === 'number');
  const words = new Map<string, number>();
  for (const cell of cells) if (typeof cell === 'string') count(words, cell);
  const checked = column === 'status' ? countTicked(db, ids) : 0;
  return {
    rows,
    ...mostFrequent(words),
    histogram: numbers.length === 0 ? null : histogramOf(numbers),
    gaps: { not_stated: 0, empty: 0, failed: 0 },
    proofs: noProofs,
    inPart: 0,
    ticks: { checked, unchecked: column === 'status' && checked > 0 ? rows - checked : 0 },
  };
}

function countTicked(db: Database, ids: string): number {
  return (
    prepared<[string], number>(db, 'SELECT count(checked_at) FROM items WHERE id IN (SELECT value FROM json_each(?))')
      .pluck()
      .get(ids) ?? 0
  );
}

function ofAnswers(db: Database, question: string, ids: string, rows: number): ColumnFacet {
  const records = prepared<[string, string], AnswerRecord>(
    db,
    `SELECT a.status, a.shown, a.number, ${SHOWN} AS value, a.proof,
       json_extract(a.coverage, '$.partsRead') < json_extract(a.coverage, '$.parts') AS in_part
       FROM answers a ${JOIN_CORRECTIONS}
       WHERE a.item_id IN (SELECT value FROM json_each(?)) AND a.question = ?`,
  ).all(ids, question);
  const values = new Map<string, number>();
  const numbers: number[] = [];
  const gaps: Record<AnswerGap, number> = { not_stated: 0, empty: rows - records.length, failed: 0 };
  const proofs: Record<Proof, number> = { ...noProofs };
  let inPart = 0;
  for (const { status, shown, number, value: stored, proof, in_part } of records) {
    if (proof !== null) proofs[proof] += 1;
    if (in_part === 1) inPart += 1;
    if (stored === null) {
      if (status === 'failed') gaps.failed += 1;
      else gaps.empty += 1;
      continue;
    }
    const value = JSON.parse(stored) as AnswerValue;
    if (value.type === 'not_stated') gaps.not_stated += 1;
    else if (value.type === 'list') for (const entry of distinct(value.items)) count(values, entry);
    else if (number !== null && value.type !== 'yes_no') numbers.push(number);
    else if (shown !== null) count(values, shown);
  }
  const histogram = numbers.length === 0 ? null : histogramOf(numbers);
  const ticks = { checked: 0, unchecked: 0 };
  return { rows, ...mostFrequent(values), histogram, gaps, proofs, inPart, ticks };
}

/** A file whose list has a value twice, written in two ways, has it once. */
function distinct(entries: readonly string[]): Iterable<string> {
  return new Map(entries.map((entry) => [valueKey(entry), entry])).values();
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Values that differ only in how they are written are one, as it is written most often. */
function mostFrequent(counts: ReadonlyMap<string, number>): Pick<ColumnFacet, 'values' | 'moreValues'> {
  const byKey = new Map<string, [spelling: string, times: number][]>();
  for (const spelled of counts) {
    const key = valueKey(spelled[0]);
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [spelled]);
    else others.push(spelled);
  }
  const sorted = [...byKey.values()].map((spellings): ValueCount => {
    spellings.sort(([, a], [, b]) => b - a);
    const [value = '', ...otherSpellings] = spellings.map(([spelling]) => spelling);
    return { value, count: spellings.reduce((sum, [, times]) => sum + times, 0), otherSpellings };
  });
  sorted.sort((a, b) => b.count - a.count);
  return { values: sorted.slice(0, VALUES), moreValues: Math.max(0, sorted.length - VALUES) };
}

/** Bars of equal width from the smallest to the largest. */
function histogramOf(numbers: readonly number[]): readonly HistogramBar[] {
  // Spread over arguments, this many would overflow the stack.
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const most = numbers.reduce((a, b) => Math.max(a, b));
  const bars = least === most ? 1 : BARS;
  const width = (most - least) / bars;
  const counts = Array.from({ length: bars }, () => 0);
  for (const number of numbers) {
    const bar = width === 0 ? 0 : Math.min(bars - 1, Math.floor((number - least) / width));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts.map((times, bar) => ({
    from: least + bar * width,
    to: bar === bars - 1 ? most : least + (bar + 1) * width,
    count: times,
  }));
}
