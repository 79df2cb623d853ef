import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/main/recipes/read-answer.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import type { AnswerKind, Question } from '../../src/shared/recipe.ts';

const [summary, sentiment, topics] = standardRecipe.questions;
if (summary === undefined || sentiment === undefined || topics === undefined) throw new Error('A question is missing.');

const text = (value: string | null) => value && { type: 'text', text: value };
const list = (items: readonly string[] | null) => items && { type: 'list', items };

const LONGER = 'Taken from an answer longer than the choice asked for.';
const NO_SINGLE = 'The answer does not name exactly one of the choices.';
const NO_LIST = 'The answer is not a list.';
const EMPTY = 'The answer was empty.';

describe('a sentiment', () => {
  it.each([
    ['Positive', 'positive', null],
    [' negative.\n', 'negative', null],
    ['**Neutral**', 'neutral', null],
    ['"Mixed"', 'mixed', null],
    ['“Positive”', 'positive', null],
    ['Sentiment: Positive', 'positive', null],
    ['**Sentiment:** Positive', 'positive', null],
    ['Sentiment (one word): Positive.', 'positive', null],
    ['Hopeful', 'hopeful', null],
    ['Позитивный', 'позитивный', null],
    ['積極的', '積極的', null],
    ['The sentiment is positive.', 'positive', LONGER],
    ['Positive (mostly)', 'positive', LONGER],
    ['Positive 🙂', 'positive', LONGER],
    ['Somewhat negative', 'negative', LONGER],
    ['Not positive', null, NO_SINGLE],
    ["It isn't negative", null, NO_SINGLE],
    ['Neither positive nor negative', null, NO_SINGLE],
    ['Positive and negative', null, NO_SINGLE],
    ['I cannot tell from this', null, NO_SINGLE],
    ['1. 2.', null, NO_SINGLE],
    ['', null, EMPTY],
    [' \n ', null, EMPTY],
    ['**', null, EMPTY],
  ])('%j is %j', (raw, value, note) => {
    expect(readAnswer(sentiment, raw, null)).toEqual({ value: text(value), note });
  });
});

describe('topics', () => {
  it.each([
    ['finance, growth, risk', ['finance', 'growth', 'risk'], null],
    ['Finance, Growth, and Risk.', ['Finance', 'Growth', 'Risk'], null],
    ['1. Finance\n2. Growth\n3. Risk', ['Finance', 'Growth', 'Risk'], null],
    ['1) Finance, 2) Growth, 3) Risk', ['Finance', 'Growth', 'Risk'], null],
    ['- Finance\n- Growth\n\n- Risk\n', ['Finance', 'Growth', 'Risk'], null],
    ['• Finance\n• Growth', ['Finance', 'Growth'], null],
    ['Topics: finance, growth, risk', ['finance', 'growth', 'risk'], null],
    ['The main topics are: finance, growth', ['finance', 'growth'], null],
    ['Here are three topics from the text:\n1. Finance\n2. Growth\n3. Risk', ['Finance', 'Growth', 'Risk'], null],
    ['**Finance**, "Growth", *Risk*', ['Finance', 'Growth', 'Risk'], null],
    ['金融、成長、リスク', ['金融', '成長', 'リスク'], null],
    ['a; b; c', ['a', 'b', 'c'], null],
    ['a, A, b', ['a', 'b'], null],
    ['a, b, c, d', ['a', 'b', 'c'], 'The first 3 of 4.'],
    ['2026 budget, 3.5 percent growth, Android', ['2026 budget', '3.5 percent growth', 'Android'], null],
    ['Research: development, sales', ['Research: development', 'sales'], null],
    ['budget', ['budget'], null],
    ['["Finance", "Growth, fast", "Risk"]', ['Finance', 'Growth, fast', 'Risk'], null],
    ["['Finance', 'Growth']", ['Finance', 'Growth'], null],
    ['[Finance, Growth]', ['Finance', 'Growth'], null],
    ['```json\n[\n  "Finance",\n  "Growth"\n]\n```', ['Finance', 'Growth'], null],
    ['{"topics": ["Finance", "Growth"]}', ['Finance', 'Growth'], null],
    ['["Finance", "Growth", "Ri', ['Finance', 'Growth', 'Ri'], null],
    ['[]', null, EMPTY],
    ['```\nfinance, growth\n```', ['finance', 'growth'], null],
    ['[2026] budget, growth', ['[2026] budget', 'growth'], null],
    ['List<T>, int[], map[string]', ['List<T>', 'int[]', 'map[string]'], null],
    ['', null, EMPTY],
    [', ;\n', null, EMPTY],
    [`I am sorry but ${'this text is far too long to be called a topic '.repeat(3)}`, null, NO_LIST],
  ])('%j are %j', (raw, value, note) => {
    expect(readAnswer(topics, raw, null)).toEqual({ value: list(value), note });
  });
});

