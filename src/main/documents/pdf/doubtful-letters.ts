import type { ReadingNote } from '../../../shared/reading-note.ts';

/**
 * What the text itself says about fonts that name wrong letters: words of letters that no word mixes, or a text in no
 * language at all.
 */
export async function wrongLetters(text: string): Promise<readonly ReadingNote[]> {
  const sample = text.slice(0, LOOKED_AT);
  const words = sample.match(/[\p{L}\p{M}]+/gu) ?? [];
  const isLatin = !OTHER_SCRIPTS.test(sample);
  const mixed = isLatin ? [] : words.filter(mixesScripts);
  const [example] = mixed;
  if (example !== undefined && mixed.length >= LEAST_MIXED && mixed.length >= words.length * LEAST_MIXED_SHARE) {
    return [{ code: 'words_of_mixed_scripts', params: { count: mixed.length, example: example.slice(0, 40) } }];
  }
  return (await isNoLanguage(isLatin ? words : words.filter(isInLatin), words.length))
    ? [{ code: 'text_in_no_language', params: {} }]
    : [];
}

/** A font that names wrong letters does so from the first page on. */
const LOOKED_AT = 200_000;
/** A letter that is not Latin. */
const OTHER_SCRIPTS = /(?!\p{Script=Latin})\p{L}/u;
const LEAST_MIXED = 5;
const LEAST_MIXED_SHARE = 0.01;

/** Scripts whose words are told apart by spaces; in the others a foreign word follows without one. */
const spacedScripts = [
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Hebrew', 'Arabic', 'Georgian', 'Ethiopic', 'Devanagari', 'Bengali'],
  ...['Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
].map((script) => new RegExp(`\\p{Script=${script}}`, 'gu'));

/** More than a unit (μm) or a symbol beside a word: two letters of one script and one of another. */
function mixesScripts(word: string): boolean {
  if (word.length < 4 || isInLatin(word)) return false;
  const counts = spacedScripts.map((script) => word.match(script)?.length ?? 0).filter((count) => count > 0);
  return counts.length > 1 && Math.max(...counts) > 1;
}

/** Too few to tell. */
const LEAST_WORDS = 50;
/** Of all languages in Latin letters, Czech has the most words without a vowel; lists of abbreviations have more. */
const MOST_VOWELLESS = 0.2;
const SAMPLE_WORDS = 150;

function isInLatin(word: string): boolean {
  return /^(?:\p{Script=Latin}|\p{M})+$/u.test(word);
}

function hasVowel(word: string): boolean {
  return /[aeiouyæœøı]/i.test(word) || /[aeiouyæœøı]/i.test(word.normalize('NFD'));
}

/** Whether a text is in Latin letters and in no language: first by its vowels, and only then by what knows languages. */
async function isNoLanguage(words: readonly string[], ofAll: number): Promise<boolean> {
  const latin = words.filter((word) => word.length >= 4);
  if (latin.length < LEAST_WORDS || latin.length < ofAll / 4) return false;
  const vowelless = latin.filter((word) => !hasVowel(word));
  if (vowelless.length < latin.length * MOST_VOWELLESS) return false;
  const { eld } = await import('eld/extrasmall');
  const samples = [0, 1, 2].map((third) => latin.slice(Math.floor((latin.length * third) / 3)).slice(0, SAMPLE_WORDS));
  return samples.every((sample) => !eld.detect(sample.join(' ').toLowerCase()).isReliable());
}
