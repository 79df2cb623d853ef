import { describe, expect, it } from 'vitest';
import { spellingEntries } from '../../src/main/electron/spelling.ts';

function speller() {
  const done: string[] = [];
  return {
    done,
    replace: (word: string) => void done.push(`replace ${word}`),
    learn: (word: string) => void done.push(`learn ${word}`),
  };
}

describe('the context menu over a misspelled word', () => {
  it('offers what the checker suggests, and to learn the word', () => {
    const { done, ...actions } = speller();
    const entries = spellingEntries('wrold', ['world', 'R&D'], actions);
    expect(entries.map(({ label }) => label)).toEqual(['world', 'R&&D', 'Add to dictionary']);
    for (const { click } of entries) click();
    expect(done).toEqual(['replace world', 'replace R&D', 'learn wrold']);
  });

  it('says that there is no suggestion, which cannot be chosen', () => {
    const [none, learn] = spellingEntries('xqzt', [], speller());
    expect([none?.label, none?.enabled, learn?.enabled]).toEqual(['No suggestions', false, true]);
  });

  it('offers nothing over a word that is known', () => {
    expect(spellingEntries('', [], speller())).toEqual([]);
  });
});
