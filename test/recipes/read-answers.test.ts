import { describe, expect, it } from 'vitest';
import { hintsIn } from '../../src/main/recipes/read/reading-hints.ts';
import { type ReadQuestion, readAnswers } from '../../src/main/recipes/read-answers.ts';
import type { AnswerKind } from '../../src/shared/recipe.ts';
import { makeQuestion } from './questions.ts';

const NOT_STATED = { type: 'not_stated' };
const end = makeQuestion('end', { type: 'date' }, { title: 'End date', proof: true });
const law = makeQuestion('law', { type: 'choice', choices: ['German', 'French'] });

const both = (text: string, finishReason: string | null = null) => {
  const [first, second] = readAnswers([end, law], text, finishReason);
  if (first === undefined || second === undefined) throw new Error('An answer is missing.');
  return { end: first, law: second };
};

/** One question, answered by this piece of JSON. */
function one(kind: AnswerKind, answer: string): ReadQuestion {
  const [read] = readAnswers([makeQuestion('q', kind), law], `{"q": ${answer}, "law": {"answer": null}}`, null);
  if (read === undefined) throw new Error('An answer is missing.');
  return read;
}

describe('answers in JSON', () => {
  it('are values with their own part of the reply and their quotations', () => {
    const reply = '{"end": {"quotes": ["ends on 31 March 2026"], "answer": "2026-03-31"}, "law": {"answer": "French"}}';
    expect(both(reply)).toEqual({
      end: {
        question: 'end',
        value: { type: 'date', from: '2026-03-31', to: null },
        raw: '2026-03-31',
        note: null,
        quotes: ['ends on 31 March 2026'],
        misfit: null,
      },
      law: {
        question: 'law',
        value: { type: 'text', text: 'French' },
        raw: 'French',
        note: null,
        quotes: [],
        misfit: null,
      },
    });
  });

  it.each(['null', '"Not stated"', '"not stated in the document."'])('say that it is not stated: %s', (answer) => {
    const { end } = both(`{"end": {"quotes": [], "answer": ${answer}}, "law": null}`);
    expect(end).toMatchObject({ value: NOT_STATED, note: null, misfit: null });
    expect(both(`{"end": null, "law": {"answer": ${answer}}}`).law).toMatchObject({ value: NOT_STATED, misfit: null });
  });

  it.each<readonly [AnswerKind, string, unknown]>([
    [{ type: 'text' }, '{"answer": "As agreed."}', { type: 'text', text: 'As agreed.' }],
    [{ type: 'text' }, '"As agreed."', { type: 'text', text: 'As agreed.' }],
    [{ type: 'text' }, '{"answer": 12}', { type: 'text', text: '12' }],
    [{ type: 'text' }, '{"answer": ["One.", "Two."]}', { type: 'text', text: 'One. Two.' }],
    [{ type: 'number', unit: 'EUR' }, '{"answer": 1200.5}', { type: 'number', number: 1200.5, unit: 'EUR' }],
    [{ type: 'number', unit: 'EUR' }, '{"answer": "1200.50 EUR"}', { type: 'number', number: 1200.5, unit: 'EUR' }],
    [{ type: 'number' }, '{"answer": 12}', { type: 'number', number: 12, unit: null }],
    [{ type: 'number' }, '{"answer": {"value": 12, "unit": "days"}}', { type: 'number', number: 12, unit: 'days' }],
    [
      { type: 'number' },
      '{"answer": {"amount": 12.5, "currency": "EUR"}}',
      { type: 'number', number: 12.5, unit: 'EUR' },
    ],
    [{ type: 'number' }, '{"value": 12}', { type: 'number', number: 12, unit: null }],
    [{ type: 'date' }, '{"answer": 2026}', { type: 'date', from: '2026', to: null }],
    [
      { type: 'date' },
      '{"answer": {"from": "2026-01-01", "to": "2026-03-31"}}',
      { type: 'date', from: '2026-01-01', to: '2026-03-31' },
    ],
    [{ type: 'date' }, '{"answer": ["2026-01-01"]}', { type: 'date', from: '2026-01-01', to: null }],
    [{ type: 'yes_no' }, '{"answer": true}', { type: 'yes_no', yes: true }],
    [{ type: 'yes_no' }, '{"answer": "No"}', { type: 'yes_no', yes: false }],
    [{ type: 'choice', choices: ['Yes', 'No', 'Partly'] }, '{"answer": false}', { type: 'text', text: 'No' }],
    [{ type: 'choice', choices: ['1', '2'] }, '{"answer": 2}', { type: 'text', text: '2' }],
    [
      { type: 'list' },
      '{"answer": ["Acme, Inc.", "Beta and Sons", "acme, inc."]}',
      { type: 'list', items: ['Acme, Inc.', 'Beta and Sons'] },
    ],
    [{ type: 'list' }, '{"answer": "Acme; Beta"}', { type: 'list', items: ['Acme', 'Beta'] }],
    [{ type: 'list' }, '{"answer": [1, 2]}', { type: 'list', items: ['1', '2'] }],
    [
      { type: 'choices', choices: ['Email', 'Post'] },
      '{"answer": ["post", "EMAIL"]}',
      { type: 'list', items: ['Email', 'Post'] },
    ],
    [{ type: 'choices', choices: ['Email', 'Post'] }, '{"answer": "Post"}', { type: 'list', items: ['Post'] }],
  ])('are read as %j: %s', (kind, answer, value) => {
    expect(one(kind, answer)).toMatchObject({ value, misfit: null });
  });

  it('say so if they are in another unit than the one that is asked for', () => {
    expect(one({ type: 'number', unit: 'EUR' }, '{"answer": "1200.50 USD"}')).toMatchObject({
      value: { number: 1200.5, unit: 'USD' },
      note: 'It is in USD, not in EUR.',
      misfit: null,
    });
  });

  it('keep a long item of a list, as it is no prose', () => {
    const item = 'Acme Holdings International (Deutschland) Gesellschaft mit beschränkter Haftung, Berlin, Germany';
    expect(one({ type: 'list' }, JSON.stringify({ answer: [item] }))).toMatchObject({ value: { items: [item] } });
  });

  it('say how a list was shortened', () => {
    expect(one({ type: 'list', maxItems: 1 }, '{"answer": ["a", "b"]}')).toMatchObject({
      value: { items: ['a'] },
      note: 'The first 1 of 2.',
      misfit: null,
    });
  });

  it.each<readonly [AnswerKind, string, RegExp]>([
    [{ type: 'date' }, '{"answer": "soon"}', /“soon”.*not a date/],
    [{ type: 'date' }, '{"answer": ["2026-01-01", "2027-01-01", "2028-01-01"]}', /several/],
    [{ type: 'choice', choices: ['low', 'high'] }, '{"answer": "medium"}', /“medium”.*not name exactly one/],
    [{ type: 'text' }, '{"answer": ""}', /empty/],
    [{ type: 'text' }, '{"answer": {"a": {"b": 1}}}', /an object/],
    [{ type: 'list' }, '{"answer": [{"name": "Acme", "role": "tenant"}]}', /an object/],
    [{ type: 'text' }, '{"quotes": ["x"]}', /no "answer"/],
    [{ type: 'number', unit: 'EUR' }, '{"answer": 12345678901234567890}', /too large/],
  ])('that do not fit %j have no value, and say why: %s', (kind, answer, misfit) => {
    const read = one(kind, answer);
    expect(read).toMatchObject({ value: null, note: expect.any(String), misfit: expect.stringMatching(misfit) });
    expect(read.raw).not.toBeNull();
  });

  it('that are an empty list have no value, which is an answer', () => {
    expect(one({ type: 'list' }, '{"answer": []}')).toMatchObject({
      value: null,
      note: 'The list is empty.',
      misfit: null,
    });
  });

  it.each([
    [{ type: 'text' }, '{"answer": "null"}'],
    [{ type: 'list' }, '{"answer": "null"}'],
    [{ type: 'number' }, '{"answer": "NULL"}'],
  ] as const)('that are null as a text are not stated, and say so: %j %s', (kind, answer) => {
    expect(one(kind, answer)).toMatchObject({
      value: NOT_STATED,
      note: 'The answer is the word “null”.',
      misfit: null,
    });
  });

  it.each([
    [{ type: 'text' }, '{"answer": {"value": "German law"}}', { type: 'text', text: 'German law' }],
    [{ type: 'date' }, '{"answer": {"text": "2026-03-31"}}', { type: 'date', from: '2026-03-31' }],
    [{ type: 'list' }, '{"answer": [{"name": "Ann"}, {"name": "Bob"}]}', { type: 'list', items: ['Ann', 'Bob'] }],
  ] as const)('may stand in objects that hold nothing else: %j %s', (kind, answer, value) => {
    expect(one(kind, answer)).toMatchObject({ value, misfit: null });
  });

  it.each([
    [{ type: 'list' }, '{"answer": [{"name": "Ann"}, {"role": "tenant"}]}'],
    [{ type: 'text' }, '{"answer": {"error": "no"}}'],
  ] as const)('are asked for again where an object holds more than an answer: %j %s', (kind, answer) => {
    expect(one(kind, answer)).toMatchObject({ value: null, misfit: expect.any(String) });
  });

  it('whose letters were escaped twice are read, and say so', () => {
    const answer = JSON.stringify({ answer: String.raw`Gesch\u00e4ft in C:\u0041` });
    expect(one({ type: 'text' }, answer)).toMatchObject({
      value: { text: String.raw`Geschäft in C:\u0041` },
      note: 'Its letters were escaped twice.',
    });
  });

  it('of questions with the same title are told apart by their keys alone', () => {
    const [one, two] = [end, law].map((question) => ({ ...question, title: 'Terms' }));
    if (one === undefined || two === undefined) throw new Error('A question is missing.');
    const read = readAnswers([one, two], '{"Terms": {"answer": "2026"}, "law": {"answer": "French"}}', null);
    expect(read).toMatchObject([{ value: null, misfit: 'It is missing.' }, { value: { text: 'French' } }]);
  });

  it('that are missing say so', () => {
    const { law } = both('{"end": {"quotes": [], "answer": null}}');
    expect(law).toMatchObject({ value: null, raw: null, note: expect.any(String), misfit: 'It is missing.' });
  });

  it.each([
    ['{"end": {"quotes": "ends in 2026", "answer": "2026"}, "law": null}', ['ends in 2026']],
    ['{"end": {"quote": "ends in 2026", "answer": "2026"}, "law": null}', ['ends in 2026']],
    ['{"end": {"quotes": ["a b", "", "  ", "a b", 7], "answer": "2026"}, "law": null}', ['a b']],
    ['{"end": {"quotes": [{"text": "a b"}], "answer": "2026"}, "law": null}', ['a b']],
    ['{"end": "2026", "law": null}', []],
  ])('have quotations however a model writes them: %s', (reply, quotes) => {
    expect(both(reply).end.quotes).toEqual(quotes);
  });

  it('have no more quotations than anyone reads, which is told', () => {
    const quotes = Array.from({ length: 60 }, (_, n) => `quotation ${n}`);
    const { end } = both(JSON.stringify({ end: { quotes, answer: '2026' }, law: null }));
    expect(end.quotes).toHaveLength(20);
    expect(end.note).toBe('The first 20 of 60 quotations.');
  });
});

