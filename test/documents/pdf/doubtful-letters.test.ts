import { describe, expect, it } from 'vitest';
import { wrongLetters } from '../../../src/main/documents/pdf/doubtful-letters.ts';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { mappedPdf } from './raw-pdf.ts';

const codesOf = async (text: string) => (await wrongLetters(text)).map(({ code }) => code);

const english =
  'The tenant pays a rent of 1,200 EUR, due each month in advance. The landlord keeps the house in good repair and ' +
  'bears the cost of heating. Either party may end this agreement with three months of notice, in writing. ';
const czech =
  'Nájemce platí měsíční nájemné předem. Smrt, krk, prst, vlk, čtvrt a zmrzl jsou slova bez samohlásek, ale čeština ' +
  'jich má jen málo; pronajímatel udržuje dům v dobrém stavu a hradí náklady na vytápění i opravy střechy. ';

/** As a font shows it whose codes are those of its glyphs: each letter 29 places down. */
const shifted = (text: string) =>
  Array.from(text, (letter) => (letter === ' ' ? ' ' : String.fromCharCode(letter.charCodeAt(0) - 29))).join('');

describe('a text in the wrong letters', () => {
  it('is told by words that no language has', async () => {
    const words = 'അളʼnക രȓ ചിƀത്തിൽ ഘടിപ്പിʼnക സഹായƞന്ഥം െചͧാവുന്ന ';
    expect(await wrongLetters(words.repeat(9))).toMatchObject([
      { code: 'words_of_mixed_scripts', params: { example: 'അളʼnക' } },
    ]);
    expect(await codesOf('Теорiя ймовiрностей i статистики для iнженерiв i технiкiв '.repeat(5))).toEqual([
      'words_of_mixed_scripts',
    ]);
  });

  it('is told by being in no language', async () => {
    expect(
      await codesOf(
        shifted(
          english
            .replace(/[^a-z ]/gi, '')
            .toLowerCase()
            .repeat(5),
        ),
      ),
    ).toEqual(['text_in_no_language']);
    const gibberish = english
      .toLowerCase()
      .repeat(5)
      .replace(/[a-z]/g, (letter) => 'qkzxvwbjfgmhpndtcrlsqkzxvw'[letter.charCodeAt(0) - 97] ?? '');
    expect(await codesOf(gibberish)).toEqual(['text_in_no_language']);
  });
});

describe('a text in the right letters', () => {
  it.each([
    ['English', english.repeat(5)],
    ['Czech, which has words without vowels', czech.repeat(5)],
    ['Russian with English names', 'Файлы в формате PDF и Word читает Docket, версия 2. '.repeat(9)],
    ['formulas', 'The rate λ of μm and Δx, where αβ and kΩ are given in the table. '.repeat(9)],
    ['Japanese with English words', '第1章ではPDFファイルのOCR処理について説明します。'.repeat(9)],
    ['a few words', 'Qty pcs brt ntt'],
  ])('has no such note: %s', async (_, text) => {
    expect(await codesOf(text)).toEqual([]);
  });

  it('has none for a table of abbreviations', async () => {
    expect(await codesOf('ordr nmbr prts wght crtn pllt shpm dlvr invc qnty '.repeat(9) + english.repeat(20))).toEqual(
      [],
    );
  });
});

describe('glyphs that mean no letters', () => {
  const read = async (drawn: string) => {
    const result = await readPdf(
      mappedPdf(`BT /F1 12 Tf 50 700 Td (${drawn}) Tj ET`, { X: '\u0001', Y: '\u0002', Z: '\u0000' }),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };

  it('are counted', async () => {
    expect(await read('The rent of the house in XYXYZ is due in advance, each month.')).toMatchObject({
      notes: [{ code: 'letters_missing', params: { count: 5 } }],
    });
  });

  it('leave the page to text recognition if they are most of it', async () => {
    expect(await read('XYXY YXY XYXYX on XYYX')).toMatchObject({ text: '', unread: [1] });
  });
});
