import type { Span } from './span.ts';
import { stopWordsOf } from './stop-words.ts';
import type { Token } from './token.ts';

/**
 * Finds words without knowing the language's grammar: by spaces if the script has them, otherwise with ICU's
 * dictionaries (`Intl.Segmenter`). Variants of a word are merged by truncating it (McNamee & Mayfield 2004 found a fixed length
 * nearly as good as a stemmer for European languages).
 */
export function wordsOf(text: string, span: Span, language: string | null): Token[] {
  const piece = text.slice(span.start, span.end);
  const found = unspacedScript.test(piece) ? segmentedWords(piece) : spacedWords(piece);
  const stopWords = stopWordsOf(language);
  return found.map(({ start, word }, index) => {
    const normal = normalOf(word, language);
    const content = isContent(word, stopWords);
    return {
      start: span.start + start,
      end: span.start + start + word.length,
      normal,
      content,
      noun: content && mayBeNoun(word, language, index === 0),
      adjective: false,
    };
  });
}

/** Scripts without spaces between words. */
const unspacedScript = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const han = /\p{sc=Han}/u;
const kanjiOrKatakana = /[\p{sc=Han}\p{sc=Katakana}]/u;

interface Found {
  readonly start: number;
  readonly word: string;
}

const wordPattern = /[\p{L}\p{M}\p{N}]+(?:[-·][\p{L}\p{M}\p{N}]+)*/gu;

function spacedWords(piece: string): Found[] {
  return Array.from(piece.matchAll(wordPattern), (match) => ({ start: match.index, word: match[0] }));
}

let segmenter: Intl.Segmenter | null = null;

/** ICU's word breaker is quadratic on long strings (Node 20), so it is fed in pieces. */
const SEGMENTED_CHARACTERS = 1_000;

function segmentedWords(piece: string): Found[] {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  const found: Found[] = [];
  for (let from = 0; from < piece.length; from += SEGMENTED_CHARACTERS) {
    for (const part of segmenter.segment(piece.slice(from, from + SEGMENTED_CHARACTERS))) {
      if (part.isWordLike === true) found.push({ start: from + part.index, word: part.segment });
    }
  }
  return found;
}

/** Length to which words in alphabetic scripts are truncated, in characters. */
const STEM_CHARACTERS = 7;

function normalOf(word: string, language: string | null): string {
  const lower = word.normalize('NFKC').toLowerCase();
  if (unspacedScript.test(lower) || /\p{N}/u.test(lower)) return lower;
  if (language === 'ko') return withoutParticle(lower);
  return lower.slice(0, STEM_CHARACTERS);
}

/** Korean attaches particles to the noun. */
function withoutParticle(word: string): string {
  const bare = word.replace(
    /(?:으로부터|에서는|에게서|으로|에서|에게|까지|부터|보다|처럼|하고|이나|은|는|이|가|을|를|의|에|로|와|과|도|만)$/u,
    '',
  );
  return bare.length >= 2 ? bare : word;
}

function isContent(word: string, stopWords: ReadonlySet<string> | null): boolean {
  const lower = word.toLowerCase();
  if (stopWords?.has(lower) === true) return false;
  if (/\p{N}/u.test(word)) return true;
  if (/^[\p{sc=Hiragana}ー]+$/u.test(word)) return false;
  if (unspacedScript.test(word)) return word.length >= 2 || (han.test(word) && stopWords === null);
  // Without a list, short words are treated as function words.
  return word.length >= (stopWords === null ? 4 : 3) || /\p{sc=Hangul}{2,}/u.test(word);
}

function mayBeNoun(word: string, language: string | null, first: boolean): boolean {
  if (/\p{N}/u.test(word)) return false;
  // German capitalises nouns, and every word that begins a sentence.
  if (language === 'de') return !first && /^\p{Lu}\p{Ll}/u.test(word);
  if (language === 'ja') return kanjiOrKatakana.test(word) && !/\p{sc=Hiragana}/u.test(word);
  // Polite and plain verb endings.
  if (language === 'ko') return !/(?:니다|습니까|했다|한다|된다|하여|해서|하는|되는|하고)$/u.test(word);
  return word.length >= 2;
}
