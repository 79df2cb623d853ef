import { describe, expect, it } from 'vitest';
import { foldText, foldWithPlaces, hasEveryWord } from '../../src/shared/fold-text.ts';
import { cpuMs } from '../support/cpu-time.ts';

describe('folding', () => {
  it.each([
    ['case', 'ÄPFEL', 'apfel'],
    ['a sharp s and its capital', 'STRASSE Straße STRAẞE', 'strasse strasse strasse'],
    ['a final sigma', 'ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['the Turkish i, with and without its dot', 'İSTANBUL ISPARTA ısparta', 'istanbul isparta isparta'],
    ['accents, composed or not', 'Besançon Besanc\u0327on', 'besancon besancon'],
    ['letters with a stroke', 'Đà Nẵng, Łódź, Ærø', 'da nang, lodz, aero'],
    ['Cyrillic й, composed or not', 'мой мои\u0306', 'мой мой'],
    ['Cyrillic ё', 'ёлка елка', 'елка елка'],
    ['Ukrainian ї, composed or not', 'їжак і\u0308жак', 'їжак їжак'],
    ['Greek tonos and dialytika', 'Αθήνα προϊόν', 'αθηνα προιον'],
    ['Hangul', '네트워크'.normalize('NFD'), '네트워크'],
    ['kana of half width', 'ｶﾞｯｺｳ ﾊﾟﾝ', 'ガッコウ パン'],
    ['kana with a mark of its own', 'か\u3099 か゛ ハ゜', 'が が パ'],
    ['full width', 'Ｄｏｃｋｅｔ　２０２６', 'docket 2026'],
    ['ligatures', 'ﬁnancial oﬃce', 'financial office'],
    ['Arabic vowel signs', 'كَتَبَ', 'كتب'],
    ['tatweel', 'كـــتـب', 'كتب'],
    ['alef with hamza, madda or wasla', 'أحمد إلى آخر ٱلله', 'احمد الي اخر الله'],
    ['Arabic presentation forms', 'ﻛﺘﺐ', 'كتب'],
    ['Persian letters', 'کتاب یک', 'كتاب يك'],
    ['digits', '٢٠٢٦ ۲۰۲۶ २०२६', '2026 2026 2026'],
    ['Hebrew points, but not the hyphen', 'שָׁלוֹם בֵּית־סֵפֶר', 'שלום בית־ספר'],
    ['soft hyphens', 'Ge\u00adsamt\u00adkon\u00adzept', 'gesamtkonzept'],
    ['what is not seen', 'a\u200bb\u2060c\ufeffd\u200ee\u200df\u034fg\ufe0f', 'abcdefg'],
    ['quotation marks and dashes', 'l’heure 2020–2026', "l'heure 2020-2026"],
    ['white space', 'a\u00a0b\n\t c', 'a b c'],
  ])('%s', (_name, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['voiced and unvoiced kana', 'ため', 'だめ'],
    ['Russian и and й', 'мои', 'мой'],
    ['vowels of Hindi', 'हिन्दी', 'हन्द'],
    ['tones of Thai', 'ไม่', 'ไม้'],
    ['Hangul syllables', '가', '각'],
    ['scripts of Chinese', '东京', '東京'],
  ])('other words stay apart: %s', (_name, one, other) => {
    expect(foldText(one)).not.toBe(foldText(other));
  });

  const pieces = [
    ...('aZßİıéØﬁŒςΣйїёאבּשׁكَـأةیカガか가각漢１２٣'.match(/./gu) ?? []),
    ...['e\u0301', 'и\u0306', 'か\u3099', 'ｶﾞ', 'か゛', '\u1112\u1161\u11ab', '가\u11a8', 'हिं', 'ไม่', '👩‍👧', '\ud83d'],
    ...['\u00ad', '\u200b', '\u2060', '\ufeff', '\u0301', '\u064e', ' ', '  ', '\n', '\u00a0', '-', 'the '],
  ];
  /** Lehmer's generator: any texts will do, the same at each run. */
  const texts = (count: number) => {
    let state = 20_261_125;
    const below = (n: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % n;
    };
    return Array.from({ length: count }, () =>
      Array.from({ length: below(12) }, () => pieces[below(pieces.length)]).join(''),
    );
  };

  it('folding twice changes nothing, composed or not', () => {
    for (const text of texts(3_000)) {
      const folded = foldText(text);
      expect(foldText(folded), JSON.stringify(text)).toBe(folded);
      expect(foldText(text.normalize('NFD')), JSON.stringify(text)).toBe(folded);
    }
  });

  it('is the same with offsets, which are valid and in order', () => {
    for (const text of texts(3_000)) {
      const { text: folded, starts } = foldWithPlaces(text);
      expect(folded.replaceAll(/ +/g, ' '), JSON.stringify(text)).toBe(foldText(text));
      if (starts === null) continue;
      expect(starts).toHaveLength(folded.length + 1);
      expect(
        [...starts].sort((a, b) => a - b),
        JSON.stringify(text),
      ).toEqual(starts);
      expect(starts.at(-1)).toBe(text.length);
    }
  });

  it('takes linear time', () => {
    const began = cpuMs();
    for (const text of ['\u0301', '\u00ad', 'ى', '  ', 'ﷺ', '\u1100']) foldWithPlaces(text.repeat(200_000));
    expect(cpuMs() - began).toBeLessThan(5_000);
  });
});

describe('typed words', () => {
  it('are found in any order, written either way', () => {
    expect(hasEveryWord('Gehälter 2026, 네트워크', '2026 GEHALTER')).toBe(true);
    expect(hasEveryWord('네트워크'.normalize('NFD'), '네트워크')).toBe(true);
    expect(hasEveryWord('Gehälter 2026', 'gehalter 2027')).toBe(false);
    expect(hasEveryWord('Anything', '  ')).toBe(true);
  });
});
