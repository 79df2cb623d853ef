import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from '../../src/main/recipes/read/read-number.ts';
import { NO_HINTS } from '../../src/main/recipes/read/reading-hints.ts';

const read = (raw: string, unit?: string, decimal: '.' | ',' | null = null) =>
  readNumber('Fee', { type: 'number', unit }, raw, { ...NO_HINTS, decimal });

const LONGER = 'Taken from an answer longer than a number.';

describe('a number', () => {
  it.each([
    // As it is asked for.
    ['1200.50', 1200.5, null],
    ['0', 0, null],
    ['-5', -5, null],
    ['+5', 5, null],
    ['1.5e6', 1_500_000, null],
    ['Fee: 12', 12, null],
    ['**12**', 12, null],
    ['12.', 12, null],
    // Thousands in every style.
    ['1,234,567', 1_234_567, null],
    ['1.234.567', 1_234_567, null],
    ['1 234 567', 1_234_567, null],
    ['1\u202f234\u00a0567', 1_234_567, null],
    ["1'234'567", 1_234_567, null],
    ['1’234’567.50', 1_234_567.5, null],
    ['1_234_567', 1_234_567, null],
    ['12,34,567', 1_234_567, null],
    ['1,23,45,678.90', 12_345_678.9, null],
    ['1,234.5', 1234.5, null],
    ['1.234,5', 1234.5, null],
    ['1 234,56', 1234.56, null],
    ["1'200.–", 1200, null],
    // The decimal mark is what three digits do not follow, or what no thousands can precede.
    ['1,5', 1.5, null],
    ['12,34', 12.34, null],
    ['0,125', 0.125, null],
    ['0.125', 0.125, null],
    ['12345,678', 12_345.678, null],
    ['1,2345', 1.2345, null],
    // Minus signs.
    ['−5', -5, null],
    ['–5,5', -5.5, null],
    ['minus 5', -5, null],
    ['1,234.50-', -1234.5, null],
    ['(1,234.50)', -1234.5, null],
    // Currency before and after, percent and other units.
    ['€ 1.234,50', 1234.5, '€'],
    ['1.234,50 €', 1234.5, '€'],
    ['EUR 1,234.50', 1234.5, 'EUR'],
    ['1,234.50EUR', 1234.5, 'EUR'],
    ['US$1,234.50', 1234.5, 'US$'],
    ['-$5.50', -5.5, '$'],
    ['$-5.50', -5.5, '$'],
    ['(EUR 5.50)', -5.5, 'EUR'],
    ["CHF 1'234.50", 1234.5, 'CHF'],
    ['€ 50,-', 50, '€'],
    ['1.200,– €', 1200, '€'],
    ['$1,200', 1200, '$'],
    ['₹1,00,000', 100_000, '₹'],
    ['12,5 %', 12.5, '%'],
    ['12.5%', 12.5, '%'],
    ['12.5 percent', 12.5, '%'],
    ['12 months', 12, 'months'],
    ['12kg', 12, 'kg'],
    ['12.5 m²', 12.5, 'm²'],
    ['EUR 1,234.50 per month', 1234.5, 'EUR per month'],
    // Words for powers of ten.
    ['1.5 million', 1_500_000, null],
    ['EUR 1.1 million', 1_100_000, 'EUR'],
    ['$1.5bn', 1_500_000_000, '$'],
    ['$12M', 12_000_000, '$'],
    ['€3k', 3_000, '€'],
    ['2,5 Mio. €', 2_500_000, '€'],
    ['3 Mrd. EUR', 3_000_000_000, 'EUR'],
    ['1.5 lakh', 150_000, null],
    ['₹2.5 crore', 25_000_000, '₹'],
    ['1,234 thousand', null, null],
    ['12k', 12_000, null],
    ['.5', 0.5, null],
    ['Rs. 5,00,000/-', 500_000, 'Rs.'],
    ['€ -5', -5, '€'],
    ['150万円', 1_500_000, '円'],
    // Digits of other scripts.
    ['１２３．５', 123.5, null],
    ['١٬٢٣٤٬٥٦٧٫٥', 1_234_567.5, null],
    ['१२३', 123, null],
  ])('%j is %j (%j)', (raw, number, unit) => {
    expect(read(raw).value).toEqual(number === null ? null : { type: 'number', number, unit });
  });

  it.each([
    ['The fee is EUR 1,234.50.', 1234.5, 'EUR', LONGER],
    ['The rate is 12.5 % a year, as agreed.', 12.5, '%', LONGER],
    ['twelve (12) months', 12, 'months', LONGER],
    ['about 5', 5, null, LONGER],
    ['12 or more', 12, null, LONGER],
    ['12+', 12, null, LONGER],
    ['USD 5,000,000 (five million)', 5_000_000, 'USD', LONGER],
    ['at least 5 days', 5, 'days', LONGER],
    ['(1,234.50)', -1234.5, null, 'Parentheses are read as a minus sign.'],
    ['$1,200', 1200, '$', null],
  ])('is found in %j, and says so', (raw, number, unit, note) => {
    expect(read(raw)).toEqual({ value: { type: 'number', number, unit }, note });
  });

  it.each([
    ['1,200', /“1,200” may be 1200 or 1\.2/],
    ['1.200', /“1\.200” may be 1200 or 1\.2/],
    ['12.345 EUR', /“12\.345” may be 12345 or 12\.345/],
    ['10–12', /range/],
    ['10 - 12 days', /range/],
    ['10 to 12', /range/],
    ['between 10 and 12', /range/],
    ['EUR 10 to EUR 12', /range/],
    ['10 for the first, 12 for the second', /several/],
    ['1,2,3', /several|not a number/],
    ['31.03.2026', /not a number/],
    ['10:30', /several|not a number/],
    ['1/2', /several|not a number/],
    ['Version 1.2.3', /not a number/],
    ['A4', /not a number/],
    ['1,23,4', /not a number/],
    ['1 Billion', /not a number/],
    ['3 Billionen', /not a number/],
    ['There is no fee of 500', /deni/],
    ['- 5', /minus/],
    ['EUR − 5', /minus/],
    ['(5)', /minus/],
    ['5-', /minus/],
    ['12M users', /not a number/],
    ['2 years and 6 months', /several/],
    ['5 million (5,000,000)', /several/],
    ['twelve', /not a number/],
    ['many', /not a number/],
    ['1億2000万', /several|not a number/],
    ['', /empty/],
  ])('is not read from %j', (raw, note) => {
    const { value, note: said } = read(raw);
    expect([value, said]).toEqual([null, expect.stringMatching(note)]);
  });

  it.each([
    ['1,200', '.', 1200],
    ['1,200', ',', 1.2],
    ['1.200', '.', 1.2],
    ['1.200', ',', 1200],
    ['1.200.000', '.', 1_200_000],
    ['1,5', '.', 1.5],
  ] as const)('%j is read as the document writes numbers (with %j): %d', (raw, decimal, number) => {
    expect(read(raw, undefined, decimal).value).toMatchObject({ number });
  });

  it.each([
    ['12', 'days', 'days', null],
    ['12 days', 'days', 'days', null],
    ['1 day', 'days', 'days', null],
    ['12 Days', 'days', 'days', null],
    ['€ 12', 'EUR', 'EUR', null],
    ['12 %', 'percent', 'percent', null],
    ['$ 12', 'USD', 'USD', null],
    ['12 weeks', 'days', 'weeks', 'It is in weeks, not in days.'],
    ['GBP 12', 'EUR', 'GBP', 'It is in GBP, not in EUR.'],
  ])('%j in %s is in %s', (raw, asked, unit, note) => {
    expect(read(raw, asked)).toEqual({ value: { type: 'number', number: expect.any(Number), unit }, note });
  });

  it('of any size reads as it was written, in every style', () => {
    const styles = [
      ['en-US', '.'],
      ['de-DE', ','],
      ['de-CH', '.'],
      ['fr-FR', ','],
      ['en-IN', '.'],
      ['sv-SE', ','],
      ['es-ES', ','],
      ['pl-PL', ','],
    ] as const;
    const number = fc.integer({ min: -999_999_999, max: 999_999_999 }).map((n) => n / 100);
    fc.assert(
      fc.property(number, fc.constantFrom(...styles), (n, [locale, decimal]) => {
        const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(n);
        expect(read(written).value, `${written} in ${locale}`).toMatchObject({ number: n });
        const trunc = Math.trunc(n) + 0;
        const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(trunc);
        expect(read(whole, undefined, decimal).value, `${whole} in ${locale}`).toMatchObject({ number: trunc });
      }),
      { numRuns: 1_000 },
    );
  });

  it('in any money reads as it was written', () => {
    const number = fc.integer({ min: 0, max: 99_999_999 }).map((n) => n / 100);
    const styles = fc.constantFrom(
      ['en-US', 'USD'],
      ['de-DE', 'EUR'],
      ['fr-FR', 'EUR'],
      ['de-CH', 'CHF'],
      ['en-IN', 'INR'],
      ['en-GB', 'GBP'],
      ['pt-BR', 'BRL'],
      ['nl-NL', 'EUR'],
      ['sv-SE', 'SEK'],
      ['pl-PL', 'PLN'],
    );
    fc.assert(
      fc.property(number, styles, fc.constantFrom('symbol', 'code'), (n, [locale, currency], currencyDisplay) => {
        const written = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).format(n);
        expect(read(written).value, written).toMatchObject({ number: n, unit: expect.any(String) });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is not searched for long in a runaway answer', () => {
    const before = process.cpuUsage().user;
    for (const piece of ['1,', '1 ', '12 months ', '1.234.', '(', '- ', 'a', '€', '１', '1e'])
      read(piece.repeat(45_000));
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(500);
  });
});
