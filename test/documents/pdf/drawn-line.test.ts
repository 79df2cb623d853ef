import { expect, it } from 'vitest';
import { lineOf } from '../../../src/main/documents/pdf/drawn-line.ts';

it('a line that runs from the right is one cell, as wide as all of it', () => {
  const run = (str: string, left: number) => {
    return { str, transform: [10, 0, 0, 10, left, 700], width: 40, height: 10, hasEOL: false };
  };
  const { cells } = lineOf([run('שלום', 100), run(' ', 90), run('עולם', 50)]);
  expect(cells).toEqual([{ left: 50, right: 140, text: expect.stringContaining('שלום') }]);
});

it('a line that runs from the right may have any number of letters and cells', () => {
  const run = (str: string, left: number) => {
    return { str, transform: [10, 0, 0, 10, left, 700], width: 5, height: 10, hasEOL: false };
  };
  const many = Array.from({ length: 150_000 }, (_, at) => run('ש', 5 + at * 5));
  expect(lineOf(many, true).cells).toMatchObject([{ left: -750_005, right: -5 }]);
  const apart = Array.from({ length: 40_000 }, (_, at) => run('ש', at * 50));
  expect(lineOf(apart, true).cells).toHaveLength(40_000);
});
