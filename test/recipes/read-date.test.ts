import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../src/main/recipes/read/read-date.ts';
import { NO_HINTS } from '../../src/main/recipes/read/reading-hints.ts';

type Order = 'day_first' | 'month_first' | null;
const read = (raw: string, dateOrder: Order = null) => readDate('End date', raw, { ...NO_HINTS, dateOrder });
/** The value in ISO 8601, with a slash between the ends of a period; null if there is none. */
const iso = (raw: string, order: Order = null) => {
  const { value } = read(raw, order);
  if (value?.type !== 'date') return value;
  return value.to === null ? value.from : `${value.from}/${value.to}`;
};

describe('a date', () => {
  it.each([
    // As it is asked for.
    ['2026-03-31', '2026-03-31'],
    ['2026-03', '2026-03'],
    ['2026', '2026'],
    ['2026-03-31.', '2026-03-31'],
    ['End date: 2026-03-31', '2026-03-31'],
    ['2026/03/31', '2026-03-31'],
    ['2026.3.1', '2026-03-01'],
    ['20260331', '2026-03-31'],
    // In words.
    ['31 March 2026', '2026-03-31'],
    ['31st March, 2026', '2026-03-31'],
    ['31st day of March 2026', '2026-03-31'],
    ['the 31st of March 2026', '2026-03-31'],
    ['March 31, 2026', '2026-03-31'],
    ['March 31st 2026', '2026-03-31'],
    ['Mar. 31, 2026', '2026-03-31'],
    ['31-Mar-2026', '2026-03-31'],
    ['Sept. 2026', '2026-09'],
    ['March 2026', '2026-03'],
    ['31. März 2026', '2026-03-31'],
    ['31. Maerz 2026', '2026-03-31'],
    ['März 2026', '2026-03'],
    ['1er janvier 2026', '2026-01-01'],
    ['31 de marzo de 2026', '2026-03-31'],
    ['1º de março de 2026', '2026-03-01'],
    ['31 maart 2026', '2026-03-31'],
    ['31 marca 2026', '2026-03-31'],
    ['31. března 2026', '2026-03-31'],
    ['31 марта 2026 г.', '2026-03-31'],
    ['2026年3月31日', '2026-03-31'],
    ['2026年3月', '2026-03'],
    ['2026년 3월 31일', '2026-03-31'],
    // In numbers.
    ['31.03.2026', '2026-03-31'],
    ['31. 3. 2026', '2026-03-31'],
    ['03.04.2026', '2026-04-03'],
    ['31/03/2026', '2026-03-31'],
    ['03/31/2026', '2026-03-31'],
    ['31-03-2026', '2026-03-31'],
    ['03/03/2026', '2026-03-03'],
    ['03/2026', '2026-03'],
    ['03.2026', '2026-03'],
    ['29.02.2028', '2028-02-29'],
    ['３１．０３．２０２６', '2026-03-31'],
    // Two-digit years.
    ['31.03.26', '2026-03-31'],
    ['31 March 26', '2026-03-31'],
    ["31 March '26", '2026-03-31'],
    ['31.03.98', '1998-03-31'],
    ['3/31/26', '2026-03-31'],
    // Periods.
    ['2026-01-01/2026-03-31', '2026-01-01/2026-03-31'],
    ['1 Jan – 31 Mar 2026', '2026-01-01/2026-03-31'],
    ['1 January 2025 to 31 March 2026', '2025-01-01/2026-03-31'],
    ['from 1 January to 31 March 2026', '2026-01-01/2026-03-31'],
    ['between 1 January and 31 March 2026', '2026-01-01/2026-03-31'],
    ['January 1 – March 31, 2026', '2026-01-01/2026-03-31'],
    ['January–March 2026', '2026-01/2026-03'],
    ['1–31 March 2026', '2026-03-01/2026-03-31'],
    ['March 1-31, 2026', '2026-03-01/2026-03-31'],
    ['01.01.–31.03.2026', '2026-01-01/2026-03-31'],
    ['01.01.2026 - 31.03.2026', '2026-01-01/2026-03-31'],
    ['1. Januar bis 31. März 2026', '2026-01-01/2026-03-31'],
    ['01/02/2026 - 28/02/2026', '2026-02-01/2026-02-28'],
    ['2024–2026', '2024/2026'],
    ['2024-2026', '2024/2026'],
    ['November 2025 – March 2026', '2025-11/2026-03'],
  ])('%j is %s', (raw, expected) => {
    expect(iso(raw)).toBe(expected);
  });

  it.each([
    ['03.04.2026', /^Read as day, month, year\.$/],
    ['31.03.26', /^The year is given as “26”\.$/],
    ['31 March 26', /^The year is given as “26”\.$/],
    ['2026-03-31T12:00:00Z', /^Taken from an answer longer than a date\.$/],
    ['Tuesday, 31 March 2026', /^Taken from an answer longer than a date\.$/],
    ['The contract ends on 31 March 2026, as agreed in section 4.', /^Taken from an answer longer than a date\.$/],
    ['2026-03-31 (31 March 2026)', /^Taken from an answer longer than a date\.$/],
    ['It ends in 2026.', /^Taken from an answer longer than a date\.$/],
    ['The period is from 1 January 2026 to 31 March 2026.', /^Taken from an answer longer than a date\.$/],
  ])('that is guessed or found in %j says so', (raw, note) => {
    const { value, note: said } = read(raw);
    expect(value).toMatchObject({ type: 'date' });
    expect(said).toMatch(note);
  });

  it.each(['31 March 2026', '2026-03', '31/03/2026', '1 Jan – 31 Mar 2026', '03/03/2026'])(
    '%j needs no note',
    (raw) => {
      expect(read(raw).note).toBeNull();
    },
  );

  it.each([
    ['03/04/2026', /“03\/04\/2026” may be 2026-04-03 or 2026-03-04/],
    ['3-4-2026', /may be 2026-04-03 or 2026-03-04/],
    ['The contract ends on 03/04/2026.', /may be 2026-04-03 or 2026-03-04/],
    ['01/02/2026 - 03/02/2026', /may be/],
    ['2025-26', /not a date/],
    ['12345678', /not a date/],
    ['10-11-12', /not a date/],
    ['Mar-26', /not a date/],
    ['30 February 2026', /no such day/],
    ['2026-02-29', /no such day/],
    ['31/13/2026', /no such day|not a date/],
    ['2026-13-01', /no such day|not a date/],
    ['31 March', /year/],
    ['31.03.', /year/],
    ['1 January 2025 and 31 March 2026', /several/],
    ['Either 2026-01-01 or 2027-01-01 or 2028-01-01', /several/],
    ['31 March 2026 – 1 January 2026', /before/],
    ['Q1 2026', /not a date/],
    ['soon', /not a date/],
    ['30 days after signing', /not a date/],
    ['at the end of the term of 24 months', /not a date/],
    ['31 Foo 2026', /not a date/],
    ['31/03/2569', /not a date/],
    ['It does not end on 31 March 2026', /deni/],
    ['', /empty/],
  ])('is not read from %j', (raw, note) => {
    const { value, note: said } = read(raw);
    expect([value, said]).toEqual([null, expect.stringMatching(note)]);
  });

  it.each([
    ['03/04/2026', 'day_first', '2026-04-03'],
    ['03/04/2026', 'month_first', '2026-03-04'],
    ['3-4-26', 'day_first', '2026-04-03'],
    ['31/03/2026', 'month_first', '2026-03-31'],
    ['03.04.2026', 'month_first', '2026-03-04'],
    ['01/02/2026 - 03/04/2026', 'day_first', '2026-02-01/2026-04-03'],
  ] as const)('%j is read as the document writes dates (%s): %s', (raw, order, expected) => {
    expect(iso(raw, order)).toBe(expected);
  });

  it('of any day reads as it was written, in many languages', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
    const locale = fc.constantFrom(
      'en-US',
      'en-GB',
      'de',
      'de-AT',
      'fr',
      'es',
      'it',
      'pt',
      'nl',
      'sv',
      'da',
      'nb',
      'fi',
      'pl',
      'cs',
      'ru',
      'tr',
      'uk',
      'el',
      'ro',
      'ja',
      'ko',
      'zh',
    );
    fc.assert(
      fc.property(day, locale, (date, language) => {
        const written = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
        expect(iso(written), `${written} in ${language}`).toBe(date.toISOString().slice(0, 10));
      }),
      { numRuns: 2_000 },
    );
  });

  it('in numbers is never read wrong, whatever the order', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
    const style = fc.constantFrom('en-US', 'en-GB', 'de', 'fr', 'nl', 'es', 'ja', 'sv', 'fr-CA');
    fc.assert(
      fc.property(day, style, (date, language) => {
        const written = new Intl.DateTimeFormat(language, {
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          timeZone: 'UTC',
        }).format(date);
        expect([null, date.toISOString().slice(0, 10)], `${written} in ${language}`).toContain(iso(written));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not searched for long in a runaway answer', () => {
    const before = process.cpuUsage().user;
    for (const piece of ['1 ', '1.', '31 March ', '2026-', 'March ', '31/', 'de ', ' ', '– ', '2026 to '])
      read(piece.repeat(45_000));
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(500);
  });
});
