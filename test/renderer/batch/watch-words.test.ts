import { describe, expect, it } from 'vitest';
import { agreementWords, limitSentence, usedWords, watchWords } from '../../../src/renderer/src/batch/watch-words.ts';
import { problem } from '../../../src/shared/problem.ts';
import type { BatchWatch, WatchEntry } from '../../../src/shared/watch-data.ts';
import { entryWords, namesOfEntry } from '../../../src/shared/watch-words.ts';
import { makeBatch } from './samples.ts';

const unlimited = { filesPerDay: null, tokensPerDay: null };
const quiet: BatchWatch = {
  since: 0,
  limits: unlimited,
  hasBatch: true,
  foundToday: 0,
  usedToday: { files: 0, tokens: 0 },
  hold: null,
  trouble: null,
};
const gone = problem('watch_trouble', { reason: 'gone', path: '/papers' });
const logged = (entry: WatchEntry) => ({ id: 1, at: 0, ...entry });

describe('a watched folder', () => {
  it('says what it found today, and before that what keeps it from its work', () => {
    expect(watchWords(quiet)).toBe('Watching');
    expect(watchWords({ ...quiet, foundToday: 3 })).toBe('Watching · 3 new today');
    expect(watchWords({ ...quiet, foundToday: 3, trouble: gone })).toBe('Watching · folder not there');
    expect(watchWords({ ...quiet, trouble: gone, hold: problem('cancelled', { what: 'reading' }) })).toBe(
      'Watching · new files wait',
    );
  });

  it('is agreed to in words that say where texts go', () => {
    const batch = makeBatch({ status: 'finished', llm: true, local: false, model: 'gpt-4o-mini', host: 'api.example' });
    expect(agreementWords(batch)).toMatch(
      /their text is sent to api\.example, to be read by gpt-4o-mini, without another question\.$/,
    );
    expect(agreementWords({ ...batch, local: true })).toMatch(/by gpt-4o-mini at api\.example, on this machine\.$/);
    expect(agreementWords({ ...batch, llm: false })).toMatch(/by the built-in engine on this machine\.$/);
  });

  it('has its limits in a sentence, also without any', () => {
    expect(limitSentence(unlimited)).toBe('It asks about every file that comes.');
    expect(limitSentence({ filesPerDay: 200, tokensPerDay: null })).toBe(
      'It asks at most 200 files a day by itself; more than that waits for you.',
    );
    expect(limitSentence({ filesPerDay: 1, tokensPerDay: 5_000 })).toMatch(/at most 1 file and 5.?000 tokens a day/);
    expect(usedWords({ files: 12, tokens: 0 })).toBe('Asked today: 12 files');
  });

  it('lists what it saw and had asked, by name as far as there is room', () => {
    const saw = logged({
      what: 'saw',
      counts: { added: 2, gone: 1 },
      names: [{ sight: 'added', name: 'papers/a.txt' }],
    });
    expect(entryWords(saw)).toBe('2 new files, 1 file gone');
    expect(namesOfEntry(saw)).toBe('a.txt and 2 others');
    expect(entryWords(logged({ what: 'asked', files: 3, failed: 1, tokens: null }))).toBe('3 files asked, 1 failed');
    expect(entryWords(logged({ what: 'on', limits: unlimited }))).toBe('Watched, without a limit');
    expect(entryWords(logged({ what: 'trouble', problem: null }))).toBe('The folder is watched again');
    expect(namesOfEntry(logged({ what: 'off' }))).toBeNull();
  });
});