describe('a summary', () => {
  const limit = 'The model reached its limit of 50 tokens; the end of the answer may be missing.';
  it.each([
    ['Costs rose.', 'stop', 'Costs rose.', null],
    ['  Costs\n rose.  ', null, 'Costs rose.', null],
    ['Summary: Costs rose.', 'stop', 'Costs rose.', null],
    ['**Summary:** Costs rose.', 'stop', 'Costs rose.', null],
    ['Costs rose in the first', 'length', 'Costs rose in the first', limit],
    ['', 'stop', null, EMPTY],
    [' \n', 'length', null, EMPTY],
  ])('%j (%s) is %j', (raw, finishReason, value, note) => {
    expect(readAnswer(summary, raw, finishReason)).toEqual({ value: text(value), note });
  });
});

describe('a runaway answer', () => {
  const gap = (length: number) => `yes${' '.repeat(length)}no`;

  it('is not searched for a sentiment or topics', () => {
    expect(readAnswer(sentiment, `${'so '.repeat(50_000)}positive`, null)).toEqual({ value: null, note: NO_SINGLE });
    const items = Array.from({ length: 20_000 }, (_, n) => `item ${n}`).join(', ');
    expect(readAnswer(topics, items, null)).toEqual({ value: null, note: NO_LIST });
  });

  it('is read up to the limit, quickly whatever it contains', () => {
    expect(readAnswer(sentiment, gap(90_000), null)).toEqual({ value: null, note: NO_SINGLE });
    expect(readAnswer(sentiment, `positive${'.'.repeat(90_000)}`, null)).toEqual({
      value: text('positive'),
      note: null,
    });
    const items = Array.from({ length: 8_000 }, (_, n) => `item ${n}`).join(', ');
    expect(readAnswer(topics, items, null).note).toBe('The first 3 of 8000.');
  });

  it.each([
    [`${'x'.repeat(1_999)}💚 and so on`, `${'x'.repeat(1_999)}…`, '2,011'],
    [gap(120_000), 'yes…', '120,005'],
  ])('is a summary by its beginning, and says so', (raw, value, length) => {
    const note = `The beginning of an answer of ${length} characters.`;
    expect(readAnswer(summary, raw, 'length')).toEqual({ value: text(value), note });
  });
});

const asking = (answer: AnswerKind): Question => ({ ...summary, id: 'q', title: 'Question', answer });
const NOT_STATED = { value: { type: 'not_stated' }, note: null };

describe('"Not stated"', () => {
  it.each<AnswerKind>([
    { type: 'text' },
    { type: 'choice', choices: ['a'], open: true },
    { type: 'choices', choices: ['a'], open: true },
    { type: 'list' },
    { type: 'number' },
    { type: 'date' },
    { type: 'yes_no' },
  ])('is a value of its own, whatever is asked: $type', (answer) => {
    for (const raw of [
      'Not stated',
      'not stated.',
      ' **Not stated**\n',
      '"Not stated."',
      'Not stated in the document.',
    ]) {
      expect(readAnswer(asking(answer), raw, null), raw).toEqual(NOT_STATED);
    }
    expect(readAnswer(asking(answer), '', null), 'which an empty reply is not').toEqual({ value: null, note: EMPTY });
  });
});

