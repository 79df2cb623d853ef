import { describe, expect, it } from 'vitest';
import { cutPlace } from '../../../src/renderer/src/ui/cut-place.ts';

const parts = (text: string) => [text.slice(0, cutPlace(text)), text.slice(cutPlace(text))];

describe('the middle of a name is cut', () => {
  it.each([
    ['a long name, before its number and extension', 'Annual report of the company 2026-03.pdf', /2026-03\.pdf$/],
    ['a short name, which keeps its end too', 'invoice-12.pdf', /12\.pdf$/],
    ['a very short one', 'a1.txt', /txt$/],
    ['a long name, before a word that leaves no room for its start', 'askew statement.png', /^\.png$/],
    ['a name of a series, before its number', '2026-05-05 Message 12.eml', /^ 12\.eml$/],
  ])('in %s', (_, text, end) => {
    const [start = '', rest = ''] = parts(text);
    expect(rest).toMatch(end);
    expect(start.length).toBeGreaterThan(0);
  });

  it('never inside of what is seen as one letter', () => {
    const text = 'e\u0301'.repeat(20);
    expect(cutPlace(text) % 2).toBe(0);
    expect([...(parts('👩‍👩‍👧'.repeat(20))[1] ?? '')].length % 5).toBe(0);
  });

  it('between words of a joined script, or not at all', () => {
    const [start = '', end = ''] = parts('اتفاقية الإيجار بين الطرفين النهائية.pdf');
    expect(`${start}|${end}`).toMatch(/[ .]\||\|[ .]/);
    const oneWord = 'ا'.repeat(40);
    expect(cutPlace(oneWord)).toBe(oneWord.length);
  });
});
