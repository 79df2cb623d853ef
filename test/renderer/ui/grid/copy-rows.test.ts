import { expect, it } from 'vitest';
import { toLines } from '../../../../src/renderer/src/ui/grid/copy-rows.ts';

it('copies rows as spreadsheets paste them: a cell with line breaks stays one cell', () => {
  expect(
    toLines([
      ['a.txt', 'one\ntwo'],
      ['b.txt', 'says "no"'],
    ]),
  ).toBe('a.txt\t"one\ntwo"\nb.txt\t"says ""no"""');
});

it('pastes no formula that a document or a model wrote', () => {
  expect(toLines([['=HYPERLINK(A1)', '-4.5', '@sum']])).toBe("'=HYPERLINK(A1)\t-4.5\t'@sum");
});
