import { describe, expect, it } from 'vitest';
import { createQuotationFinder, findQuotations, isQuotation } from '../../src/main/recipes/find-quotation.ts';
import { unmarkedPieces } from '../../src/main/recipes/list-marks.ts';
import { cpuMs } from '../support/cpu-time.ts';

/** What is found of a quotation in a text. */
function found(text: string, quote: string): string | null {
  const place = createQuotationFinder(text).find(quote);
  return place === null ? null : text.slice(place.start, place.end);
}

const CONTRACT = [
  'The ﬁrst cancel-',
  'lation notice, given by the “Buyer” — within 30\u00a0days — ends   the Agreement.',
  'The rent is EUR 1,500.00 (see current list), due on 31.12.2025; it rises by 5 % a year.',
  '',
  '## Term',
  '> quoted **bold** words and snake_case',
  '- Part-time work from 1999–2003 is paid; see C:\\files\\rent.',
].join('\n');

describe('a quotation whose letters a model escaped', () => {
  const escaped = String.raw`das Gesch\u00e4ft`;

  it('is found as it reads', () => {
    expect(found('Es endet das Geschäft.', escaped)).toBe('das Geschäft');
  });

  it('is found as it stands where the document has the escapes itself', () => {
    expect(found(`{"a": "Geschäft", "b": "${escaped}"}`, escaped)).toBe(escaped);
  });
});

describe('a quotation that was copied with small changes', () => {
  it.each([
    ['word for word', 'the Agreement.\nThe rent is', 'the Agreement.\nThe rent is'],
    ['white space and line ends', 'the Agreement. The rent is', 'the Agreement.\nThe rent is'],
    ['a hyphen at a line end and a ligature', 'first cancellation notice', 'ﬁrst cancel-\nlation notice'],
    ['a hyphen at a line end that was kept', 'first cancel-lation notice', 'ﬁrst cancel-\nlation notice'],
    ['a hyphen with the line end as a space', 'first cancel- lation notice', 'ﬁrst cancel-\nlation notice'],
    ['quotation marks and dashes', `the "Buyer" - within 30 days`, 'the “Buyer” — within 30\u00a0days'],
    ['two single quotation marks', "the ''Buyer'' -- within", 'the “Buyer” — within'],
    ['quotation marks around it', '“The rent is EUR 1,500.00”', 'The rent is EUR 1,500.00'],
    ['punctuation at its ends', '… the rent is EUR 1,500.00.', 'The rent is EUR 1,500.00'],
    ['capitals', 'THE RENT IS eur 1,500.00', 'The rent is EUR 1,500.00'],
    ['Markdown that was added', '**The rent** is _EUR 1,500.00_', 'The rent is EUR 1,500.00'],
    ['Markdown that was left out', 'Term quoted bold words', 'Term\n> quoted **bold** words'],
    ['a dash between years', '1999-2003 is paid', '1999–2003 is paid'],
    ['soft hyphens', 'The re\u00adnt is', 'The rent is'],
    ['a joined compound', 'parttime work', 'Part-time work'],
  ])('is found despite %s', (_, quote, at) => {
    expect(found(CONTRACT, quote)).toBe(at);
  });

  it.each([
    ['another word', 'The rent was EUR 1,500.00'],
    ['a word left out', 'The rent EUR 1,500.00'],
    ['a word added', 'The monthly rent is EUR 1,500.00'],
    ['another number', 'The rent is EUR 1,600.00'],
    ['the end of a number', '500.00 (see current list)'],
    ['the beginning of a number', 'The rent is EUR 1'],
    ['words in another order', 'EUR 1,500.00 is the rent'],
    ['nothing but punctuation', '— … —'],
    ['nothing', ''],
  ])('is not found with %s', (_, quote) => {
    expect(found(CONTRACT, quote)).toBeNull();
  });

  it('is found with fractions, raised digits and letters composed in another way', () => {
    expect(found('Add ½ cup of x² oil', 'add 1/2 cup of x2 oil')).toBe('Add ½ cup of x² oil');
    expect(found('Add 1⁄2 cup', 'Add 1/2 cup')).toBe('Add 1⁄2 cup');
    expect(found('das Sa\u0308-\ngewerk hier', 'das S\u00e4gewerk hier')).toBe('das Sa\u0308-\ngewerk hier');
    expect(found('患者被给予250毫克静脉注射头孢，每日三次', '头孢')).toBe('头孢');
  });

  it('is not found where only a lookalike is', () => {
    const report = 'Team Beta reported that the new deployment reduced latency by twelve percent in all regions.';
    expect(found(report, report.replace('Beta', 'Alpha'))).toBeNull();
  });

  it('keeps a percentage and a sign, which are no punctuation around it', () => {
    expect(found(CONTRACT, 'rises by 5%')).toBe('rises by 5 %');
    expect(found('The result is 5 % better.', '−5 % better')).toBeNull();
    expect(found('It is \u22125 % better.', '-5% better')).toBe('\u22125 % better');
  });
});

