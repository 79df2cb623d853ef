import { describe, expect, it } from 'vitest';
import { markedRuns } from '../../../src/renderer/src/ui/marked-runs.ts';

const words = (...args: Parameters<typeof markedRuns>) =>
  markedRuns(...args).map(({ start, end, mark }) => `${start}-${end} ${mark ?? 'plain'}`);

describe('the marks in a part of a text', () => {
  it('are none where there are none', () => {
    expect(words(10, 20, null, [{ start: 0, end: 10 }])).toEqual(['10-20 plain']);
  });

  it('overlap: the one that is shown lies above the others', () => {
    const others = [
      { start: 12, end: 18 },
      { start: 16, end: 30 },
    ];
    expect(words(10, 40, { start: 14, end: 17 }, others)).toEqual([
      '10-12 plain',
      '12-14 other',
      '14-17 shown',
      '17-30 other',
      '30-40 plain',
    ]);
  });

  it('go on from one part to the next', () => {
    const shown = { start: 5, end: 15 };
    expect([words(0, 10, shown, []), words(10, 20, shown, [])]).toEqual([
      ['0-5 plain', '5-10 shown'],
      ['10-15 shown', '15-20 plain'],
    ]);
  });

  it('cover the whole part, or nothing of an empty one', () => {
    expect(words(10, 20, { start: 0, end: 90 }, [{ start: 10, end: 20 }])).toEqual(['10-20 shown']);
    expect(words(10, 10, null, [])).toEqual([]);
  });
});
