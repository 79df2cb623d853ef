import { describe, expect, it } from 'vitest';
import { findAll } from '../../../src/renderer/src/ui/find-text.ts';

/** The text that each match covers. */
const found = (text: string, words: string, limit = 100) =>
  findAll(text, words, limit).map(({ start, end }) => text.slice(start, end));

describe('finding words in a text', () => {
  it('finds every match, in order and without overlaps', () => {
    expect(findAll('aaaa b aa', 'aa', 100)).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
      { start: 7, end: 9 },
    ]);
  });

  it('stops at the limit', () => {
    expect(found('a'.repeat(50), 'a', 7)).toHaveLength(7);
  });

  it.each(['', ' ', '\n\t'])('finds nothing for %j', (words) => {
    expect(found('a b\n\t', words)).toEqual([]);
  });

  it.each([
    ['case', 'The ANSWER is', 'answer', 'ANSWER'],
    ['accents', 'ein Café dort', 'cafe', 'Café'],
    ['a decomposed accent', 'ein Cafe\u0301 dort', 'café', 'Cafe\u0301'],
    ['a base before a mark', 'xe\u0301y', 'e', 'e\u0301'],
    ['decomposed Hangul', '\u1112\u1161\u11ab\u1100\u1173\u11af 문서', '한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
    ['voiced kana, decomposed', 'か\u3099くせい', 'がく', 'か\u3099く'],
    ['full width', 'ＡＢＣ１２３ です', 'abc123', 'ＡＢＣ１２３'],
    ['ligatures', 'the ﬁle', 'file', 'ﬁle'],
    ['Cyrillic', 'МОСКВА', 'москва', 'МОСКВА'],
    ['Greek tonos', 'Αθήνα', 'ΑΘΗΝΑ', 'Αθήνα'],
    ['Arabic vowel signs', 'كَتَبَ الولد', 'كتب', 'كَتَبَ'],
    ['tatweel', 'كـتـب', 'كتب', 'كـتـب'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום', 'שָׁלוֹם'],
    ['soft hyphens', 'Gesamt\u00adkonzept', 'gesamtkonzept', 'Gesamt\u00adkonzept'],
    ['zero-width spaces', 'to\u200bgether', 'together', 'to\u200bgether'],
    ['line breaks for spaces', 'the next\n  line', 'next line', 'next\n  line'],
    ['an emoji of two units', 'a 😀 b', '😀', '😀'],
    ['a capital that grows when it is folded', 'İstanbul şehri', 'istanbul', 'İstanbul'],
  ])('treats as equal: %s', (_name, text, words, expected) => {
    expect(found(text, words)).toEqual([expected]);
  });

  it('keeps different words apart', () => {
    expect(found('だめ', 'ため')).toEqual([]);
  });
});
