import { foldText } from '../../../shared/fold-text.ts';

/** Scripts that are written without spaces: Han, kana, Hangul, Thai, Lao, Khmer, Burmese. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** What of a text is searchable; the rest of a huge one is still stored, and shown. */
export const SEARCHABLE_CHARACTERS = 200_000;

/**
 * As the index holds a text: made alike, and such characters set apart, so that each is a word and a search finds any run
 * of them.
 */
export function searchableText(text: string): string {
  return foldText(text.slice(0, SEARCHABLE_CHARACTERS)).replace(UNSPACED, ' $& ');
}

/**
 * A word that may go on: it ends in a letter or digit, or in the star of those who know it. A shorter beginning is that
 * of too many words: to collect all calls that have one takes a second in a long history.
 */
const UNFINISHED = /[\p{L}\p{M}\p{N}]{3}\*?$/u;

/**
 * Turns what a person typed into an FTS5 query: all words must occur, the last may be unfinished. Operators of
 * the query language lose their meaning by quoting. Null when there is nothing to search for.
 */
export function searchQuery(typed: string): string | null {
  const words = foldText(typed)
    .split(/[\s\0]+/u)
    .map((word) => word.replaceAll('"', ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  const prefix = UNFINISHED.test(words.at(-1) ?? '') ? '*' : '';
  return `${words.map((word) => `"${searchableText(word).trim()}"`).join(' ')}${prefix}`;
}
