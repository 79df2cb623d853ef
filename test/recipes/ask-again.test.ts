import { describe, expect, it } from 'vitest';
import { askAgain, takeSecond } from '../../src/main/recipes/ask-again.ts';
import { type ReadQuestion, readAnswers } from '../../src/main/recipes/read-answers.ts';
import { makeQuestion } from './questions.ts';

const end = makeQuestion('end', { type: 'date' });
const law = makeQuestion('law', { type: 'choice', choices: ['German', 'French'] }, { proof: true });
const parties = makeQuestion('parties', { type: 'list' });
const questions = [end, law, parties];
const turns = [{ role: 'user', content: 'A contract.\n\nThe questions.' }] as const;

const reply = '{"end": {"answer": "soon"}, "law": {"quotes": [], "answer": "German"}}';
const first = readAnswers(questions, reply, null);

describe('asking once more', () => {
  it('is about what did not fit, with the reason, after what was said', () => {
    const again = askAgain({ turns, questions, reply, read: first });
    expect(again?.questions).toEqual([end, parties]);
    expect(again?.turns.slice(0, 2)).toEqual([...turns, { role: 'assistant', content: reply }]);
    expect(again?.turns).toHaveLength(3);
    const last = again?.turns[2];
    expect(last?.role).toBe('user');
    expect(last?.content).toContain('- "end": “soon”: The answer is not a date.');
    expect(last?.content).toContain('- "parties": It is missing.');
    expect(last?.content).toContain('JSON');
    expect(last?.content).not.toContain('"law"');
  });

  it('is not needed if all fits', () => {
    const read = readAnswers([end], '{"end": {"answer": null}}', null);
    expect(askAgain({ turns, questions: [end], reply: '{"end": {"answer": null}}', read })).toBeNull();
  });

  it('keeps the turns alternating if nothing was said, as some servers demand', () => {
    const read = readAnswers([end], ' ', null);
    const again = askAgain({ turns, questions: [end], reply: ' ', read });
    expect(again?.turns.map(({ role }) => role)).toEqual(['user']);
    expect(again?.turns[0]?.content).toMatch(/^A contract\.\n\nThe questions\.\n\n/);
    expect(again?.turns[0]?.content).toContain('- "end": The reply was empty.');
  });

  it('does not send back all of a reply that ran away', () => {
    const long = `${'x'.repeat(9_999)}💚${'x'.repeat(50_000)}`;
    const again = askAgain({ turns, questions: [end, law], reply: long, read: readAnswers([end, law], long, null) });
    const said = again?.turns[1]?.content ?? '';
    expect(said.length).toBeLessThan(10_100);
    expect(said).not.toMatch(/[\uD800-\uDBFF]…/);
  });
});

describe('the second answers', () => {
  const second = (text: string) => takeSecond(first, readAnswers([end, parties], text, null));
  const of = (read: readonly ReadQuestion[], id: string) => read.find(({ question }) => question === id);

  it('take the place of those that did not fit, and only of those', () => {
    const read = second(
      '{"end": {"answer": "2026-03-31"}, "parties": {"answer": ["Acme"]}, "law": {"answer": "French"}}',
    );
    expect(read.map(({ question }) => question)).toEqual(['end', 'law', 'parties']);
    expect(of(read, 'end')).toMatchObject({ value: { from: '2026-03-31' }, misfit: null });
    expect(of(read, 'law')).toMatchObject({ value: { text: 'German' } });
    expect(of(read, 'parties')).toMatchObject({ value: { items: ['Acme'] } });
  });

  it('that do not fit either leave the newest reason, and what was said', () => {
    const read = second('{"end": {"answer": "later"}}');
    expect(of(read, 'end')).toMatchObject({ value: null, raw: 'later', misfit: expect.stringContaining('“later”') });
    expect(of(read, 'parties')).toMatchObject({ value: null, raw: null, misfit: 'It is missing.' });
  });

  it('do not lose a value that the first had', () => {
    const plain = readAnswers([end], 'End: 2026-03-31', null);
    const [kept] = takeSecond(readAnswers([end], '2026-03-31', null), readAnswers([end], 'No idea', null));
    expect(plain[0]?.misfit).not.toBeNull();
    expect(kept).toMatchObject({ value: { from: '2026-03-31' }, raw: '2026-03-31' });
  });

  it('that say nothing at all leave what the first said', () => {
    const [kept] = takeSecond(readAnswers([end], '{"end": {"answer": "soon"}}', null), readAnswers([end], '', null));
    expect(kept).toMatchObject({ value: null, raw: 'soon', note: expect.any(String) });
  });
});
