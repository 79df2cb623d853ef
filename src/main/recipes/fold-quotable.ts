/**
 * Folds a text so that a quotation from it can be found again although it was copied with small changes: case, white
 * space, line ends and hyphens at them, invisible characters, composed letters and ligatures, typographic quotation marks
 * and dashes, Markdown. Words stay what they are: what is left out, added or reworded is not found.
 */

/** A folded text, which knows where its characters come from. Offsets are in UTF-16 code units. */
export interface QuotableText {
  readonly text: string;
  /** Where in the original text the folded character at this offset begins. */
  startOf(offset: number): number;
  /** Where the folded character before this offset ends. */
  endOf(offset: number): number;
}

/** Bullets and lines of tables count as white space. */
const SPACE = String.raw`\s|\u2022\u25e6\u25aa\u25cf\u25a0\u2023`;
const QUOTE = '\'"`\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u2032\u2033\u300c-\u300f\u301d-\u301f\uff02\uff07';
const DASH = String.raw`\p{Pd}\u2212`;
const UNSEEN = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}`;
/** Of fractions: "½" is "1⁄2" with it. */
const FRACTION_SLASH = '\u2044';
const BETWEEN = `${SPACE}${QUOTE}${DASH}${UNSEEN}${FRACTION_SLASH}\\p{P}>`;

/** Plain letters, or those that can only be composed together: jamo, or a character with its marks. */
const clusters =
  /[0-9A-Za-z]+(?!\p{M})|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]|.[\p{M}\uff9e\uff9f]*/gsu;

const isBetween = new RegExp(`^[${BETWEEN}]$`, 'u');
const isSpace = new RegExp(`^[${SPACE}]$`, 'u');
const isQuote = new RegExp(`^[${QUOTE}]$`, 'u');
const isDash = new RegExp(`^[${DASH}]$`, 'u');
const isUnseen = new RegExp(String.raw`^[${UNSEEN}*_\\]$`, 'u');
const ascii = /^[\0-\x7f]*$/;
const isLetter = /^[\p{L}\p{M}]$/u;
/** Of scripts that put no space between words, where a line end is nothing either. */
const isSpaceless =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

/** Folds a text. `cased`: capitals stay. */
export function foldQuotable(text: string, cased = false): QuotableText {
  const folding = beginFolding(text, cased);
  while (folding.next().done !== true);
  return folding.folded();
}

export interface Folding {
  next(): { readonly done?: boolean | undefined };
  /** Once it is done. */
  folded(): QuotableText;
}

/** Characters folded in one step: a few milliseconds. */
const STEP_CHARACTERS = 65_536;

/** Folds a text step by step, so that a long one blocks nothing. */
export function beginFolding(text: string, cased = false): Folding {
  const builder = createBuilder();
  const steps = foldInto(builder, text, cased);
  return { next: () => steps.next(), folded: builder.finish };
}

function* foldInto(builder: Builder, text: string, cased: boolean): Generator<void> {
  const kinds = kindsOfUnits();
  let pauseAt = STEP_CHARACTERS;
  let at = 0;
  while (at < text.length) {
    const isBetweenWords = isBetweenAt(text, at, kinds);
    const end = isBetweenWords ? endOfBetween(text, at, kinds) : endOfWords(text, at, kinds);
    if (isBetweenWords) foldBetween(builder, text, text.slice(at, end), at);
    else foldWords(builder, text.slice(at, end), at, cased);
    at = end;
    if (at < pauseAt) continue;
    pauseAt = at + STEP_CHARACTERS;
    yield;
  }
}

/** In a word of a script without spaces; in any other word; between words; half of a character. */
type Kind = typeof WORD | typeof SPACED | typeof BETWEEN_WORDS | typeof HALF;
const WORD = 0;
const SPACED = 1;
const BETWEEN_WORDS = 2;
const HALF = 3;

let kindsMade: Uint8Array | null = null;

/** The kind of each UTF-16 unit: a look-up takes a tenth of the time of a regular expression. */
function kindsOfUnits(): Uint8Array {
  kindsMade ??= Uint8Array.from({ length: 0x10000 }, (_, code) => kindOf(code));
  return kindsMade;
}

function kindOf(code: number): Kind {
  if (code >= 0xd800 && code <= 0xdfff) return HALF;
  const character = String.fromCharCode(code);
  if (isBetween.test(character)) return BETWEEN_WORDS;
  return isSpaceless.test(character) ? WORD : SPACED;
}

function isBetweenAt(text: string, at: number, kinds: Uint8Array): boolean {
  const kind = kinds[text.charCodeAt(at)];
  return kind === HALF ? isBetween.test(characterAt(text, at)) : kind === BETWEEN_WORDS;
}

function endOfBetween(text: string, start: number, kinds: Uint8Array): number {
  let end = start;
  while (end < text.length && isBetweenAt(text, end, kinds)) end += kinds[text.charCodeAt(end)] === HALF ? 2 : 1;
  return end;
}

/** The end of a word, and of those after it that only single spaces part from it. */
function endOfWords(text: string, start: number, kinds: Uint8Array): number {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const kind = kinds[code];
    const isSingleSpace =
      code === 32 && kinds[text.charCodeAt(end - 1)] === SPACED && kinds[text.charCodeAt(end + 1)] === SPACED;
    if (isSingleSpace) end += 1;
    else if (kind === HALF ? isBetweenAt(text, end, kinds) : kind === BETWEEN_WORDS) break;
    else end += kind === HALF ? characterAt(text, end).length : 1;
  }
  return end;
}

function foldWords(builder: Builder, words: string, at: number, cased: boolean): void {
  if (addWhole(builder, words, at, cased)) return;
  let from = 0;
  for (const word of words.split(' ')) {
    if (from > 0) builder.same(' ', at + from - 1);
    if (!addWhole(builder, word, at + from, cased)) addClusters(builder, word, at + from, cased);
    from += word.length + 1;
  }
}

/** Adds words that are folded but for their case. @returns whether they were. */
function addWhole(builder: Builder, words: string, at: number, cased: boolean): boolean {
  if (!ascii.test(words) && words.normalize('NFKC') !== words) return false;
  const folded = cased ? words : lower(words);
  if (folded.length !== words.length) return false;
  builder.same(folded, at);
  return true;
}

function addClusters(builder: Builder, word: string, at: number, cased: boolean): void {
  for (const { 0: cluster, index } of word.matchAll(clusters)) {
    const composed = compatible(cluster);
    if (composed === cluster && ascii.test(cluster)) builder.same(cased ? cluster : cluster.toLowerCase(), at + index);
    else builder.other(cased ? composed : lower(composed), at + index, cluster.length);
  }
}

/** Composed, without differences of looks. */
function compatible(characters: string): string {
  return characters.normalize('NFKC').replaceAll(FRACTION_SLASH, '/');
}

/** What the small letter of a final sigma is depends on what follows it. */
function lower(word: string): string {
  const small = word.toLowerCase();
  return small.includes('ς') ? small.replaceAll('ς', 'σ') : small;
}

/** Keeps the punctuation; white space counts only between words, and a dash between letters is none. */
function foldBetween(builder: Builder, text: string, run: string, at: number): void {
  if (run === ' ' && isAscii(text, at - 1) && isAscii(text, at + 1)) {
    builder.same(run, at);
    return;
  }
  const kept = at === 0 ? keptOf(run, true) : keptInside(run);
  if (kept.length === 0) {
    if (/[\s|]/.test(run) && isSpaceBetween(text, at, at + run.length)) builder.other(' ', at, run.length);
    return;
  }
  if (kept.length === 1 && kept[0]?.sign === '-' && isBetweenLetters(text, at, at + run.length)) return;
  for (const { sign, from, length } of kept) builder.other(sign, at + from, length);
}

function isSpaceBetween(text: string, start: number, end: number): boolean {
  const isAtEnd = start === 0 || end === text.length;
  return !isAtEnd && !(isSpaceless.test(characterBefore(text, start)) && isSpaceless.test(characterAt(text, end)));
}

function isBetweenLetters(text: string, start: number, end: number): boolean {
  return isLetter.test(characterBefore(text, start)) && isLetter.test(characterAt(text, end));
}

interface Sign {
  readonly sign: string;
  readonly from: number;
  readonly length: number;
}

const keptOfShort = new Map<string, readonly Sign[]>();

/** Most of what is between words is one of few: remembered. */
function keptInside(run: string): readonly Sign[] {
  if (run.length > 3) return keptOf(run, false);
  const known = keptOfShort.get(run);
  if (known !== undefined) return known;
  const kept = keptOf(run, false);
  if (keptOfShort.size < 1_000) keptOfShort.set(run, kept);
  return kept;
}

function keptOf(run: string, atStart: boolean): readonly Sign[] {
  const kept: Sign[] = [];
  let lineStart = atStart;
  let from = 0;
  for (const character of run) {
    const next = from + character.length;
    const sign = signOf(character);
    const isMark = (sign === '>' && lineStart) || (sign === '#' && (lineStart || next < run.length));
    // Runs of quotation marks and dashes are one: two single ones are a double one.
    const repeats = (sign === "'" || sign === '-') && kept.at(-1)?.sign === sign;
    if (sign !== '' && !isMark && !repeats) kept.push({ sign, from, length: character.length });
    if (character === '\n') lineStart = true;
    else if (sign !== '' && !isMark) lineStart = false;
    from = next;
  }
  return kept;
}

/** A character between words as it is kept; empty for white space, for what is invisible and for Markdown. */
function signOf(character: string): string {
  if (isSpace.test(character)) return '';
  if (isQuote.test(character)) return "'";
  if (isDash.test(character)) return '-';
  return isUnseen.test(character) ? '' : compatible(character);
}

function isAscii(text: string, at: number): boolean {
  return at >= 0 && text.charCodeAt(at) < 128;
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

interface Builder {
  /** Adds characters that correspond to those of the original one by one. */
  same(folded: string, at: number): void;
  /** Adds what a piece of the original was folded to. */
  other(folded: string, at: number, length: number): void;
  finish(): QuotableText;
}

/** Numbers kept for each piece: where it begins in the folded text, and its span in the original. */
const NUMBERS_A_PIECE = 3;

function createBuilder(): Builder {
  let text = '';
  let pieces = new Int32Array(NUMBERS_A_PIECE * 256);
  let count = 0;
  let length = 0;

  const begin = (piece: number) => pieces[piece * NUMBERS_A_PIECE] ?? 0;
  const start = (piece: number) => pieces[piece * NUMBERS_A_PIECE + 1] ?? 0;
  /** Of a piece whose characters do not correspond one by one, as a negative number. */
  const end = (piece: number) => pieces[piece * NUMBERS_A_PIECE + 2] ?? 0;

  const add = (folded: string, from: number, to: number) => {
    if (folded === '') return;
    text += folded;
    if (count > 0 && to > 0 && end(count - 1) === from) {
      pieces[count * NUMBERS_A_PIECE - 1] = to;
    } else {
      if ((count + 1) * NUMBERS_A_PIECE > pieces.length) pieces = grown(pieces);
      const at = count * NUMBERS_A_PIECE;
      pieces[at] = length;
      pieces[at + 1] = from;
      pieces[at + 2] = to;
      count += 1;
    }
    length += folded.length;
  };

  /** The piece that holds a character of the folded text. */
  const pieceAt = (offset: number): number => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (begin(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    same: (folded, at) => add(folded, at, at + folded.length),
    other: (folded, at, taken) => add(folded, at, -(at + taken)),
    finish: () => ({
      text,
      startOf(offset) {
        const piece = pieceAt(offset);
        return end(piece) > 0 ? start(piece) + offset - begin(piece) : start(piece);
      },
      endOf(offset) {
        const piece = pieceAt(offset - 1);
        return end(piece) > 0 ? start(piece) + offset - begin(piece) : -end(piece);
      },
    }),
  };
}

function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
