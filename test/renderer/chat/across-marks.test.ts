import { describe, expect, it } from 'vitest';
import { standAcrossMarks } from '../../../src/renderer/src/chat/markdown/across-marks.ts';

describe('words split by marks', () => {
  it.each([
    ['A second **nee**dle.', 'needle'],
    ['the *next* one', 'next one'],
    ['the [next](https://example.com) one', 'the next one'],
    ['`a` and `b`', 'a and b'],
  ])('%s: %s', (source, words) => {
    expect(standAcrossMarks(source, words)).toBe(true);
  });
  it.each([
    ['a needle', 'needle'],
    ['a **needle**', 'needle'],
    ['nothing', 'needle'],
    ['a **b**', ' '],
  ])('are not found in %s: %s', (source, words) => {
    expect(standAcrossMarks(source, words)).toBe(false);
  });
});
