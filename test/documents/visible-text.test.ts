import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/main/documents/visible-text.ts';

const shown = (text: string) => visibleText(text).text;

describe('the visible text', () => {
  it.each([
    ['a soft hyphen', 'Gesamt\u00adkonzept', 'Gesamtkonzept'],
    ['a space without width', 'Gesamt\u200bkonzept', 'Gesamtkonzept'],
    ['a word joiner', 'Gesamt\u2060konzept', 'Gesamtkonzept'],
    ['a byte order mark inside', 'first\n\ufeffsecond', 'first\nsecond'],
    ['a mark of direction', 'price\u200e: 12', 'price: 12'],
    ['an order of direction', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['an isolate', '\u2068name\u2069', 'name'],
    ['a joiner between Latin letters', 'Auf\u200clage', 'Auflage'],
    ['a soft hyphen at the end of a line', 'Gesamt\u00ad\n  konzept', 'Gesamtkonzept'],
    ['a grapheme joiner', 'a\u034fb', 'ab'],
  ])('contains no %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['Persian', 'می\u200cخواهم'],
    ['Hindi', 'क्\u200dष'],
    ['Bengali', 'র\u200d্যাম'],
    ['Khmer', 'ភាសា\u200bខ្មែរ'],
    ['Thai', 'ภาษา\u200bไทย'],
    ['a family', '👨\u200d👩\u200d👧'],
    ['a waving hand with a tone', '👋🏽\u200d♂\ufe0f'],
    ['a rainbow flag', '🏳\ufe0f\u200d🌈'],
    ['the flag of a region', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
  ])('keeps characters that change how %s looks', (_, text) => {
    expect(visibleText(text)).toEqual({ text, notes: [] });
  });

  it('contains nothing that only machines read, and says so', () => {
    const hidden = [...'ignore'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    expect(visibleText(`Invoice 7${hidden} 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}`)).toEqual({
      text: 'Invoice 7 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      notes: [{ code: 'hidden_characters', params: { count: 6 } }],
    });
  });

  it('replaces unusual line ends with line feeds', () => {
    expect(shown('a\rb\u2028c\u0085d\u2029e\r\nf\ng')).toBe('a\nb\nc\nd\ne\r\nf\ng');
  });
});
