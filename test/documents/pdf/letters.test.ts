import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { mappedPdf } from './raw-pdf.ts';

async function textOf(operators: string, letters: Readonly<Record<string, string>> = {}): Promise<string> {
  const read = await readPdf(mappedPdf(`BT /F1 12 Tf ${operators} ET`, { '\x01': '\u0001', ...letters }));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.text;
}

/** Letters of an alphabet by codes of their own, drawn from left to right. */
const hebrew = { '\xe0': 'א', '\xe1': 'ב', '\xe2': 'ג', '\xe3': 'ד' };

const at = (x: number, text: string) => `1 0 0 1 ${x} 700 Tm (${text}) Tj`;

describe('text that its writer spells out (/ActualText)', () => {
  const spelt = (hex: string, drawn: string) => `/Span<</ActualText<feff${hex}>>>BDC ${drawn} EMC`;

  it('stands for the glyphs that draw it', async () => {
    expect(await textOf(`50 700 Td (sign: ) Tj ${spelt('00660066', '(X) Tj')} (ect) Tj`)).toBe('sign: ffect');
  });

  it('is read where the glyphs have no letters of their own', async () => {
    expect(await textOf(`50 700 Td (a) Tj ${spelt('0062', '(\x01) Tj')} (c) Tj`)).toBe('abc');
  });

  it('keeps the space before it and the end of its line', async () => {
    const text = `50 700 Td (one ) Tj ${spelt('00740077006f', '(X) Tj')} 0 -20 Td (three) Tj`;
    expect(await textOf(text)).toBe('one two\nthree');
  });

  it('may be empty, for what is only drawn', async () => {
    expect(await textOf(`50 700 Td (Chapter) Tj ${spelt('', '( ....) Tj')}`)).toBe('Chapter');
  });

  it('is not repeated by marks inside it', async () => {
    const inner = spelt('0078', '(X) Tj');
    expect(await textOf(`50 700 Td ${spelt('00790065', `(a) Tj ${inner}`)} (s) Tj`)).toBe('yes');
  });

  it('may leave its end to the end of the page', async () => {
    expect(await textOf('50 700 Td (one ) Tj /Span<</ActualText(two)>>BDC (two) Tj')).toBe('one two');
  });
});

describe('a line that is read from the right', () => {
  it('is read so, whatever order its words are drawn in', async () => {
    const words = [at(50, '\xe1\xe0'), at(80, '\xe3\xe2'), at(110, '\xe0\xe2')];
    expect(await textOf(words.join(' '), hebrew)).toBe('גא גד אב');
    expect(await textOf(words.toReversed().join(' '), hebrew)).toBe('גא גד אב');
  });

  it('keeps the order of Latin words within it', async () => {
    const line = [
      at(50, '\xe1\xe0'),
      at(80, 'Human'),
      at(130, 'Rules'),
      at(180, '\xe3\xe2\xe1\xe0\xe2\xe3\xe0\xe1\xe0\xe3\xe0\xe0\xe1'),
    ];
    expect(await textOf(line.join(' '), hebrew)).toBe('באאדאבאדגאבגד Human Rules אב');
  });

  it('keeps the letters of one glyph in their order', async () => {
    // The line reads salām; one glyph draws its lam and alef.
    expect(await textOf('50 700 Td (mLs) Tj', { m: 'م', L: 'لا', s: 'س' })).toBe('سلام');
    expect(await textOf('50 700 Td (mLs) Tj', { m: 'م', L: '\ufefc', s: 'س' })).toBe('سلام');
  });
});

describe('a line that is read from the left', () => {
  it('is read so, whatever order its parts are drawn in', async () => {
    expect(await textOf(`${at(200, '60 EUR')} ${at(50, 'Total')}`)).toBe('Total 60 EUR');
  });

  it('keeps the order of right-to-left words within it', async () => {
    const line = [at(50, 'The words'), at(120, '\xe1\xe0'), at(150, '\xe3\xe2'), at(180, 'are Hebrew')];
    expect(await textOf(line.join(' '), hebrew)).toBe('The words גד אב are Hebrew');
  });
});

describe('an accent drawn apart from its letter', () => {
  it.each([
    ['before it', [at(50, 'caf\xb4'), at(66, 'e')], 'café'],
    ['before it, at the start of a word', [at(50, 'et `'), at(63, 'a propos')], 'et à propos'],
    ['after it', [at(50, 'franc'), at(71.67, '\xb8'), at(76.68, 'ais')], 'français'],
    ['over a letter without its dot', [at(50, 'S\xb4'), at(58.6, '\xee'), at(62, 'ntesis')], 'Síntesis'],
  ])('is joined with it: %s', async (_, drawn, text) => {
    expect(await textOf(drawn.join(' '), { '\xee': 'ı' })).toBe(text);
  });

  it.each([
    ['in a word', [at(50, 'stosowan'), at(104, '\xb8'), at(100.68, 'a teoria')], 'stosowaną teoria'],
    ['at the start of one', [at(50, 'na'), at(70, '\xb8'), at(66.7, 'a')], 'na ą'],
    ['beside a letter', [at(50, 'na'), at(70, '\xb8')], 'na ˛'],
  ])('brings no space of its own: %s', async (_, drawn, text) => {
    expect(await textOf(drawn.join(' '), { '\xb8': '˛' })).toBe(text);
  });

  it.each([
    ['of a formula', [at(50, '\x98'), at(49, 'R = 1')], 'R\u0303 = 1'],
    ['of a formula, twice', [at(50, '\x98'), '3 Ts', at(50, '\x98'), '0 Ts', at(49, 'R = 1')], 'R\u0303\u0303 = 1'],
  ])('is joined with a letter that Unicode has only apart from it: %s', async (_, drawn, text) => {
    expect(await textOf(drawn.join(' '), { '\x98': '˜' })).toBe(text);
  });

  it('is left alone beside a letter', async () => {
    expect(await textOf('50 700 Td (l\xb4amour `quoted\xb4 x^n) Tj')).toBe('l\xb4amour `quoted\xb4 x^n');
  });
});

describe('letters', () => {
  it('of another size, far from a word on their line, are no part of it', async () => {
    const drawn = `${at(50, '12345 Musterhausen')} /F1 72 Tf 1 0 0 1 250 712 Tm (M) Tj /F1 12 Tf ${at(400, 'Peter')}`;
    expect(await textOf(drawn)).toBe('12345 Musterhausen M Peter');
  });

  it('that are drawn in parts are one', async () => {
    expect(await textOf('50 700 Td (abc) Tj', { a: 'ᄒ', b: 'ᅡ', c: 'ᆫ' })).toBe('한');
    expect(await textOf('50 700 Td (eM) Tj', { M: '\u0301' })).toBe('é');
  });

  it('and marks of one glyph take their room', async () => {
    // A Hindi word whose first glyph is a letter with its mark: what follows is no word of its own.
    expect(await textOf('50 700 Td (SW) Tj', { S: 'स्', W: 'व' })).toBe('स्व');
    const words = '1 0 0 1 50 700 Tm (W) Tj 1 0 0 1 66 700 Tm (S) Tj (W) Tj';
    expect(await textOf(words, { S: 'स्', W: 'व' })).toBe('व स्व');
  });
});
