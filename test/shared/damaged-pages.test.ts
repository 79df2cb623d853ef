import { describe, expect, it } from 'vitest';
import { allWithoutPagesLabel, missingPagesWords, withoutPagesLabel } from '../../src/shared/damaged-pages.ts';
import { problem } from '../../src/shared/problem.ts';

const damagedPages = (damaged: readonly number[], pages: number) =>
  problem('file_damaged', { what: 'pdf_damaged_pages', damaged, pages });

describe('the choice to read a PDF without its damaged pages', () => {
  it.each([
    [[3], 9, 'Read without page 3'],
    [[3, 7], 9, 'Read without pages 3, 7'],
    [[1, 2, 3, 4, 5, 6], 9, 'Read without 6 damaged pages'],
  ])('names them: %j of %d', (damaged, pages, label) => {
    expect(withoutPagesLabel(damagedPages(damaged, pages))).toBe(label);
  });

  it('is not there if no page is left, or none is damaged', () => {
    expect(withoutPagesLabel(damagedPages([1, 2], 2))).toBeNull();
    expect(withoutPagesLabel(problem('file_damaged', { what: 'pdf' }))).toBeNull();
    expect(withoutPagesLabel(null)).toBeNull();
  });

  it.each([
    [4, 4, 'Read all without their damaged pages'],
    [1, 4, 'Read one without its damaged pages'],
    [3, 4, 'Read 3 without their damaged pages'],
  ])('says of %d of %d files which are meant', (damaged, files, label) => {
    expect(allWithoutPagesLabel(damaged, files)).toBe(label);
  });
});

describe('a text that was read without pages', () => {
  it.each([
    [[3], 'page 3 missing'],
    [[3, 7], 'pages 3, 7 missing'],
    [[1, 2, 3, 4, 5, 6], '6 pages missing'],
  ])('says that %j are missing', (pages, words) => {
    expect(missingPagesWords([{ code: 'pages_missing', params: { pages, of: 9 } }])).toBe(words);
  });

  it('says nothing if it is whole', () => {
    expect(missingPagesWords([{ code: 'pages_as_images', params: { pages: [1], of: 2 } }])).toBeNull();
  });
});
