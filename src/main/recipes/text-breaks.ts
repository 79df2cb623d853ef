/** Where a text may be cut without breaking a word, or at least no character that people see as one. */

/** `Intl.Segmenter` is slow, on long runs of flags quadratic, so it only ever sees this many characters around a cut. */
const CONTEXT = 256;
/** No word of a script without spaces is longer, and a dictionary finds its place again within this many characters. */
const WORD_CONTEXT = 48;

/** Not the spaces that forbid a line break. */
const SPACE = /[\t-\r \u1680\u2000-\u2006\u2008-\u200b\u205f\u3000]/;
/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]/u;
/** No character that people see as one begins before these, whatever stands there, save the signs of a few numerals. */
const BEGINS =
  /[\t\n\x20-\x7e]|(?=\p{L})[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Thai}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** Made when first needed, because loading its dictionaries takes time. */
let segmenters: { readonly graphemes: Intl.Segmenter; readonly words: Intl.Segmenter } | null = null;

function loadSegmenters(): NonNullable<typeof segmenters> {
  segmenters ??= {
    graphemes: new Intl.Segmenter('en', { granularity: 'grapheme' }),
    // "ja" loads the dictionaries of all scripts without spaces.
    words: new Intl.Segmenter('ja', { granularity: 'word' }),
  };
  return segmenters;
}

/**
 * The last place in `from`..`to` that cuts no word; null if there is none. Words are what stands between white space,
 * and in scripts without spaces those of a dictionary.
 */
export function lastWordBreak(text: string, from: number, to: number): number | null {
  for (let at = to; at >= from; at -= 1) {
    if (isSpaceBreak(text, at)) return at;
    if (!UNSPACED.test(text.charAt(at - 1))) continue;
    const lowest = Math.max(from, at - WORD_CONTEXT);
    const found = dictionaryBreaks(text, lowest, at).at(-1);
    if (found !== undefined) return found;
    at = lowest;
  }
  return null;
}

/** The first place in `from`..`to` that cuts no word; null if there is none. */
export function firstWordBreak(text: string, from: number, to: number): number | null {
  for (let at = from; at <= to; at += 1) {
    if (isSpaceBreak(text, at)) return at;
    if (!UNSPACED.test(text.charAt(at - 1))) continue;
    const highest = Math.min(to, at + WORD_CONTEXT);
    const [found] = dictionaryBreaks(text, at, highest);
    if (found !== undefined) return found;
    at = highest;
  }
  return null;
}

/** After white space, before anything that does not belong to the space itself, as an accent on it would. */
function isSpaceBreak(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length || !SPACE.test(text.charAt(at - 1)) || SPACE.test(text.charAt(at))) return false;
  return text.charCodeAt(at) < 128 || isGraphemeBreak(text, at);
}

/** The breaks between words of a script without spaces. */
function dictionaryBreaks(text: string, from: number, to: number): readonly number[] {
  const start = anchorBefore(text, Math.max(0, from - WORD_CONTEXT));
  const slice = text.slice(start, to + WORD_CONTEXT);
  const starts = startsOf(loadSegmenters().words, slice, start);
  return starts.filter(
    (at) =>
      at >= from &&
      at <= to &&
      at > start &&
      (UNSPACED.test(text.charAt(at)) || UNSPACED.test(text.charAt(at - 1))) &&
      isGraphemeBreak(text, at),
  );
}

/** Whether no character that people see as one is cut here. */
export function isGraphemeBreak(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  if (text.charAt(at - 1) !== '\r' && text.charCodeAt(at) < 128 && BEGINS.test(text.charAt(at))) return true;
  const start = anchorBefore(text, at - 1);
  const slice = text.slice(start, at + 2);
  return (
    loadSegmenters()
      .graphemes.segment(slice)
      .containing(at - start)?.index ===
    at - start
  );
}

/** The last place in `from`..`to` that cuts no character; if a single one fills it all, it is cut between code points. */
export function lastCharacterBreak(text: string, from: number, to: number): number {
  const lowest = Math.max(from, to - CONTEXT);
  const start = anchorBefore(text, lowest);
  const starts = startsOf(loadSegmenters().graphemes, text.slice(start, to + CONTEXT), start);
  return starts.findLast((at) => at >= lowest && at <= to) ?? codePointBreak(text, to, -1);
}

/** The first place in `from`..`to` that cuts no character; if a single one fills it all, it is cut between code points. */
export function firstCharacterBreak(text: string, from: number, to: number): number {
  const start = anchorBefore(text, from);
  const highest = Math.min(to, from + CONTEXT);
  const starts = startsOf(loadSegmenters().graphemes, text.slice(start, highest + CONTEXT), start);
  return starts.find((at) => at >= from && at <= highest) ?? codePointBreak(text, from, 1);
}

function startsOf(segmenter: Intl.Segmenter, slice: string, offset: number): readonly number[] {
  return Array.from(segmenter.segment(slice), ({ index }) => offset + index);
}

/** A place at or before `at` where a character surely begins, so that what follows can be looked at by itself. */
function anchorBefore(text: string, at: number): number {
  const lowest = Math.max(0, at - CONTEXT);
  for (let start = at; start > lowest; start -= 1) if (isAnchor(text, start)) return start;
  return lowest === 0 ? 0 : codePointBreak(text, lowest, -1);
}

/** Vowel signs that Unicode counts among the letters. */
const VOWEL_SIGN = /[\u0e33\u0eb3]/;

function isAnchor(text: string, at: number): boolean {
  const next = text.charAt(at);
  return BEGINS.test(next) && !VOWEL_SIGN.test(next) && text.charAt(at - 1) !== '\r';
}

function codePointBreak(text: string, at: number, step: 1 | -1): number {
  const insidePair = /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
  return insidePair ? at + step : at;
}