describe('a quotation from a row of a table', () => {
  const table = 'Item | Cost | By\nRent<br>and heat | EUR 500<br>EUR 90 | Oak ¦ 40<br>Ash ¦ 50';

  it.each([
    'Rent<br>and heat | EUR 500<br>EUR 90',
    'Rent and heat | EUR 500 EUR 90',
    'Rent\nand heat EUR 500\nEUR 90',
    'rent<br/>and heat<br />EUR 500 <BR> EUR 90',
    '| Rent<br>and heat | EUR 500<br>EUR 90 |',
  ])('is found with or without what parts its lines and cells: %s', (quote) => {
    expect(found(table, quote)).toBe('Rent<br>and heat | EUR 500<br>EUR 90');
  });

  it('is found across the cells of a table in a cell, but not across a line that is left out', () => {
    expect(found(table, 'Oak | 40 Ash | 50')).toBe('Oak ¦ 40<br>Ash ¦ 50');
    expect(found(table, 'Rent | EUR 500')).toBeNull();
    expect(found('Rentand heat', 'Rent<br>and heat')).toBeNull();
  });
});

describe('which place', () => {
  it('prefers a whole word, and takes a part only of long ones', () => {
    expect(createQuotationFinder('current rent').find('rent')?.start).toBe(8);
    expect(found('current', 'rent')).toBeNull();
    expect(found('Donaudampfschifffahrtsgesellschaft', 'Dampfschifffahrt')).toBe('dampfschifffahrt');
  });

  it('takes a part of a date, but no part of a number', () => {
    expect(found('due 31.12.2025', '2025')).toBe('2025');
    expect(found('12,34,56', '12,34')).toBe('12,34');
    expect(found('EUR 1,500', '500')).toBeNull();
    expect(found('EUR 1,500', '1,500')).toBe('1,500');
  });

  it('prefers its own capitals, then the first', () => {
    expect(createQuotationFinder('the buyer\nThe  Buyer\nTHE BUYER').find('The Buyer')?.start).toBe(10);
    expect(createQuotationFinder('the buyer\nThe  Buyer').find('THE buyer')?.start).toBe(0);
  });

  it('tells the line and, where pages are known, the page', () => {
    const finder = createQuotationFinder('one\n\ntwo\nthree\n\nfour five', {
      unit: 'page',
      starts: [0, 5, 5, 16],
      names: null,
    });
    expect(finder.find('one')).toEqual({ start: 0, end: 3, line: 1, page: 1 });
    expect(finder.find('three')).toEqual({ start: 9, end: 14, line: 4, page: 3 });
    expect(finder.find('FOUR  five')).toEqual({ start: 16, end: 25, line: 6, page: 4 });
    expect(createQuotationFinder('one').find('one')?.page).toBeNull();
  });
});

