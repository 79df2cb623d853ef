import { describe, expect, it } from 'vitest';
import { againWords } from '../../../src/renderer/src/batch/run-again-words.ts';
import type { AgainPlan } from '../../../src/shared/batch-plan.ts';
import { makeBatch, recipe } from './samples.ts';

function planOf(over: Partial<AgainPlan> = {}): AgainPlan {
  return {
    providerName: 'OpenAI',
    host: 'api.openai.com',
    model: 'gpt-4o',
    llm: true,
    local: false,
    files: 240,
    takenOver: 0,
    requestsPerFile: 3,
    tokens: 123_456,
    unmeasured: 0,
    pictures: 0,
    noPictures: null,
    ...over,
  };
}

describe('what running a batch again would do', () => {
  it('is told in files, questions, requests and tokens', () => {
    expect(againWords(makeBatch({}), recipe, planOf())).toEqual([
      '240 files, 3 questions, in 3 requests per file.',
      'About 120,000 tokens would be sent to gpt-4o at api.openai.com.',
    ]);
  });

  it('says of how many files the length is not known', () => {
    expect(againWords(makeBatch({}), recipe, planOf({ unmeasured: 2 })).at(-1)).toBe(
      'About 120,000 tokens would be sent to gpt-4o at api.openai.com, plus the text of 2 files whose length is not known yet.',
    );
    expect(againWords(makeBatch({}), recipe, planOf({ tokens: 0, unmeasured: 1 })).at(-1)).toBe(
      'The text of 1 file whose length is not known yet would be sent to gpt-4o at api.openai.com.',
    );
  });

  it('warns of a model that took no pictures before, or reads too little for one', () => {
    const last = (noPictures: AgainPlan['noPictures']) =>
      againWords(makeBatch({}), { ...recipe, send: 'pages' }, planOf({ noPictures, pictures: 3 })).at(-1);
    expect(last('not_seen')).toBe(
      'gpt-4o took no pictures when it was last sent some. Choose a model that sees, or send the text.',
    );
    expect(last('no_room')).toBe(
      'No picture of a page fits into what gpt-4o reads at once. Choose a model that reads more, or send the text.',
    );
  });

  it('leaves out what is taken over, and says so', () => {
    const [some] = againWords(makeBatch({}), recipe, planOf({ takenOver: 2, requestsPerFile: 1 }));
    expect(some).toBe(
      '240 files, 3 questions: 2 were asked like this, and the answers are taken over. The others take 1 request per file.',
    );
    const all = againWords(makeBatch({}), recipe, planOf({ takenOver: 3, requestsPerFile: 0, tokens: 0 }));
    expect(all).toEqual([expect.stringContaining('all were asked like this')]);
  });

  it('names a provider that is not the batch’s own, and has no tokens of the built-in engine', () => {
    const words = againWords(
      makeBatch({}),
      recipe,
      planOf({ providerName: 'Built-in engine', host: 'built-in', llm: false }),
    );
    expect(words).toEqual([
      'This batch ran with OpenAI; Settings now use Built-in engine.',
      '240 files, 3 questions, in 3 requests per file.',
    ]);
  });
});
