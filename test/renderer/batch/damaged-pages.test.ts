import { describe, expect, it } from 'vitest';
import { withoutPagesLabel } from '../../../src/renderer/src/batch/damaged-pages.ts';
import { problem } from '../../../src/shared/problem.ts';
import { makeRow } from './samples.ts';

const failed = (damaged: readonly number[], pages: number) =>
  makeRow(1, { status: 'failed', problem: problem('file_damaged', { what: 'pdf_damaged_pages', damaged, pages }) });

describe('the choice to read a PDF without its damaged pages', () => {
  it.each([
    [[3], 9, 'Read without page 3'],
    [[3, 7], 9, 'Read without pages 3, 7'],
    [[1, 2, 3, 4, 5, 6], 9, 'Read without 6 damaged pages'],
  ])('names them: %j of %d', (damaged, pages, label) => {
    expect(withoutPagesLabel(failed(damaged, pages))).toBe(label);
  });

  it('is not there if no page is left, or none is damaged', () => {
    expect(withoutPagesLabel(failed([1, 2], 2))).toBeNull();
    expect(
      withoutPagesLabel(makeRow(1, { status: 'failed', problem: problem('file_damaged', { what: 'pdf' }) })),
    ).toBeNull();
    expect(withoutPagesLabel(makeRow(1, { status: 'done', problem: null }))).toBeNull();
  });
});
