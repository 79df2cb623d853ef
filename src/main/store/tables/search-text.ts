import { foldText } from '../../../shared/fold-text.ts';

/** Scripts written without spaces between words: Han, kana, Hangul, Thai, Lao, Khmer, Burmese. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** How much of a text is searchable. The rest of a longer one is still stored and shown. */
export const SEARCHABLE_CHARACTERS = 200_000;

/**
 * A text as it is indexed: folded, with each character of an unspaced script as a word of its own, so that a search
 * finds any run of them.
 */
export function searchableText(text: string): string {
  return foldText(text.slice(0, SEARCHABLE_CHARACTERS)).replace(UNSPACED, ' $& ');
}

/**
 * A word that may be a prefix: it ends in a letter, a digit or a typed star. Shorter prefixes match too many words:
 * collecting their calls takes a second in a long history.
 */
const UNFINISHED = /[\p{L}\p{M}\p{N}]{3}\*?$/u;

/**
 * Turns typed text into an FTS5 query: all words must occur, and the last may be a prefix. Quoting disables the
 * operators of the query language. Null if there is nothing to search for.
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