describe('a quotation across the structure of a text', () => {
  const OFFER = [
    '# Offer 7',
    '',
    'We supply:',
    '',
    '- Oak from the forest',
    '  - planed, **dry**',
    '- Beech[1]',
    '',
    '1. The rent is due on the first.',
    '2. The tenant pays for heat',
    '3. Notice: ~~three~~ six months',
    '',
    '## Costs',
    '',
    'Item | Amount | Rate',
    'Rent<br>and heat | EUR 500 | 5 %',
    'Repairs | -20 | - 7',
    '5 | 10 | 15',
    '',
    '(a) first thing',
    '(b) second thing',
    '',
    '[1] Of Hessen.',
  ].join('\n');

  it.each([
    [
      'bullets that were left out',
      'Oak from the forest planed, dry Beech',
      'Oak from the forest\n  - planed, **dry**\n- Beech',
    ],
    [
      'bullets in place of which are commas',
      'Oak from the forest, planed, dry, Beech',
      'Oak from the forest\n  - planed, **dry**\n- Beech',
    ],
    ['other bullets', '• Oak from the forest\n• planed, dry', 'Oak from the forest\n  - planed, **dry'],
    [
      'numbers that were left out',
      'The rent is due on the first. The tenant pays for heat',
      'The rent is due on the first.\n2. The tenant pays for heat',
    ],
    [
      'its first number',
      '1. The rent is due on the first. The tenant pays',
      'The rent is due on the first.\n2. The tenant pays',
    ],
    ['a full stop at the end of an item', 'The tenant pays for heat. Notice', 'The tenant pays for heat\n3. Notice'],
    ['letters that were left out', 'first thing; second thing', 'first thing\n(b) second thing'],
    ['the mark of a heading', 'Offer 7: We supply', 'Offer 7\n\nWe supply'],
    ['the mark of a note that was left out', 'dry Beech 1. The rent', 'dry**\n- Beech[1]\n\n1. The rent'],
    ['marks of struck-out words', 'Notice: three six months', 'Notice: ~~three~~ six months'],
    ['cells joined by commas', 'Rent and heat, EUR 500, 5 %', 'Rent<br>and heat | EUR 500 | 5 %'],
    ['cells joined by a colon or a dash', 'Repairs: -20', 'Repairs | -20'],
    ['cells joined by tabs', 'Item\tAmount\tRate', 'Item | Amount | Rate'],
    ['numbers in cells joined by commas', '5, 10, 15', '5 | 10 | 15'],
    ['an ellipsis', 'Oak from the forest, planed … The rent is due on the first; The tenant pays', null],
    ['escaped line breaks', String.raw`The rent is due on the first.\n2. The tenant pays`, null],
    ['a letter in brackets', '[t]he rent is due on the first', null],
    ['entities', 'Offer&nbsp;7', null],
    ['all at once', '“Rent and heat — EUR 500; 5%; repairs: -20”', null],
  ])('is found with %s', (_, quote, at) => {
    const words = found(OFFER, quote);
    if (at === null) expect(words).not.toBeNull();
    else expect(words).toBe(at);
  });

  it.each([
    ['another number of its first item', '4. The rent is due on the first. The tenant pays'],
    ['another number between items', 'The rent is due on the first. 3. The tenant pays'],
    ['an item left out', 'The rent is due on the first. Notice'],
    ['a sign left out', 'Repairs, 20'],
    ['a sign that stands apart left out', '-20, 7'],
    ['a sign added', 'EUR -500'],
    ['a sign added at its beginning', '-5, 10, 15'],
    ['a percentage added', 'Rent and heat, EUR 500 %'],
    ['numbers in cells made one', '510'],
    ['numbers in cells made an amount', '5,10'],
    ['numbers in cells made a range', '5-10'],
    ['numbers in cells made a time', '5:10'],
    ['a percentage left out', 'EUR 500, 5 Repairs'],
    ['words in cells made one', 'ItemAmount'],
    ['a comma in a sentence', 'The rent, is due'],
    ['another mark of a note', 'Beech[2]'],
  ])('is not found with %s', (_, quote) => {
    expect(found(OFFER, quote)).toBeNull();
  });

  it.each([
    ['a day', 'The contract began on\n12. March and ended on\n13. March', 'The contract began on March'],
    ['a day after a sentence', 'It is so.\n\n12. März 2025\n\n13. März 2025', 'It is so. März 2025'],
    ['an ordinal', 'Der Umsatz im\n2. Quartal sank, der im\n3. Quartal stieg', 'Der Umsatz im Quartal sank'],
    ['a number that has no neighbour', 'Paid were.\n\n7. Then came he', 'Paid were. Then came he'],
    ['an amount', 'Costs\n- 5 of oak', 'Costs 5 of oak'],
    ['an index', 'sum of a[1] and b[2] is', 'sum of a and b is'],
    ['an exponent', 'of 10 cm² each', 'of 10 cm each'],
  ])('does not take %s for a mark', (_, text, quote) => {
    expect(found(text, quote)).toBeNull();
  });

  it('is found across the foot of a page and the head of the next one, and so are they', () => {
    const pages =
      'The tenant pays the\n\n[Footer] Draft of May\n\n[Page number] - 1 -\n\n[Header] Part two\n\nrent in advance.';
    expect(found(pages, 'the tenant pays the rent in advance')).toBe(pages.slice(0, -1));
    expect(found(pages, 'Draft of May')).toBe('Draft of May');
    expect(found(pages, 'pays the 1 rent')).toBe(null);
  });

  it('is not slowed by a text that is nothing but marks', () => {
    const text = '- a\n1. b\n| '.repeat(200_000) + ' '.repeat(500_000);
    const began = cpuMs();
    expect(found(text, 'a b a b x')).toBeNull();
    expect(cpuMs() - began).toBeLessThan(20_000);
  });

  it.each([
    ['Amount | > 500', 'Amount, 500'],
    ['Amount | (500)', 'Amount, 500'],
    ['Amount | 500', 'Amount (500)'],
    ['Amount | -€500', 'Amount, €500'],
    ['Amount | €500', 'Amount: -€500'],
    ['Amount | -EUR 500', 'Amount, EUR 500'],
    ['Amount | 500- | Oak', 'Amount, 500, Oak'],
    ['€500 | Oak', '-€500, Oak'],
    ['Amount | .5', 'Amount, 5'],
    ['Amount | 5', 'Amount .5'],
  ])('is not found without the sign of an amount, or with one more: %s', (text, quote) => {
    expect(found(text, quote)).toBeNull();
  });

  it.each([
    ['Amount | > 500', 'Amount, > 500'],
    ['Amount | (500) | Oak', 'Amount, (500), Oak'],
    ['> Amount\n> 500 are due', 'Amount, 500 are due'],
    ['Amount | -€500', 'Amount: -€500'],
    ['- EUR 500\n- EUR 600', 'EUR 500, EUR 600'],
  ])('is found with the sign of an amount: %s', (text, quote) => {
    expect(found(text, quote)).not.toBeNull();
  });

  it('is not slowed by a long gap before an amount', () => {
    const text = `Rent due |${' '.repeat(400_000)}x ${' '.repeat(400_000)}|x - 500 euros`;
    const began = cpuMs();
    expect(found(text, 'Rent due, x, x, 500 euros')).toBeNull();
    expect(found(`Rent due |${' '.repeat(400_000)}* 500 euros`, 'Rent due, 500 euros')).not.toBeNull();
    expect(cpuMs() - began).toBeLessThan(5_000);
  });

  it('is not slowed by a table of like rows', () => {
    const text = 'aa | bb\n'.repeat(50_000);
    const began = cpuMs();
    expect(found(text, `aa; bb ... ${'aa, bb, '.repeat(100)}aa.bb`)).toBeNull();
    expect(found(text, `${'aa, bb, '.repeat(1_000)}aa.bb`)).toBeNull();
    expect(found(text, `aa; bb ... ${'aa, bb, '.repeat(20)}aa`)).not.toBeNull();
    expect(cpuMs() - began).toBeLessThan(3_000);
  });
});

