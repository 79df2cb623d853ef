import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { answerFormat, answerKeys, formInWords } from '../../src/main/recipes/answer-schema.ts';
import type { AnswerKind, Question } from '../../src/shared/recipe.ts';
import { makeQuestion } from './questions.ts';

const kinds: readonly AnswerKind[] = [
  { type: 'text', maxWords: 12 },
  { type: 'choice', choices: ['low', 'high'] },
  { type: 'choice', choices: ['low', 'high'], open: true },
  { type: 'choices', choices: ['a', 'b'] },
  { type: 'choices', choices: ['a', 'b'], open: true },
  { type: 'list', maxItems: 3 },
  { type: 'number', unit: 'EUR' },
  { type: 'number' },
  { type: 'date' },
  { type: 'yes_no' },
];
const questions: readonly Question[] = kinds.flatMap((answer, index) => [
  makeQuestion(`plain_${index}`, answer),
  makeQuestion(`proved_${index}`, answer, { proof: true }),
]);
const { name, schema } = answerFormat(questions);
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

/** Every schema in a schema, however deep. */
function schemasIn(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(schemasIn);
  return 'type' in value && !Array.isArray(value) ? [value as Record<string, unknown>, ...inner] : inner;
}

describe('the schema of answers', () => {
  it('has only what every strict server takes', () => {
    expect(name).toMatch(/^[\w-]{1,64}$/);
    const allowed = ['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'description'];
    for (const one of schemasIn(schema)) {
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(one)));
      if (one.type !== 'object') continue;
      expect(one.additionalProperties).toBe(false);
      expect(one.required).toEqual(Object.keys(one.properties as object));
    }
  });

  it('takes an answer of each kind, or null where the document does not state it', () => {
    const answers = [
      ['Twelve words at most.'],
      ['low'],
      ['medium'],
      [['a', 'b']],
      [['c']],
      [['x']],
      ['12.5 EUR'],
      ['12 days'],
      ['2026-03-31'],
      [true],
    ];
    const reply = (of: (index: number) => unknown) =>
      Object.fromEntries(
        kinds.flatMap((_, index) => [
          [`plain_${index}`, { answer: of(index) }],
          [`proved_${index}`, { quotes: ['as it stands'], answer: of(index) }],
        ]),
      );
    expect(isValid(reply((index) => answers[index]?.[0])), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid(reply(() => null))).toBe(true);
    expect(isValid(reply(() => ({})))).toBe(false);
  });

  it('asks for proof before the answer, and only where it is wanted', () => {
    const keys = (key: string) =>
      Object.keys((schema.properties as Record<string, { properties: object }>)[key]?.properties ?? {});
    expect([keys('plain_0'), keys('proved_0')]).toEqual([['answer'], ['quotes', 'answer']]);
  });

  it('keeps to the list of choices, unless others are taken too', () => {
    const of = (index: number) => JSON.stringify((schema.properties as Record<string, unknown>)[`plain_${index}`]);
    expect([of(1), of(2), of(3), of(4)].map((text) => text.includes('"enum"'))).toEqual([true, false, true, false]);
  });

  it('names questions by their id, unless that is no name', () => {
    const format = answerFormat([
      makeQuestion('end_date', { type: 'date' }),
      makeQuestion('Ende (Datum)!', { type: 'date' }),
    ]);
    expect(Object.keys(format.schema.properties as object)).toEqual(['end_date', 'question_2']);
  });
});

describe('the keys of answers', () => {
  const keys = (...ids: readonly string[]) => answerKeys(ids.map((id) => makeQuestion(id, { type: 'date' })));

  it('are told apart even if a model changes their case or punctuation', () => {
    expect(keys('end_date', 'endDate', 'end-date')).toEqual(['end_date', 'question_2', 'question_3']);
    expect(keys('question_2', '2', 'question-3', '?')).toEqual([
      'question_2',
      'question_2_other',
      'question-3',
      'question_4',
    ]);
  });

  it('have choices without repeats, which servers refuse', () => {
    const twice = answerFormat([makeQuestion('law', { type: 'choice', choices: ['a', 'b', 'a'] })]);
    expect(JSON.stringify(twice.schema)).toContain('"enum":["a","b",null]');
  });
});

describe('the form in words', () => {
  it('is an object with every key and the form of its answer', () => {
    const words = formInWords([
      makeQuestion('end', { type: 'date' }, { proof: true }),
      makeQuestion('fee', { type: 'number', unit: 'EUR' }),
    ]);
    expect(words).toContain('JSON');
    expect(words).toContain('"end": {"quotes": [');
    expect(words).toContain('YYYY-MM-DD');
    expect(words).toContain('"fee": {"answer": ');
    expect(words).toContain('EUR');
    expect(words).toContain('null');
  });
});
