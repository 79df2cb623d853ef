import { describe, expect, it } from 'vitest';
import { agreementShare, agreementWords, unpairedWords } from '../../../src/renderer/src/batch/compare-words.ts';

const nothing = { none: 0, same: 0, different: 0, only_left: 0, only_right: 0 };

describe('how far two batches agree', () => {
  it('is told in answers, without what there is none of', () => {
    expect(agreementWords({ ...nothing, same: 212, different: 20, only_left: 8 })).toBe(
      '212 of 240 answers the same · 20 different · 8 only in A',
    );
    expect(agreementWords({ ...nothing, same: 3, none: 5 })).toBe(
      '3 of 3 answers the same · 5 without an answer in either',
    );
    expect(agreementWords({ ...nothing, none: 5 })).toBe('Neither batch has an answer.');
  });

  it('is no hundred percent as long as one differs', () => {
    expect(agreementShare({ ...nothing, same: 999, different: 1 })).toBe('99%');
    expect(agreementShare({ ...nothing, same: 2 })).toBe('100%');
    expect(agreementShare(nothing)).toBe('–');
  });

  it('says which questions only one of them asks', () => {
    expect(unpairedWords(['Law', 'End'], [])).toBe('Only A asks: Law, End.');
    expect(unpairedWords([], [])).toBeNull();
  });
});