describe('several choices', () => {
  const of = (raw: string, open?: boolean) =>
    readAnswer(asking({ type: 'choices', choices: ['Email', 'Phone', 'Post'], open }), raw, null);

  it.each([
    ['post, EMAIL', ['Email', 'Post'], null],
    ['["Phone", "Phone"]', ['Phone'], null],
    ['- Email\n- Fax\n', ['Email'], 'Left out, as not one of the choices: “Fax”.'],
    ['Fax, Telex', null, 'None of the choices is named, but “Fax”, “Telex”.'],
  ])('%j are %j', (raw, value, note) => {
    expect(of(raw)).toEqual({ value: list(value), note });
  });

  it('are followed by others where those are taken', () => {
    expect(of('Fax, Post', true)).toEqual({ value: list(['Post', 'Fax']), note: null });
  });
});

describe('yes or no', () => {
  it.each([
    ['Yes', true, null],
    ['no.', false, null],
    ['**Yes**', true, null],
    ['true', true, null],
    ['Question: No', false, null],
    ['No, the contract ends by itself.', false, 'Taken from the beginning of a longer answer.'],
    ['Yes — see section 4.', true, 'Taken from the beginning of a longer answer.'],
  ])('%j is read as %j', (raw, yes, note) => {
    expect(readAnswer(asking({ type: 'yes_no' }), raw, null)).toEqual({ value: { type: 'yes_no', yes }, note });
  });

  it.each(['Maybe', 'None', 'Yes-man', "No's", 'Sí', 'It depends: yes', 'Nope'])('%j is neither', (raw) => {
    expect(readAnswer(asking({ type: 'yes_no' }), raw, null)).toEqual({
      value: null,
      note: 'The answer says neither yes nor no.',
    });
  });
});

describe('a number or a date', () => {
  it('is read as it is asked for', () => {
    const number = readAnswer(asking({ type: 'number', unit: 'EUR' }), '1200.50', null);
    expect(number).toEqual({ value: { type: 'number', number: 1200.5, unit: 'EUR' }, note: null });
    const date = readAnswer(asking({ type: 'date' }), '2026-03-31.', null);
    expect(date).toEqual({ value: { type: 'date', from: '2026-03-31', to: null }, note: null });
  });

  it('that is none has no value, and says why', () => {
    expect(readAnswer(asking({ type: 'number' }), 'many', null)).toEqual({
      value: null,
      note: 'The answer is not a number.',
    });
    expect(readAnswer(asking({ type: 'date' }), 'soon', null)).toEqual({
      value: null,
      note: 'The answer is not a date.',
    });
  });
});

describe('words that say that it is not stated', () => {
  const date: AnswerKind = { type: 'date' };
  const yesNo: AnswerKind = { type: 'yes_no' };

  it.each<readonly [AnswerKind, string]>([
    [date, 'Not specified.'],
    [date, 'Not mentioned in the contract'],
    [date, 'Not explicitly stated'],
    [date, 'It is not stated.'],
    [date, 'Unspecified'],
    [date, 'Not provided'],
    [date, 'The document does not specify an end date.'],
    [date, "The contract doesn't mention one."],
    [{ type: 'number' }, 'This invoice does not contain a total.'],
    [{ type: 'choice', choices: ['German', 'French'] }, 'Not mentioned'],
    [{ type: 'text' }, 'Not specified in the agreement.'],
    [yesNo, 'Not stated'],
  ])('count for %j, and are told: %s', (kind, raw) => {
    const { value, note } = readAnswer(asking(kind), raw, null);
    expect(value).toEqual({ type: 'not_stated' });
    expect(note).toBe(raw === 'Not stated' ? null : 'The answer says that it is not stated, in other words.');
  });

  it.each<readonly [AnswerKind, string]>([
    // They may be the answer itself.
    [yesNo, 'The document does not mention a deposit.'],
    [{ type: 'text' }, 'Not available'],
    [{ type: 'text' }, 'The document does not mention a deposit.'],
    [date, 'N/A'],
    [date, 'Unknown'],
    [date, 'Nicht angegeben'],
    [{ type: 'choice', choices: ['Stated', 'Not specified'] }, 'Not specified'],
  ])('do not count where they may be more than that: %j, %s', (kind, raw) => {
    expect(readAnswer(asking(kind), raw, null).value).not.toEqual({ type: 'not_stated' });
  });
});

