import { describe, expect, it } from 'vitest';
import type { AskedQuestion } from '../../src/main/recipes/ask-group.ts';
import { mergeAnswers } from '../../src/main/recipes/merge-answers.ts';
import type { AnswerValue } from '../../src/shared/answer.ts';
import { problem } from '../../src/shared/problem.ts';

let calls = 0;

function part(value: AnswerValue | null, over: Partial<AskedQuestion> = {}): AskedQuestion {
  calls += 1;
  return { question: 'q', value, raw: 'raw', note: null, quotes: [], problem: null, callIds: [calls], ...over };
}

const NOT_STATED = { type: 'not_stated' } as const;
const list = (...items: readonly string[]) => part({ type: 'list', items });
const number = (count: number) => part({ type: 'number', number: count, unit: 'EUR' });
const text = (words: string) => part({ type: 'text', text: words });
const yes = (is: boolean) => part({ type: 'yes_no', yes: is });

describe('the answers about the parts of a document', () => {
  it('are one answer if there is one part', () => {
    const only = number(3);
    expect(mergeAnswers({ type: 'number' }, [only])).toEqual({ answer: only, reduce: null });
  });

  it('are what one part states, where the others do not', () => {
    const parts = [part(NOT_STATED), number(30), part(NOT_STATED)];
    expect(mergeAnswers({ type: 'number' }, parts)).toMatchObject({
      answer: { value: { number: 30 }, note: null },
      reduce: null,
    });
  });

  it('are not stated only if no part states it', () => {
    expect(mergeAnswers({ type: 'date' }, [part(NOT_STATED), part(NOT_STATED)]).answer.value).toEqual(NOT_STATED);
    const unread = part(null, { note: 'The answer is not a date.' });
    expect(mergeAnswers({ type: 'date' }, [part(NOT_STATED), unread]).answer).toMatchObject({
      value: null,
      note: 'Part 2 of 2: The answer is not a date.',
    });
  });

  it('contradict each other in a number or a date: the first counts, and all are told', () => {
    expect(mergeAnswers({ type: 'number' }, [number(30), number(60), number(30)])).toMatchObject({
      answer: { value: { number: 30 }, note: 'The parts differ: 30 EUR (parts 1, 3); 60 EUR (part 2).' },
      reduce: null,
    });
  });

  it('are for the model to judge where choices or yes and no differ', () => {
    expect(mergeAnswers({ type: 'yes_no' }, [yes(false), yes(true)])).toMatchObject({
      answer: { note: 'The parts differ: No (part 1); Yes (part 2).' },
      reduce: ['No', 'Yes'],
    });
    expect(mergeAnswers({ type: 'yes_no' }, [yes(true), part(NOT_STATED), yes(true)])).toMatchObject({
      answer: { value: { yes: true }, note: null },
      reduce: null,
    });
    const choice = { type: 'choice', choices: ['positive', 'negative'] } as const;
    expect(mergeAnswers(choice, [text('positive'), text('negative')]).reduce).toEqual(['positive', 'negative']);
  });

  it('are for the model to put into one text, in their order', () => {
    expect(mergeAnswers({ type: 'text' }, [text('One.'), part(NOT_STATED), text('Two.')])).toMatchObject({
      answer: { value: null, note: null },
      reduce: ['One.', 'Two.'],
    });
  });

  it('join in a list, each item once and in the order of the document', () => {
    const parts = [list('Ann', 'Bob'), list('BOB', 'Cy'), list('ann')];
    expect(mergeAnswers({ type: 'list' }, parts).answer).toMatchObject({
      value: { items: ['Ann', 'Bob', 'Cy'] },
      note: null,
    });
  });

  it('keep in a short list what most parts name, and tell of the others', () => {
    const parts = [list('a', 'b'), list('c', 'd'), list('c', 'b')];
    expect(mergeAnswers({ type: 'list', maxItems: 2 }, parts).answer).toMatchObject({
      value: { items: ['b', 'c'] },
      note: 'Of 4 in all parts, the 2 that most parts name, earlier ones first.',
    });
  });

  it('keep the order of the choices', () => {
    const kind = { type: 'choices', choices: ['rent', 'term', 'deposit'] } as const;
    expect(mergeAnswers(kind, [list('deposit'), list('rent', 'other')]).answer.value).toEqual({
      type: 'list',
      items: ['rent', 'deposit', 'other'],
    });
  });

  it('have failed if one part failed, with what was read', () => {
    const why = problem('rate_limited', { host: 'h' });
    const parts = [text('One.'), part(null, { problem: why, raw: null }), text('Three.')];
    expect(mergeAnswers({ type: 'text' }, parts)).toMatchObject({
      answer: {
        value: null,
        problem: { code: 'rate_limited' },
        raw: 'Part 1 of 3: raw\n\nPart 3 of 3: raw',
        note: '2 of 3 parts of the document were answered. Retry asks only about the others.',
      },
      reduce: null,
    });
  });

  it('keep the quotations and the calls of all parts', () => {
    const one = { ...text('a'), quotes: ['x', 'y'], callIds: [1] };
    const two = { ...text('a'), quotes: ['y', 'z'], callIds: [2, 3] };
    expect(mergeAnswers({ type: 'text' }, [one, two]).answer).toMatchObject({
      quotes: ['x', 'y', 'z'],
      callIds: [1, 2, 3],
    });
  });
});
