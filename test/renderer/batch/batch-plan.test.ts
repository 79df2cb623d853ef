import { describe, expect, it } from 'vitest';
import { askWords, formatsWords, tokenWords, unreadableWords } from '../../../src/renderer/src/batch/batch-plan.tsx';
import type { BatchPlan } from '../../../src/shared/batch-plan.ts';
import { problem } from '../../../src/shared/problem.ts';
import { recipe } from './samples.ts';

const plan: BatchPlan = {
  formats: [],
  foreign: [],
  unreadable: [],
  requestsPerFile: 1,
  tokens: 0,
  unmeasured: 0,
  pictures: 0,
  noPictures: null,
};

describe('words for the plan of a batch', () => {
  it('name kinds of files, and count the rare ones together', () => {
    const kind = (extension: string, files: number) => ({
      extension,
      files,
      bytes: 1,
      read: 0,
      textBytes: 0,
      pages: 0,
    });
    expect(formatsWords([kind('pdf', 1_200), kind('', 2)])).toMatch(/^1.?200 PDF, 2 without an extension$/);
    expect(formatsWords([...'abcdefghijklmn'].map((name) => kind(name, 1)))).toMatch(/1 L and 2 others$/);
  });

  it('give the reasons why files cannot be read, and count the rare ones together', () => {
    const empty = problem('file_empty', { what: 'no_bytes' });
    expect(unreadableWords([{ problem: empty, files: 2 }])).toEqual(['2 files: This file is empty (0 bytes).']);
    const formats = ['office', 'pdf', 'zip', 'mail', 'book', 'member', 'archive'] as const;
    const many = formats.map((format) => ({ problem: problem('file_encrypted', { format }), files: 1 }));
    expect(unreadableWords(many).at(-1)).toBe('2 files for other reasons');
  });

  it('give a reason once, although it was found in several ways', () => {
    const found = problem('file_binary', { named: null, kind: 'gzip' });
    const known = problem('file_unsupported', { what: 'kind', kind: 'gzip' });
    const lines = unreadableWords([
      { problem: found, files: 1 },
      { problem: known, files: 1 },
    ]);
    expect(lines).toEqual([expect.stringMatching(/^2 files: This is .*, which Docket does not read\.$/)]);
  });

  it('say what is asked, and in how many requests', () => {
    expect(askWords({ recipe }, { ...plan, requestsPerFile: 3 })).toBe('Letters: 3 questions, in 3 requests per file');
  });

  it('do not look more exact than an estimate is', () => {
    expect(tokenWords({ ...plan, tokens: 123_456 }, 'text')).toMatch(/^About 120.?000 tokens$/);
    expect(tokenWords({ ...plan, tokens: 7 }, 'text')).toBe('About 7 tokens');
    expect(tokenWords({ ...plan, tokens: 90, unmeasured: 2 }, 'text')).toBe(
      'About 90 tokens, plus the text of 2 files whose length is not known yet',
    );
    expect(tokenWords({ ...plan, unmeasured: 1 }, 'text')).toBe('The text of 1 file whose length is not known yet');
  });

  it('say how many pages go as pictures, as far as that is known', () => {
    expect(tokenWords({ ...plan, tokens: 9_000, pictures: 4, unmeasured: 2 }, 'pages')).toMatch(
      /^About 9.?000 tokens \(4 pages as pictures\), plus the pages of 2 files whose length is not known yet$/,
    );
    expect(tokenWords({ ...plan, tokens: 2_400, pictures: 1 }, 'both')).toMatch(
      /^About 2.?400 tokens \(1 page as a picture\)$/,
    );
    expect(tokenWords({ ...plan, unmeasured: 1 }, 'both')).toBe(
      'Text and pages of 1 file whose length is not known yet',
    );
  });
});