describe('a choice in another form', () => {
  const of = (raw: string, ...choices: readonly string[]) =>
    readAnswer(asking({ type: 'choice', choices }), raw, null).value;

  it.each([
    ['INVOICE', 'Invoice'],
    ['Invoices', 'Invoice'],
    ['credit-note', 'Credit note'],
    ['Credit notes', 'Credit note'],
    ['credit  note', 'Credit note'],
    ['Delivery', 'Deliveries'],
  ])('%j is %j', (raw, choice) => {
    expect(of(raw, 'Invoice', 'Credit note', 'Deliveries')).toEqual(text(choice));
  });

  it.each([
    ['Rechnung', ['Invoice', 'Letter']],
    ['Facture', ['Invoice', 'Letter']],
    ['A', ['As', 'Bs']],
    ['new', ['News', 'Old']],
  ])('%j is none of %j', (raw, choices) => {
    expect(of(raw, ...choices)).toBeNull();
  });

  it('is not one of two that differ by that alone', () => {
    expect(of('reports', 'Report', 'Reports')).toEqual(text('Reports'));
    expect(of('REPORT', 'Report', 'Reports')).toEqual(text('Report'));
    expect(of('credit-notes', 'Credit note', 'Credit_note')).toBeNull();
  });
});

describe('several choices in another form', () => {
  const of = (raw: string) =>
    readAnswer(
      asking({ type: 'choices', choices: ['Invoice', 'Health, safety and environment', 'Letter'] }),
      raw,
      null,
    );

  it.each([
    ['invoices; LETTERS', ['Invoice', 'Letter'], null],
    ['Health, safety and environment, letter', ['Health, safety and environment', 'Letter'], null],
    [
      'Letter, health, safety and environment and more',
      ['Health, safety and environment', 'Letter'],
      'Left out, as not one of the choices: “more”.',
    ],
  ])('%j are %j', (raw, value, note) => {
    expect(of(raw)).toEqual({ value: list(value), note });
  });
});

describe('a list of names', () => {
  const of = (raw: string) => readAnswer(asking({ type: 'list' }), raw, null).value;

  it.each([
    ['Acme, Inc., Beta GmbH', ['Acme, Inc.', 'Beta GmbH']],
    ['Acme Corp., Ltd., and Beta, S.A.', ['Acme Corp., Ltd.', 'Beta, S.A.']],
    ['John Smith, Jr., Mary Jones, PhD', ['John Smith, Jr.', 'Mary Jones, PhD']],
    ['NY, CO, MD, NV', ['NY', 'CO', 'MD', 'NV']],
    ['Inc., Acme', ['Inc', 'Acme']],
  ])('%j is %j', (raw, items) => {
    expect(of(raw)).toEqual(list(items));
  });

  it('may have long items if each stands in a line', () => {
    const long =
      'Acme Holdings International (Deutschland) Gesellschaft mit beschränkter Haftung, Friedrichstraße 1, 10117 Berlin';
    expect(of(`- ${long}\n- Beta`)).toEqual(list([long, 'Beta']));
  });
});

describe('a text with a limit of words', () => {
  const of = (raw: string) => readAnswer(asking({ type: 'text', maxWords: 3 }), raw, null);

  it.each([
    ['Rent for offices.', null],
    ['Rent for three offices.', 'It has 4 words, where 3 were asked for.'],
    ['事務所の賃貸借契約に関する件', expect.stringMatching(/words, where 3 were asked for/)],
  ])('%j is kept whole: %j', (raw, note) => {
    expect(of(raw)).toEqual({ value: text(raw), note });
  });
});