describe('answers that a document says in a way that can be read twice', () => {
  const fee = makeQuestion('fee', { type: 'number', unit: 'EUR' }, { proof: true });
  const noteOf = (question: typeof end, answer: unknown, quote: string, document = '') =>
    readAnswers([question], JSON.stringify({ [question.id]: { quotes: [quote], answer } }), null, hintsIn(document))[0]
      ?.note;

  it.each([
    [end, '2026-04-03', 'ends on 03/04/2026', /“03\/04\/2026” may be 2026-04-03 or 2026-03-04/],
    [end, '2026-03-04', 'ends on 03/04/2026', /“03\/04\/2026” may be/],
    [fee, 1200, 'a fee of 1.200 EUR', /“1\.200” may be 1200 or 1\.2/],
    [fee, 1.2, 'a fee of 1.200 EUR', /“1\.200” may be/],
    [fee, 1.2, 'a fee of 1,200 EUR', /“1,200” may be/],
  ])('say so, although the model chose one: %#', (question, answer, quote, note) => {
    expect(noteOf(question, answer, quote)).toMatch(note);
  });

  it.each([
    [end, '2026-03-31', 'ends on 31/03/2026', ''],
    [end, '2026-04-03', 'ends on 03/04/2026', 'Signed on 25/03/2026.'],
    [end, '2026-12-31', 'ends on 31 December 2026, signed on 03/04/2026', ''],
    [fee, 1200, 'a fee of 1,200 EUR', ''],
    [fee, 1200, 'a fee of 1.200 EUR', 'It costs 1.234,50 EUR.'],
    [fee, 12.5, 'a fee of 12,50 EUR', ''],
  ])('say nothing where the document is clear: %#', (question, answer, quote, document) => {
    expect(noteOf(question, answer, quote, document)).toBeNull();
  });

  it('are read as the document writes dates and numbers if they repeat it', () => {
    const read = readAnswers([end], '{"end": {"quotes": [], "answer": "03/04/2026"}}', null, hintsIn('On 25/03/2026.'));
    expect(read[0]).toMatchObject({ value: { from: '2026-04-03' }, misfit: null });
  });
});

