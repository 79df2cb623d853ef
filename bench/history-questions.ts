/** Typical queries on a long history, each many times with different words, filters and depths. */
import { callKinds, callStatuses, type HistoryFilter } from '../src/shared/call-data.ts';
import { createRandom, LAST_DAY, MODELS, pick, sentences, TERMS, term } from './history-rows.ts';

export type Page = HistoryFilter & { readonly before?: number; readonly limit: number };

/** The categories in the results. */
export type Figure = 'page' | 'filter' | 'search';

export interface Question {
  readonly figure: Figure;
  /** The kind of query within its category, for finding slow ones. */
  readonly sort: string;
  readonly page: Page;
}

/** One page of the history list. */
const PAGE_ROWS = 100;
const DAY_MS = 24 * 3_600_000;
/** The trade terms that hardly any document contains. */
const RARE_FROM = TERMS / 4;

type Random = () => number;

/** `each` queries of every kind, interleaved. */
export function makeQuestions(calls: number, each: number): readonly Question[] {
  const random = createRandom(7);
  const anywhere = () => 1 + Math.floor(random() * calls);
  const words = commonWords();
  const sorts: readonly (readonly [Figure, string, () => Omit<Page, 'limit'>])[] = [
    ['page', 'first', () => ({})],
    ['page', 'deep', () => ({ before: anywhere() })],
    ['filter', 'kind', () => ({ kind: pick(random, callKinds) })],
    ['filter', 'status', () => ({ status: pick(random, callStatuses) })],
    ['filter', 'model', () => ({ model: pick(random, MODELS) })],
    ['filter', 'since', () => ({ from: LAST_DAY - pick(random, [1, 7, 30]) * DAY_MS })],
    ['filter', 'until', () => ({ to: someDay(random) })],
    ['filter', 'dates', () => someDates(random)],
    ['filter', 'two', () => ({ kind: pick(random, callKinds), status: pick(random, callStatuses) })],
    ['filter', 'three', () => ({ ...someFilter(random), model: pick(random, MODELS) })],
    ['filter', 'all', () => ({ ...someFilter(random), model: pick(random, MODELS), ...someDates(random) })],
    ['search', 'rare', () => ({ search: rareTerm(random) })],
    ['search', 'common', () => ({ search: pick(random, words) })],
    ['search', 'unfinished', () => ({ search: pick(random, words).slice(0, 1 + Math.floor(random() * 5)) })],
    ['search', 'two words', () => ({ search: `${pick(random, words)} ${pick(random, words)}` })],
    ['search', 'common, filter', () => ({ search: pick(random, words), ...someFilter(random) })],
    ['search', 'common, model', () => ({ search: pick(random, words), model: pick(random, MODELS) })],
    ['search', 'common, dates', () => ({ search: pick(random, words), ...someDates(random) })],
    ['search', 'rare, filter', () => ({ search: rareTerm(random), ...someFilter(random) })],
  ];
  return Array.from({ length: each }, () =>
    sorts.map(([figure, sort, make]) => ({ figure, sort, page: { ...make(), limit: PAGE_ROWS } })),
  ).flat();
}

/** Words of the language, from those in most documents to those in one in a hundred. */
function commonWords(): readonly string[] {
  const found = sentences.join(' ').match(/[A-Za-z]{3,}/g) ?? [];
  return [...new Set(found.map((word) => word.toLowerCase()))];
}

function rareTerm(random: Random): string {
  return term(RARE_FROM + Math.floor(random() * (TERMS - RARE_FROM)));
}

function someFilter(random: Random): HistoryFilter {
  return { kind: pick(random, callKinds), status: pick(random, callStatuses) };
}

function someDay(random: Random): number {
  return LAST_DAY - Math.floor(random() * 700) * DAY_MS;
}

/** Some weeks within the last two years. */
function someDates(random: Random): HistoryFilter {
  const from = someDay(random);
  return { from, to: from + pick(random, [1, 7, 30]) * DAY_MS };
}
