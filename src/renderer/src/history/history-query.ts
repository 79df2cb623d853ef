import type { CallKind, CallStatus, HistoryFilter } from '../../../shared/call-data.ts';

export type DateRange = 'any' | 'today' | 'week' | 'month' | 'custom';

/** The search text and the filters above the list. */
export interface HistoryQuery {
  readonly search: string;
  readonly kind: CallKind | null;
  readonly status: CallStatus | null;
  readonly model: string | null;
  readonly range: DateRange;
  /** Local days as written by `<input type="date">`. Used only with `custom`; either may be empty. */
  readonly fromDay: string;
  readonly toDay: string;
}

export const emptyQuery: HistoryQuery = {
  search: '',
  kind: null,
  status: null,
  model: null,
  range: 'any',
  fromDay: '',
  toDay: '',
};

export function isFiltered(query: HistoryQuery): boolean {
  const { search, kind, status, model, range, fromDay, toDay } = query;
  const dated = range === 'custom' ? fromDay !== '' || toDay !== '' : range !== 'any';
  return search.trim() !== '' || kind !== null || status !== null || model !== null || dated;
}

export function toFilter(query: HistoryQuery, now: Date): HistoryFilter {
  const search = query.search.trim();
  const bounds = boundsOf(query, now);
  return {
    ...(search === '' ? {} : { search: search.slice(0, 500) }),
    ...(query.kind === null ? {} : { kind: query.kind }),
    ...(query.status === null ? {} : { status: query.status }),
    ...(query.model === null ? {} : { model: query.model }),
    ...(bounds.from === null ? {} : { from: bounds.from }),
    ...(bounds.to === null ? {} : { to: bounds.to }),
  };
}

/** "7 days" are today and the six calendar days before it. */
function boundsOf(query: HistoryQuery, now: Date): { from: number | null; to: number | null } {
  switch (query.range) {
    case 'any':
      return { from: null, to: null };
    case 'today':
      return { from: startOfDay(now, 0), to: null };
    case 'week':
      return { from: startOfDay(now, -6), to: null };
    case 'month':
      return { from: startOfDay(now, -29), to: null };
    case 'custom': {
      const from = parseDay(query.fromDay);
      const to = parseDay(query.toDay);
      // The last day is included; the bound is exclusive.
      return { from: from?.getTime() ?? null, to: to === null ? null : startOfDay(to, 1) };
    }
  }
}

/** Turns the filter of a navigation into a query. */
export function queryOf(filter: HistoryFilter, now: Date): HistoryQuery {
  const { search, kind, status, model, from, to } = filter;
  const query = {
    ...emptyQuery,
    search: search ?? '',
    kind: kind ?? null,
    status: status ?? null,
    model: model ?? null,
  };
  if (from === undefined && to === undefined) return query;
  if (from === startOfDay(now, 0) && to === undefined) return { ...query, range: 'today' };
  return {
    ...query,
    range: 'custom',
    fromDay: from === undefined ? '' : formatDay(from),
    toDay: to === undefined ? '' : formatDay(to - 1),
  };
}

function formatDay(time: number): string {
  const day = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** By calendar rather than by 24 hours: a day is longer or shorter when the clocks change. */
function startOfDay(day: Date, offset: number): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + offset).getTime();
}

function parseDay(text: string): Date | null {
  const match = /^(\d{4,6})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const day = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Number.isNaN(day.getTime()) || day.getTime() < 0 ? null : day;
}