describe('a reply that is not the JSON that was asked for', () => {
  const WHY = 'The reply was not valid JSON; it was mended before it was read.';

  it('is mended, which is told beside the value', () => {
    const { end, law } = both('{"end": {"quotes": [], "answer": "2026",}, "law": {"answer": null}}');
    expect(end).toMatchObject({ value: { from: '2026' }, note: WHY, misfit: null });
    expect(law).toMatchObject({ value: NOT_STATED, note: WHY, misfit: null });
  });

  it('is not believed where mending tore a text apart', () => {
    const { end } = both(
      '{"end": {"quotes": [], "answer": "from "2026, "whichever is earlier""}, "law": {"answer": null}}',
    );
    expect(end).toMatchObject({ value: null, misfit: expect.any(String) });
  });

  it('is cut: what is before the cut counts, the rest says so', () => {
    const { end, law } = both('{"end": {"quotes": [], "answer": "2026"}, "law": {"answer": "Fre', 'length');
    expect(end).toMatchObject({ value: { from: '2026' }, misfit: null });
    expect(law).toMatchObject({ value: null, misfit: 'The reply breaks off in it.' });
    const first = both('{"end": {"quotes": ["ends', 'length');
    expect(first.end.misfit).toBe('The reply breaks off in it.');
    expect(first.law.misfit).toBe('The reply breaks off before it.');
  });

  it('whose last bracket alone is missing is read whole', () => {
    const { end, law } = both('{"end": {"answer": "2026"}, "law": {"answer": "French"}', 'stop');
    expect(end).toMatchObject({ value: { from: '2026' }, misfit: null });
    expect(law).toMatchObject({ value: { text: 'French' }, misfit: null });
    const cut = both('{"law": {"answer": "French"}, "end": {"answer": ["2026"]', 'length');
    expect(cut.end.misfit).toBe('The reply breaks off in it.');
  });

  it.each(['', 'The contract ends in 2026 under French law.', '{"name": "Acme"}', 'null'])(
    'has no values: %j',
    (text) => {
      const { end, law } = both(text);
      for (const read of [end, law]) {
        expect(read).toMatchObject({ value: null, raw: text === '' ? null : text, note: expect.any(String) });
        expect(read.misfit).toMatch(text === '' ? /empty/ : /no JSON/);
      }
    },
  );

  it('with an answer twice says that the last one counts', () => {
    const { end } = both('{"end": {"answer": "2025"}, "law": null, "end": {"answer": "2026"}}');
    expect(end).toMatchObject({ value: { from: '2026' }, note: 'It was answered twice; this is the last answer.' });
  });

  it('has a value all the same if only one question was asked, which is still a misfit', () => {
    const [read] = readAnswers([end], 'End date: 2026-03-31', null);
    expect(read).toMatchObject({
      value: { from: '2026-03-31' },
      note: 'The reply had no JSON, so this is all of it.',
      quotes: [],
      misfit: expect.stringMatching(/no JSON/),
    });
  });

  it('may be the inner object if only one question was asked', () => {
    const [read] = readAnswers([end], '{"quotes": ["ends in 2026"], "answer": "2026"}', null);
    expect(read).toMatchObject({ value: { from: '2026' }, quotes: ['ends in 2026'], misfit: null });
  });
});
