/**
 * Folds a text so that a quotation from it can be found again although it was copied with small changes: case, white
 * space, line ends and hyphens at them, invisible characters, composed letters and ligatures, typographic quotation marks
 * and dashes, Markdown. Words stay what they are: what is left out, added or reworded is not found.
 */
import {
  BETWEEN_WORDS,
  compatible,
  factsOf,
  folds,
  HALF,
  isBetween,
  isLetter,
  isSpaceless,
  JOINING,
  LETTER,
  lower,
  PARTING,
  PLAIN,
  plainSign,
  SINGLE_SPACE,
  SPACELESS,
  signOf,
} from './fold-facts.ts';
import { createFoldedText, type FoldedTextBuilder, type QuotableText } from './folded-text.ts';

/** Folds a text. `cased`: capitals stay. */
export function foldQuotable(text: string, cased = false): QuotableText {
  const folding = beginFolding(text, cased);
  while (!folding.next());
  return folding.folded();
}

export interface Folding {
  /** Takes a step. @returns whether it was the last. */
  next(): boolean;
  /** Once that was the last. */
  folded(): QuotableText;
}

/** Characters folded in one step: less than a millisecond. */
const STEP_CHARACTERS = 65_536;

/** Folds a text step by step, so that a long one blocks nothing. */
export function beginFolding(original: string, cased = false): Folding {
  const text = withoutLineBreaks(original);
  const builder = createFoldedText(text.length);
  let at = 0;
  return {
    next: () => {
      const pauseAt = at + STEP_CHARACTERS;
      while (at < text.length && at < pauseAt) {
        at = isBetweenAt(text, at) ? foldBetween(builder, text, at) : foldWords(builder, text, at, cased);
      }
      return at >= text.length;
    },
    folded: builder.finish,
  };
}

/** A text with blanks for the line breaks in its cells, at the same offsets. */
function withoutLineBreaks(text: string): string {
  // As Docket writes them itself, at once: a function is called for each of the others.
  return text.replaceAll('<br>', '    ').replace(/<br[ \t]*\/?>/gi, (mark) => ' '.repeat(mark.length));
}

function isBetweenAt(text: string, at: number): boolean {
  return isAt(text, at, BETWEEN_WORDS, isBetween);
}

/** Folds a word, and those after it that only single spaces part from it. @returns where they end. */
function foldWords(builder: FoldedTextBuilder, text: string, start: number, cased: boolean): number {
  const odd = endOfPlain(text, start);
  if (odd > start) builder.units(text.slice(start, odd), start, cased ? undefined : folds);
  if (odd >= text.length || odd - start >= STEP_CHARACTERS - 1 || isBetweenAt(text, odd)) return odd;
  const end = endOfWords(text, odd);
  foldOddWords(builder, text.slice(odd, end), odd, cased);
  return end;
}

/** Where plain words, parted by single spaces, end, or a step of them. */
function endOfPlain(text: string, start: number): number {
  const limit = Math.min(text.length, start + STEP_CHARACTERS);
  let at = start;
  while (at < limit && isPlainAt(text, at, start)) at += 1;
  // What follows may belong to the last one.
  const isJoined = at > start && at < text.length && (factsOf(text.charCodeAt(at)) & (JOINING | HALF)) !== 0;
  return isJoined ? at - 1 : at;
}

function isPlainAt(text: string, at: number, start: number): boolean {
  const code = text.charCodeAt(at);
  if ((factsOf(code) & (PLAIN | BETWEEN_WORDS)) === PLAIN) return true;
  if (code !== SINGLE_SPACE || at === start) return false;
  return isSpaced(factsOf(text.charCodeAt(at - 1))) && isSpaced(factsOf(text.charCodeAt(at + 1)));
}

/** In a word of a script that puts spaces between words. */
function isSpaced(facts: number): boolean {
  return (facts & (BETWEEN_WORDS | SPACELESS | HALF)) === 0;
}

/** Where words that are parted by single spaces end, or a step of them. */
function endOfWords(text: string, start: number): number {
  let at = start;
  let before = SPACELESS;
  let facts = factsOf(text.charCodeAt(at));
  while (at < text.length) {
    const isHalf = (facts & HALF) !== 0;
    const isOneBetween = isHalf ? isBetween(characterAt(text, at)) : (facts & BETWEEN_WORDS) !== 0;
    const length = isHalf ? characterAt(text, at).length : 1;
    const next = factsOf(text.charCodeAt(at + length));
    const isSingleSpace = text.charCodeAt(at) === SINGLE_SPACE && isSpaced(before) && isSpaced(next);
    if (isOneBetween && !(isSingleSpace && at - start < STEP_CHARACTERS)) break;
    at += length;
    before = facts;
    facts = next;
  }
  return at;
}

