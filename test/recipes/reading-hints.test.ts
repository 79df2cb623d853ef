import { describe, expect, it } from 'vitest';
import { hintsIn } from '../../src/main/recipes/read/reading-hints.ts';

describe('how a document writes dates', () => {
  it.each([
    ['Signed on 25/03/2026, ends on 03/04/2026.', 'day_first'],
    ['Signed on 03/25/2026, ends on 03/04/2026.', 'month_first'],
    ['Signed on 25-03-2026.', 'day_first'],
    ['Signed on 25/03/2026 and on 03/25/2026.', null],
    ['Ends on 03/04/2026.', null],
    ['Signed on 25.03.2026.', null],
    ['The version is 13/2/1.', null],
    ['', null],
  ])('%j is %s', (text, order) => {
    expect(hintsIn(text).dateOrder).toBe(order);
  });
});

describe('how a document writes numbers', () => {
  it.each([
    ['It costs 1.234,50 EUR, or 1.200 EUR.', ','],
    ['It costs EUR 1,234.50, or EUR 1,200.', '.'],
    ['12,5 % and 3,25 %', ','],
    ['12.5 % and 3.25 %', '.'],
    ['1.234,50 and 1,234.50', null],
    ['1,200 and 1.200', null],
    ['On 31.03.2026 at 12.30', null],
    ['Section 4.2, version 1.2.3', null],
    ['1.234.567', ','],
    ['1,234,567', '.'],
    ['', null],
  ])('%j has the decimal mark %j', (text, decimal) => {
    expect(hintsIn(text).decimal).toBe(decimal);
  });

  it('is found quickly in a large text', () => {
    const before = process.cpuUsage().user;
    for (const piece of ['1.', '1,2 ', '12/', ' ', '31.03.2026 ']) hintsIn(piece.repeat(500_000));
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(1_500);
  });
});