describe('a quotation with something left out', () => {
  const text = `The parties are Alpha GmbH, Berlin, and Beta Ltd, London. ${'Other words. '.repeat(400)}They met in Rome.`;

  it.each([
    'Alpha GmbH … Beta Ltd',
    'Alpha GmbH [...] Beta Ltd',
    'alpha GmbH (…) Beta Ltd.',
    'Alpha GmbH . . . Beta Ltd',
  ])('is found from its first piece to its last: %s', (quote) => {
    expect(found(text, quote)).toBe('Alpha GmbH, Berlin, and Beta Ltd');
  });

  it('is not found if its pieces are in another order, far from each other, or one is not there', () => {
    expect(found(text, 'Beta Ltd … Alpha GmbH')).toBeNull();
    expect(found(text, 'The parties … They met in Rome')).toBeNull();
    expect(found(text, 'Alpha GmbH … Gamma Inc')).toBeNull();
  });

  it('begins at the first piece that the others follow', () => {
    const twice = `Alpha GmbH is old. ${'Other words. '.repeat(400)}Alpha GmbH and Beta Ltd`;
    expect(found(twice, 'Alpha GmbH … Beta Ltd')).toBe('Alpha GmbH and Beta Ltd');
  });

  it('is found with an ellipsis of the document itself', () => {
    expect(found('To be … or not', 'To be ... or not')).toBe('To be … or not');
  });
});

it('does not count one or two letters, unless of a script in which they are words', () => {
  expect(['DE', '7', '"a"', 'yes', '100', '東京', '東', '서울'].filter(isQuotation)).toEqual([
    'yes',
    '100',
    '東京',
    '서울',
  ]);
  expect(found('DE is here', 'DE')).toBeNull();
});

it('is not slowed by a text and a quotation that nearly match everywhere', () => {
  const text = 'a'.repeat(2_000_000);
  const began = cpuMs();
  expect(found(text, `${'a'.repeat(5_000)}b`)).toBeNull();
  expect(found(text, 'aaaa')).toBeNull();
  expect(found('1'.repeat(1_000_000), '1111')).toBeNull();
  expect(cpuMs() - began).toBeLessThan(20_000);
});

