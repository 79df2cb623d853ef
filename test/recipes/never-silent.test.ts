import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFormat, formInWords } from '../../src/main/recipes/answer-schema.ts';
import { askAgain, takeSecond } from '../../src/main/recipes/ask-again.ts';
import { readAnswer } from '../../src/main/recipes/read-answer.ts';
import { readAnswers } from '../../src/main/recipes/read-answers.ts';
import type { AnswerKind } from '../../src/shared/recipe.ts';
import { makeQuestion } from './questions.ts';

const kind = fc.constantFrom<AnswerKind>(
  { type: 'text' },
  { type: 'text', maxWords: 3 },
  { type: 'choice', choices: ['low', 'high'] },
  { type: 'choice', choices: ['low', 'high'], open: true },
  { type: 'choices', choices: ['a', 'b, c'] },
  { type: 'choices', choices: ['a', 'b, c'], open: true },
  { type: 'list', maxItems: 2 },
  { type: 'number' },
  { type: 'number', unit: 'EUR' },
  { type: 'date' },
  { type: 'yes_no' },
);
/** What replies are made of, so that random ones come near to real ones. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '1',
        '12',
        '2026',
        '03',
        '31',
        '.',
        ',',
        '/',
        '-',
        '–',
        ' ',
        '(',
        ')',
        '€',
        'EUR',
        '%',
        'million',
        'k',
      ),
      fc.constantFrom(
        'March',
        'to',
        'and',
        'not',
        'No',
        'Yes',
        'low',
        'a',
        'b, c',
        'Not stated',
        '"',
        "'",
        '**',
        '\n',
        ':',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('whatever a model replies', () => {
  it('in words is a value, or says why it is none', () => {
    fc.assert(
      fc.property(kind, words, (answer, raw) => {
        const { value, note } = readAnswer(makeQuestion('q', answer), raw, null);
        if (value === null) expect(note, raw).toMatch(/\S/);
        if (value?.type === 'number') expect(Number.isFinite(value.number), raw).toBe(true);
        if (value?.type === 'date') expect(value.from, raw).toMatch(/^\d{4}(-\d\d(-\d\d)?)?$/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('in JSON is a value for each question, or says why it is none, and can be asked for again', () => {
    const given = fc.oneof(words, fc.jsonValue());
    fc.assert(
      fc.property(fc.array(fc.tuple(kind, given), { minLength: 1, maxLength: 3 }), given, (asked, quotes) => {
        const questions = asked.map(([answer], index) => makeQuestion(`q${index}`, answer, { proof: index === 0 }));
        const reply = Object.fromEntries(asked.map(([, answer], index) => [`q${index}`, { quotes, answer }]));
        const text = JSON.stringify(reply);
        const read = readAnswers(questions, text, null);
        expect(read.map(({ question }) => question)).toEqual(questions.map(({ id }) => id));
        for (const { value, note, misfit } of read) {
          if (value === null) expect(note, text).toMatch(/\S/);
          if (misfit !== null) expect(misfit, text).toMatch(/\S/);
        }
        const again = askAgain({ turns: [], questions, reply: text, read });
        expect(again?.questions.length ?? 0).toBe(read.filter(({ misfit }) => misfit !== null).length);
        expect(takeSecond(read, readAnswers(again?.questions ?? [], text, null))).toHaveLength(read.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('to the form that it was given is read back as it was meant', () => {
    const question = makeQuestion('end', { type: 'date' }, { proof: true });
    expect(formInWords([question])).toContain('"end"');
    expect(Object.keys(answerFormat([question]).schema.properties as object)).toEqual(['end']);
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2299-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.string(), (date, quote) => {
        const answer = date.toISOString().slice(0, 10);
        const [read] = readAnswers([question], JSON.stringify({ end: { quotes: [quote], answer } }), null);
        expect(read).toMatchObject({ value: { from: answer }, raw: answer, note: null, misfit: null });
        expect(read?.quotes).toEqual(quote.trim() === '' ? [] : [quote]);
      }),
    );
  });
});
