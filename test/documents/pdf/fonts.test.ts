import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { onePagePdf, pdfStream } from './raw-pdf.ts';

async function read(operators: string, ...font: readonly (string | Buffer)[]) {
  const drawn = pdfStream(`BT ${operators} ET`);
  const result = await readPdf(onePagePdf(drawn, '/Font<</F1 5 0 R>>', font));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A font whose glyphs are numbers, and that names the letters of these alone. */
function compositeFont(letters: Readonly<Record<string, string>>): readonly (string | Buffer)[] {
  const lines = Object.entries(letters).map(
    ([code, letter]) => `<${code}> <${Buffer.from(letter, 'utf16le').swap16().toString('hex')}>`,
  );
  const map = `1 begincodespacerange <0000> <ffff> endcodespacerange ${lines.length} beginbfchar ${lines.join(' ')} endbfchar`;
  return [
    '<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>',
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Own/DW 500' +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 8 0 R>>',
    pdfStream(map),
    '<</Type/FontDescriptor/FontName/ABCDEF+Own/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120>>',
  ];
}

describe('a font whose glyphs are numbers', () => {
  const some = { '0001': 'r', '0002': 'e', '0003': 'n', '0004': 't' };

  it('has the letters that it names, and no number for one', async () => {
    // 0x0149 would be the letter ŉ.
    const word = '000100020149000300040149';
    const { text, notes } = await read(
      `/F1 12 Tf 50 700 Td <${'0001000200030004'.repeat(9)}${word.repeat(5)}> Tj`,
      ...compositeFont(some),
    );
    expect(text).toBe(`${'rent'.repeat(9)}${'re\ufffdnt\ufffd'.repeat(5).slice(0, -1)}`);
    expect(notes).toEqual([{ code: 'letters_missing', params: { count: 10 } }]);
  });

  it('leaves its page to text recognition if it names none', async () => {
    const [font = '', ...rest] = compositeFont({});
    const unnamed = await read(
      '/F1 12 Tf 50 700 Td <00360025003700360037> Tj',
      String(font).replace('/ToUnicode 7 0 R', ''),
      ...rest,
    );
    expect(unnamed).toMatchObject({ text: '', unread: [1] });
  });
});

describe('names of glyphs', () => {
  it('may join letters and name variants of them', async () => {
    const names = '/f_f_i /c.sc /one.oldstyle /T_h.alt';
    const { text } = await read(
      '/F1 12 Tf 50 700 Td (o\\201ce \\203\\202 \\204e) Tj',
      `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[129 ${names}]>>>>`,
    );
    expect(text).toBe('office 1c The');
  });
});

/** A bitmap font as TeX makes it: a glyph has a procedure and no name. */
function bitmapFont(codes: readonly number[], box: string): readonly (string | Buffer)[] {
  const widths = Array.from({ length: 256 }, (_, code) => (codes.includes(code) ? 40 : 0));
  const names = codes.map((code) => `${code}/a${code}`);
  const procedures = codes.map((code) => `/a${code} 6 0 R`);
  return [
    `<</Type/Font/Subtype/Type3/FontBBox[${box}]/FontMatrix[0.012 0 0 0.012 0 0]/FirstChar 0/LastChar 255` +
      `/Widths[${widths.join(' ')}]/Encoding<</Type/Encoding/Differences[${names.join(' ')}]>>/CharProcs<<${procedures.join('')}>>/Resources<<>>>>`,
    pdfStream('40 0 0 0 40 60 d1 0 0 40 60 re f'),
  ];
}

const latin = [44, 46, ...Array.from({ length: 26 }, (_, at) => 97 + at)];

describe('a bitmap font of TeX', () => {
  it('has its ligatures, in the first encoding', async () => {
    const font = bitmapFont([11, 12, 14, 25, ...latin], '0 -20 60 70');
    const { text } = await read(
      '/F1 1 Tf 10 0 0 10 50 700 Tm (a di\\013erent de\\014nition of o\\016ce, stra\\031e) Tj',
      ...font,
    );
    expect(text.replaceAll(' ', '')).toBe('adifferentdefinitionofoffice,straße');
  });

  it('has its ligatures, quotes and dashes, in the one of 256 letters', async () => {
    const font = bitmapFont([16, 17, 21, 27, 28, 30, 0xe9, ...latin], '0 -20 60 70');
    const { text } = await read('/F1 1 Tf 10 0 0 10 50 700 Tm (\\020de\\034nition\\021 \\025 o\\036ce) Tj', ...font);
    expect(text.replaceAll(' ', '')).toBe('“definition”–office');
  });

  it('keeps its lines if its box is far larger than its letters', async () => {
    const font = bitmapFont(latin, '0 0 1000 1000');
    const lines = ['first', 'second', 'third'].map((word, at) => `10 0 0 10 50 ${700 - 14 * at} Tm (${word}) Tj`);
    expect((await read(`/F1 1 Tf ${lines.join(' ')}`, ...font)).text).toBe('first\nsecond\nthird');
  });
});