/** Words of many scripts, with what is easily misplaced: astral letters, marks, jamo, joiners, emoji, ligatures. */
const WORDS = (
  'contract Miete naïve cafe\u0301 Straße İzmir ﬁnance oﬃce ŉ Ａｌｐｈａ ½ Договор Стороны ΟΔΟΣ λόγος Հայոց ქართული ' +
  'שָׁלוֹם עולם كَتَبَ المادة ﷺ می\u200cخواهم समझौता क़ानून বাংলা தமிழ் ภาษาไทย ລາວ ខ្មែរ 東京都 人口は 한국어 ' +
  '\u1100\u1161\u11bc\u1102\u1161\u11b7 𝒳𝒴𝒵𝒲 𠮷野家 𐐀𐐁𐐂𐐃 👨\u200d👩\u200d👧 🇩🇪 2025 1,500.00 x² ａｂｃ ｶﾞｷﾞ'
).split(' ');
const GAPS = [' ', ' ', ' ', '  ', '\n', '\n\n', '\t', '\u00a0', ', ', '. ', '; ', ' — ', ' (', ') ', ' “', '” ', ': '];

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type Random = ReturnType<typeof randomOf>;

function pick<T>(random: Random, of: readonly T[]): T {
  const picked = of[random(of.length)];
  if (picked === undefined) throw new Error('Nothing to pick from.');
  return picked;
}

/** Words that are numbered, so that no passage is there twice. */
function randomText(random: Random, words: number): string {
  return Array.from(
    { length: words },
    (_, at) => `${pick(random, WORDS)}${pick(random, GAPS)}w${at}q${pick(random, GAPS)}`,
  ).join('');
}

const CHANGES: readonly ((quote: string, random: Random) => string)[] = [
  (quote) => quote.normalize('NFC'),
  (quote) => quote.normalize('NFD'),
  (quote) => quote.normalize('NFKC'),
  (quote) => quote.replace(/\s+/gu, ' '),
  (quote) => quote.replace(/ /gu, '\n'),
  (quote) => quote.replace(/[“”]/gu, '"'),
  (quote) => quote.replace(/—/gu, '--'),
  (quote) => quote.replace(/w(\d)/gu, 'W$1'),
  (quote) => `"${quote}"`,
  (quote) => `**${quote}**`,
  (quote) => `${quote}…`,
  (quote) => quote.replace(/w(\d+)q/gu, '*w$1q*'),
  (quote, random) => quote.replace(/w(\d+)q/gu, (all) => (random(3) === 0 ? `w\u00ad${all.slice(1)}` : all)),
];

describe('any passage of any text', () => {
  it('is found at its place, however it was changed', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = randomOf(seed);
      const text = randomText(random, 60);
      const starts = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index);
      const [a, b] = [pick(random, starts), pick(random, starts)];
      const passage = whole(text, Math.min(a, b), Math.max(a, b));
      if (passage === null) continue;
      let quote = passage.words;
      for (let change = random(4); change > 0; change -= 1) quote = pick(random, CHANGES)(quote, random);
      const place = createQuotationFinder(text).find(quote);
      expect({ seed, quote, start: place?.start, end: place?.end }).toEqual({
        seed,
        quote,
        start: passage.start,
        end: passage.end,
      });
    }
  });

  it('is not found in a text that does not have it', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = randomOf(seed);
      const text = randomText(random, 40);
      const other = randomText(randomOf(seed + 10_000), 40);
      const at = other.indexOf(`w${10 + random(10)}q`);
      const quote = other.slice(at, at + 60);
      expect({ seed, place: createQuotationFinder(text).find(quote) }).toEqual({ seed, place: null });
    }
  });

  it('has the same place when the marks of the text are taken out in steps', async () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `- first w${at}q\n- second w${at}q\n\n`).join('');
    const quote = 'first w19999q, second w19999q';
    const place = (await findQuotations(text, null, [quote])).get(quote) ?? undefined;
    expect(place).toEqual(createQuotationFinder(text).find(quote));
    expect(text.slice(place?.start, place?.end)).toBe('first w19999q\n- second w19999q');
  });

  it.each(['| 1. first | 2. second ', '<br>(1) first<br>(2) second', '- not paid[1] by tenants '])(
    'is looked for in short steps, and found, although the text is one line of %s',
    async (part) => {
      const text = `${part.repeat(30_000)}the last words of it`;
      const steps = [...unmarkedPieces(text)];
      expect(steps.join('')).toHaveLength(text.length);
      expect(Math.max(...steps.map((step) => step.length))).toBeLessThan(200_000);
      const quote = 'the last words of it';
      expect((await findQuotations(text, null, [quote, 'no such words'])).get(quote)?.end).toBe(text.length);
      expect(createQuotationFinder(text).find(part)).not.toBeNull();
    },
  );

  it('has the same place when the text is folded in steps', async () => {
    const text = randomText(randomOf(7), 20_000);
    const quote = 'W19999Q';
    const place = (await findQuotations(text, null, [quote, 'w19999x'])).get(quote) ?? undefined;
    expect(place).toEqual(createQuotationFinder(text).find(quote));
    expect(text.slice(place?.start, place?.end)).toBe('w19999q');
  });
});

