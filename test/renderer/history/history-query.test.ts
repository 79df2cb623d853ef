import { describe, expect, it } from 'vitest';
import { emptyQuery, isFiltered, queryOf, toFilter } from '../../../src/renderer/src/history/history-query.ts';

const now = new Date(2026, 10, 22, 15, 30);
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

describe('the history query', () => {
  it('asks for everything if nothing is chosen', () => {
    expect(toFilter(emptyQuery, now)).toEqual({});
    expect(isFiltered(emptyQuery)).toBe(false);
  });

  it('starts ranges at local midnight', () => {
    expect(toFilter({ ...emptyQuery, range: 'today' }, now)).toEqual({ from: day(2026, 11, 22) });
    expect(toFilter({ ...emptyQuery, range: 'week' }, now)).toEqual({ from: day(2026, 11, 16) });
    expect(toFilter({ ...emptyQuery, range: 'month' }, now)).toEqual({ from: day(2026, 10, 24) });
  });

  it('includes the last day of a custom range', () => {
    const query = { ...emptyQuery, range: 'custom', fromDay: '2026-03-01', toDay: '2026-03-31' } as const;
    expect(toFilter(query, now)).toEqual({ from: day(2026, 3, 1), to: day(2026, 4, 1) });
  });

  it('leaves a side of a custom range open if it is empty or half typed', () => {
    const query = { ...emptyQuery, range: 'custom', fromDay: '', toDay: '0002-01-01' } as const;
    expect(toFilter(query, now)).toEqual({});
    expect(isFiltered({ ...emptyQuery, range: 'custom' })).toBe(false);
  });

  it('does not search for spaces', () => {
    expect(toFilter({ ...emptyQuery, search: '  ' }, now)).toEqual({});
    expect(toFilter({ ...emptyQuery, search: ' rent ' }, now)).toEqual({ search: 'rent' });
  });

  it('accepts the filter of another surface', () => {
    expect(queryOf({ status: 'open' }, now)).toEqual({ ...emptyQuery, status: 'open' });
    expect(queryOf({ from: day(2026, 11, 22) }, now)).toEqual({ ...emptyQuery, range: 'today' });
    const march = { from: day(2026, 3, 1), to: day(2026, 4, 1) };
    expect(toFilter(queryOf(march, now), now)).toEqual(march);
  });
});
