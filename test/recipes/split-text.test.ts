import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../src/main/common/token-estimate.ts';
import { splitText } from '../../src/main/recipes/split-text.ts';

const partsOf = (text: string, tokens: number) =>
  splitText(text, tokens).map(({ start, end }) => text.slice(start, end));

const words = (letters: string, mostLetters: number) =>
  fc
    .array(fc.constantFrom(...new Intl.Segmenter('en').segment(letters)), { minLength: 1, maxLength: mostLetters })
    .map((made) => made.map(({ segment }) => segment).join(''));

/** Words of one script with what may stand between them there. */
const script = (letters: string, betweens: readonly string[]) =>
  fc
    .array(fc.tuple(words(letters, 12), fc.constantFrom(...betweens)), { minLength: 1, maxLength: 400 })
    .map((pairs) => pairs.flat().join(''));

const spaces = [' ', ' ', ' ', ' ', '. ', ', ', '\n', '\r\n', '\n\n', '\n# ', '\f', '\t'] as const;

const texts = fc.oneof(
  script('abcdefghijklmnopqrstuvwxyzABC0123456789-', spaces),
  script('àéîõüßçãñøåÆœ', spaces),
  script('абвгдежзийклмнопрстуф', spaces),
  script('אבגדהוזחטיכלמנ', spaces),
  script('ابتثجحخدذرزسشَُِ', spaces),
  script('अआइकखगघचक्षज्ञकिकी', spaces),
  script('กขคงจฉชซญฎฏฐกำก็น้ำ', [' ', '', '', '\n']),
  script('ကခဂဃငစဆဇကြကျွန်', [' ', '', '', '။ ']),
  script('漢字中文日本語分詞測試', ['', '', '、', '。', '\n', '　']),
  script('ひらがなカタカナがパﾊﾞ', ['', '、', '。', '\n']),
  script('한국어가나다각힣', spaces),
  script('👩‍👩‍👧🇩🇪🇫🇷👍🏽😀❤️1️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿', [' ', ' ', '\n']),
  script('é̂z̷̧a̐ëxo', spaces),
);

const isGraphemeStart = (text: string) => {
  const starts = new Set(Array.from(new Intl.Segmenter('en').segment(text), ({ index }) => index));
  return (at: number) => at === text.length || starts.has(at);
};

describe('a text in any script', () => {
  it('is in its parts as a whole, each of which fits', () => {
    fc.assert(
      fc.property(
        fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 500 })),
        fc.integer({ min: 3, max: 300 }),
        (text, tokens) => {
          const parts = partsOf(text, tokens);
          expect(parts.join('')).toBe(text);
          for (const part of parts) expect(estimateTokens(part)).toBeLessThanOrEqual(tokens);
          if (text !== '') expect(parts).not.toContain('');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is never cut inside a character as people see it', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 300 }), (text, tokens) => {
        const starts = isGraphemeStart(text);
        for (const { end } of splitText(text, tokens)) expect(starts(end), `cut at ${end}`).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is cut into at most one part more than if every part were filled up to a word', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 80, max: 600 }), (text, tokens) => {
        const longest = Math.max(...text.split(/\s/).map(estimateTokens));
        // Words without spaces between them, and characters of many code points, are shorter than this.
        const lost = Math.min(longest, 30) + 2;
        expect(splitText(text, tokens).length).toBeLessThanOrEqual(
          Math.max(1, Math.ceil(estimateTokens(text) / (tokens - lost))) + 1,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is cut only at white space where words are set apart by it', () => {
    fc.assert(
      fc.property(
        script('abcdefghijklmnopqrstuvwxyz0123456789-', spaces),
        fc.integer({ min: 20, max: 300 }),
        (text, tokens) => {
          for (const { end } of splitText(text, tokens).slice(0, -1)) expect(text.charAt(end - 1)).toMatch(/\s/);
        },
      ),
    );
  });
});

describe('where a text is cut', () => {
  const filler = (length: number) => 'ab cd '.repeat(length / 6);

  it('is nowhere if it fits', () => {
    expect(splitText('', 10)).toEqual([{ start: 0, end: 0 }]);
    expect(partsOf('Fits in one.', 3)).toEqual(['Fits in one.']);
  });

  it.each([
    ['a page', '\f'],
    ['a heading', '\n# '],
    ['a paragraph', '\n\n'],
    ['a line', '\n- '],
    ['a sentence', '. '],
  ])('is at %s rather than at a word', (_what, mark) => {
    const text = `${filler(360)}x${mark}${filler(300)}`;
    expect(splitText(text, 100)[0]?.end).toBe(361 + mark.replace(/[#-] /, '').length);
  });

  it('is at a paragraph rather than at a later sentence, and at a page rather than at a later paragraph', () => {
    expect(partsOf(`${filler(300)}x\n\n${filler(60)}x. ${filler(240)}`, 100)[0]).toBe(`${filler(300)}x\n\n`);
    expect(partsOf(`${filler(300)}\f${filler(60)}x\n\n${filler(240)}`, 100)[0]).toBe(`${filler(300)}\f`);
  });

  it('is at the end of a sentence rather than where a line was wrapped', () => {
    expect(partsOf(`${filler(300)}x. ${filler(60)}x\n${filler(240)}`, 100)[0]).toBe(`${filler(300)}x. `);
  });

  it('is inside a word only if it fills a part by itself', () => {
    const word = 'x'.repeat(100);
    expect(partsOf(`${filler(60)}${word} ${filler(60)}`, 26)[1]).toMatch(new RegExp(`^${word} `));
    expect(partsOf(`ab ${word} cd`, 10)[0]).toMatch(/^ab x+$/);
  });

  it.each([
    ['Thai', 'ประเทศไทยมีประชากรมากกว่าหกสิบล้านคนและมีกรุงเทพมหานครเป็นเมืองหลวง'],
    ['Chinese', '中华人民共和国国务院办公厅关于进一步加强食品安全工作的通知'],
    ['Japanese', '株式会社東京商事は本日付で新しい契約書を取締役会に提出いたしました'],
  ])('is between words of the dictionary in %s', (_script, sentence) => {
    const text = sentence.repeat(40);
    const starts = new Set(
      Array.from(new Intl.Segmenter('ja', { granularity: 'word' }).segment(text), ({ index }) => index),
    );
    for (let tokens = 50; tokens < 150; tokens += 7) {
      const cuts = splitText(text, tokens).slice(1);
      expect(cuts.length, `of ${tokens} tokens`).toBeGreaterThan(0);
      for (const { start } of cuts) expect(starts, `a cut at ${start}`).toContain(start);
    }
  });

  it('leaves emoji, flags and accents whole in a word that fills a part', () => {
    const families = '👩‍👩‍👧'.repeat(50);
    for (const part of partsOf(families, 20)) expect(part.replaceAll('👩‍👩‍👧', '')).toBe('');
    const flags = '🇩🇪'.repeat(60);
    for (const part of partsOf(flags, 20)) expect(part.replaceAll('🇩🇪', '')).toBe('');
  });
});