interface Piece {
  /** What stands before its words in the text. */
  readonly mark: string;
  readonly words: readonly string[];
}

/** A number or sign behind what may be the mark of an item is not told apart from it. */
const LETTERS = WORDS.filter((word) => /^\p{L}/u.test(word));

/** Lines of lists and rows of tables, in pieces that a quotation may join in its own way. No word is there twice. */
function structured(random: Random): readonly Piece[] {
  let [word, item] = [0, 0];
  const words = (most: number) => Array.from({ length: 1 + random(most) }, () => `${pick(random, LETTERS)}w${++word}q`);
  return Array.from({ length: 30 }, (_, line): readonly Piece[] => {
    const kind = random(4);
    item = kind === 1 ? item + 1 : 0;
    const gap = line === 0 ? '' : kind === 1 && item > 1 ? '\n' : '\n\n';
    if (kind === 0) return [{ mark: `${gap}- `, words: words(4) }];
    // A list of one item may be a sentence that begins with a number.
    if (kind === 1)
      return [1, 2].map((number) => ({ mark: `${number === 1 ? gap : '\n'}${number}. `, words: words(4) }));
    if (kind === 2) return [gap, ' | ', '<br>', ' | '].map((mark) => ({ mark, words: words(2) }));
    return [{ mark: `${gap}## `, words: words(4) }];
  }).flat();
}

const SEPARATORS = [' ', '\n', ', ', '; ', '. ', ': ', ' / ', ' | ', '\n- ', '\n\n', '<br>', '\t'];

describe('any passage of a text with lists and tables', () => {
  it('is found without its marks, however its pieces are joined, and not if any word of it is another one', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = randomOf(seed);
      const pieces = structured(random);
      const text = pieces.map(({ mark, words }) => mark + words.join(' ')).join('');
      const from = random(pieces.length - 6);
      const own = pieces.slice(from, from + 2 + random(4));
      const quoteOf = (parts: readonly Piece[]) =>
        parts.map(({ words }, at) => (at === 0 ? '' : pick(random, SEPARATORS)) + words.join(' ')).join('');
      const quote = quoteOf(own);
      const [first = '', last = ''] = [own[0]?.words[0], own.at(-1)?.words.at(-1)];
      const place = createQuotationFinder(text).find(quote);
      expect({ seed, quote, start: place?.start, end: place?.end }).toEqual({
        seed,
        quote,
        start: text.indexOf(first),
        end: text.indexOf(last) + last.length,
      });
      const at = 1 + random(own.length - 1);
      const wrong = [
        quote.replace(first, `${first.slice(0, -1)}0q`),
        quoteOf([...own.slice(0, at), { mark: '', words: ['another'] }, ...own.slice(at)]),
        quoteOf(own.toReversed()),
        quoteOf([...own, ...pieces.slice(from + own.length + 1, from + own.length + 2)]),
        quote.replaceAll(/[\s\p{P}|]|<br>/gu, ''),
      ];
      for (const other of wrong)
        expect({ seed, other, place: createQuotationFinder(text).find(other) }).toEqual({ seed, other, place: null });
    }
  });
});

/** A passage from a numbered word to another, which is there once; null if there is none between the offsets. */
function whole(text: string, from: number, to: number): { words: string; start: number; end: number } | null {
  const marks = [...text.matchAll(/w\d+q/gu)].filter(({ index }) => index >= from && index <= to);
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return null;
  const end = last.index + last[0].length;
  return { words: text.slice(first.index, end), start: first.index, end };
}
