import { describe, expect, it } from 'vitest';
import { readCorrection } from '../../src/main/recipes/read-correction.ts';
import { valueWords } from '../../src/shared/answer-words.ts';
import type { AnswerKind, Question } from '../../src/shared/recipe.ts';

function asked(answer: AnswerKind): Question {
  return { id: 'q', title: 'Term', ask: 'What is it?', answer, proof: false, maxTokens: 20 };
}

const choices = ['Berlin', 'Paris'];

describe('a value that a person writes', () => {
  it.each<[AnswerKind, string, unknown]>([
    [{ type: 'text', maxWords: 2 }, ' Term: as it is\nwritten. ', { type: 'text', text: 'Term: as it is\nwritten.' }],
    [{ type: 'list' }, 'one, two\n\nthree\nthree', { type: 'list', items: ['one, two', 'three'] }],
    [{ type: 'choices', choices }, 'paris\nberlin', { type: 'list', items: ['Berlin', 'Paris'] }],
    [{ type: 'choice', choices }, 'paris', { type: 'text', text: 'Paris' }],
    [{ type: 'number' }, '1,250.50 EUR', { type: 'number', number: 1250.5, unit: 'EUR' }],
    [{ type: 'date' }, '31 March 2026', { type: 'date', from: '2026-03-31', to: null }],
    [{ type: 'yes_no' }, 'no', { type: 'yes_no', yes: false }],
    [{ type: 'number' }, 'Not stated', { type: 'not_stated' }],
  ])('is read as its question is answered: %j from %j', (kind, text, value) => {
    expect(readCorrection(asked(kind), text)).toEqual({ ok: true, value });
  });

  it.each<[AnswerKind, string, RegExp]>([
    [{ type: 'text' }, '  ', /missing/],
    [{ type: 'choice', choices }, 'it is Paris, I think', /one of: Berlin, Paris/],
    [{ type: 'choices', choices }, 'Paris\nRome', /one of: Berlin, Paris/],
    [{ type: 'number' }, 'many', /number/],
    [{ type: 'date' }, '31 March', /no year/],
    [{ type: 'yes_no' }, 'no, not in the first year', /Yes or No/],
  ])('is refused with the reason where it is no such value: %j from %j', (kind, text, reason) => {
    const read = readCorrection(asked(kind), text);
    expect(read.ok ? null : read.error).toMatch(reason);
  });

  it.each<[AnswerKind, string]>([
    [{ type: 'date' }, '2026-03 – 2026-05'],
    [{ type: 'date' }, '2026'],
    [{ type: 'number' }, '1250.5 EUR'],
    [{ type: 'number' }, '-12'],
    [{ type: 'yes_no' }, 'Yes'],
  ])('may be what the table shows: %j', (kind, words) => {
    const read = readCorrection(asked(kind), words);
    expect(read.ok ? valueWords(read.value) : read.error).toBe(words);
  });
});