/** Plain letters, or those that can only be composed together: jamo, or a character with its marks. */
const clusters =
  /[0-9A-Za-z]+(?!\p{M})|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]|.[\p{M}\uff9e\uff9f]*/gsu;

/** Most of them are composed already, so they are looked at together first. */
function foldOddWords(builder: FoldedTextBuilder, words: string, at: number, cased: boolean): void {
  if (addUnits(builder, words, compatible(words), at, cased)) return;
  let from = at;
  for (const word of words.split(' ')) {
    if (from > at) builder.unit(SINGLE_SPACE, from - 1);
    foldOddWord(builder, word, from, cased);
    from += word.length + 1;
  }
}

function foldOddWord(builder: FoldedTextBuilder, word: string, at: number, cased: boolean): void {
  if (addUnits(builder, word, compatible(word), at, cased)) return;
  for (const { 0: cluster, index } of word.matchAll(clusters)) {
    const composed = compatible(cluster);
    if (addUnits(builder, cluster, composed, at + index, cased)) continue;
    builder.piece(cased ? composed : lower(composed), at + index, cluster.length);
  }
}

/** Adds what is folded but for its case, unit by unit. @returns whether it is. */
function addUnits(builder: FoldedTextBuilder, original: string, composed: string, at: number, cased: boolean): boolean {
  const folded = cased ? composed : lower(composed);
  if (composed !== original || folded.length !== original.length) return false;
  builder.units(folded, at);
  return true;
}

const QUOTE = 0x27;
const DASH = 0x2d;
const HASH = 0x23;
const GREATER = 0x3e;
const LINE_FEED = 0x0a;
/** Of a character that is kept as several. */
const SEVERAL = -1;

/**
 * Keeps the punctuation; white space counts only between words, and a dash between letters is none.
 * @returns where it ends.
 */
function foldBetween(builder: FoldedTextBuilder, text: string, start: number): number {
  let at = start;
  let lineStart = start === 0;
  let isParting = false;
  let last = 0;
  /** Where the first sign is, if it is a dash that no other has followed yet. */
  let dashAt = -1;
  while (at < text.length && isBetweenAt(text, at)) {
    const code = text.charCodeAt(at);
    const facts = factsOf(code);
    const isPlain = (facts & PLAIN) !== 0;
    const character = isPlain ? '' : characterAt(text, at);
    const length = isPlain ? 1 : character.length;
    const sign = isPlain ? plainSign(code) : soleUnit(signOf(character));
    if ((facts & PARTING) !== 0) isParting = true;
    if (code === LINE_FEED) lineStart = true;
    else if (sign !== 0) {
      const isMark = lineStart && (sign === GREATER || sign === HASH);
      const isHashInside = sign === HASH && at + length < text.length && isBetweenAt(text, at + length);
      if (!isMark && !isHashInside) {
        lineStart = false;
        // Runs of quotation marks and dashes are one: two single ones are a double one.
        const repeats = sign === last && (sign === QUOTE || sign === DASH);
        if (last === 0 && sign === DASH) dashAt = at;
        else if (!repeats) {
          if (dashAt >= 0) builder.unit(DASH, dashAt);
          dashAt = -1;
          if (isPlain) builder.unit(sign, at);
          else builder.piece(signOf(character), at, length);
        }
        last = sign;
      }
    }
    at += length;
  }
  if (dashAt >= 0 && !isBetweenLetters(text, start, at)) builder.unit(DASH, dashAt);
  if (last === 0 && isParting && isSpaceBetween(text, start, at)) builder.piece(' ', start, at - start);
  return at;
}

/** 0 for an invisible one. */
function soleUnit(sign: string): number {
  return sign.length === 1 ? sign.charCodeAt(0) : sign === '' ? 0 : SEVERAL;
}

function isSpaceBetween(text: string, start: number, end: number): boolean {
  if (start === 0 || end === text.length) return false;
  return !(isBefore(text, start, SPACELESS, isSpaceless) && isAt(text, end, SPACELESS, isSpaceless));
}

function isBetweenLetters(text: string, start: number, end: number): boolean {
  return isBefore(text, start, LETTER, isLetter) && isAt(text, end, LETTER, isLetter);
}

/** @param isOne the same of a whole character. */
function isAt(text: string, at: number, fact: number, isOne: (character: string) => boolean): boolean {
  const facts = factsOf(text.charCodeAt(at));
  return (facts & HALF) === 0 ? (facts & fact) !== 0 : isOne(characterAt(text, at));
}

function isBefore(text: string, at: number, fact: number, isOne: (character: string) => boolean): boolean {
  const facts = factsOf(text.charCodeAt(at - 1));
  return (facts & HALF) === 0 ? (facts & fact) !== 0 : isOne(characterBefore(text, at));
}

/** The character that begins at an offset; empty at the end. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The character that ends at an offset; empty at the start. */
export function characterBefore(text: string, at: number): string {
  const isPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 2), at));
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}
