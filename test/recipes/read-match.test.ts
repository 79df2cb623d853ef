import { expect, it } from 'vitest';
import { NO_HINTS } from '../../src/main/recipes/read/reading-hints.ts';
import { readMatch } from '../../src/main/recipes/read-match.ts';
import type { AnswerKind } from '../../src/shared/recipe.ts';

function read(answer: AnswerKind, sentence: string) {
  return readMatch({ id: 'q', title: 'Q', ask: 'What?', answer, proof: false, maxTokens: 50 }, sentence, NO_HINTS);
}

const NOT_STATED = { type: 'not_stated' };
const LAW: AnswerKind = { type: 'choice', choices: ['English law', 'German law'] };

it('is the sentence itself where text is asked for', () => {
  expect(read({ type: 'text' }, 'The rent\nis due.').value).toEqual({ type: 'text', text: 'The rent is due.' });
  expect(read({ type: 'list' }, 'Ann, Bob and Cid.').value).toEqual({ type: 'list', items: ['Ann, Bob and Cid.'] });
});

it.each([
  [{ type: 'date' }, 'It ends on 2026-03-31.', { type: 'date', from: '2026-03-31', to: null }],
  [{ type: 'date' }, 'On 2026-03-31 (2026-03-31) it ends.', { type: 'date', from: '2026-03-31', to: null }],
  [{ type: 'date' }, 'It ends on 31 March 2026, in Room 12.', { type: 'date', from: '2026-03-31', to: null }],
  [{ type: 'number' }, 'The rent is EUR 1,500.00 a month.', { type: 'number', number: 1500, unit: 'EUR' }],
  [{ type: 'number' }, 'On 2026-03-31 all 42 are due.', { type: 'number', number: 42, unit: null }],
  [LAW, 'German law applies.', { type: 'text', text: 'German law' }],
  [{ type: 'choices', choices: ['rent', 'fees'] }, 'The Rent is due.', { type: 'list', items: ['rent'] }],
] as const)('takes the only one of its kind: %o of %s', (answer, sentence, value) => {
  expect(read(answer, sentence)).toEqual({ value, note: null });
});

it.each([
  [{ type: 'date' }, 'From 2026-03-31 to 2027-03-31.', 'The sentence that matches best has several dates.'],
  [{ type: 'date' }, 'It ends soon, in Room 12.', 'The sentence that matches best has no date.'],
  [{ type: 'number' }, 'Between 3 and 5 are due.', 'The sentence that matches best has several numbers.'],
  [{ type: 'number' }, 'The A4 sheet.', 'The sentence that matches best has no number.'],
  [LAW, 'English law, not German law.', 'The sentence that matches best names several of the choices.'],
  [LAW, 'French law.', 'The sentence that matches best names none of the choices.'],
  [{ type: 'yes_no' }, 'Yes, it is.', 'Whether it says yes or no takes a language model.'],
  [{ type: 'text' }, '', null],
] as const)('is not stated otherwise, with the reason: %o of %s', (answer, sentence, note) => {
  expect(read(answer, sentence)).toEqual({ value: NOT_STATED, note });
});
