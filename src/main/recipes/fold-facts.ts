/** What folding a text for quotations needs to know of its characters. */

/** Bullets and lines of tables count as white space. */
const SPACE = String.raw`\s|\u00a6\u2022\u25e6\u25aa\u25cf\u25a0\u2023`;
const QUOTE = '\'"`\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u2032\u2033\u300c-\u300f\u301d-\u301f\uff02\uff07';
const DASH = String.raw`\p{Pd}\u2212`;
const UNSEEN = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}`;
/** Of fractions: "½" is "1⁄2" with it. */
const FRACTION_SLASH = '\u2044';
const BETWEEN = `${SPACE}${QUOTE}${DASH}${UNSEEN}${FRACTION_SLASH}\\p{P}>`;

const betweenPattern = new RegExp(`^[${BETWEEN}]$`, 'u');
const spacePattern = new RegExp(`^[${SPACE}]$`, 'u');
const quotePattern = new RegExp(`^[${QUOTE}]$`, 'u');
const dashPattern = new RegExp(`^[${DASH}]$`, 'u');
const unseenPattern = new RegExp(String.raw`^[${UNSEEN}*_\\]$`, 'u');
const letterPattern = /^[\p{L}\p{M}]$/u;
/** Composed with what stands before them. */
const joiningPattern = /^[\p{M}\uff9e\uff9f\u11a8-\u11ff]$/u;
const jamoPattern = /^[\u1100-\u11ff]$/;
/** Of scripts that put no space between words, where a line end is nothing either. */
const spacelessPattern =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

/** Facts about a UTF-16 unit, as bits. */
export const KNOWN = 1;
/** Half of a character: only the whole has facts. */
export const HALF = 2;
/** Between words. */
export const BETWEEN_WORDS = 4;
export const SPACELESS = 8;
export const LETTER = 16;
/** Folded to one unit, whatever stands around it, unless what follows joins it. */
export const PLAIN = 32;
/** May be composed with what stands before it. */
export const JOINING = 64;
/** White space that may part words, or the line of a table. */
export const PARTING = 128;

/** Stays between words. */
export const SINGLE_SPACE = 0x20;

/** Zero until known: most texts need a few hundred of them, and knowing all takes a tenth of a second. */
const facts = new Uint8Array(0x10000);
/** What a plain unit is folded to; for one between words, the sign that is kept of it, or 0. Known with its facts. */
export const folds = new Uint16Array(0x10000);

/** The facts about a UTF-16 unit; `HALF` also at the end of the text, where the code is not a number. */
export function factsOf(code: number): number {
  return facts[code] || learn(code);
}

/** The sign that is kept of a plain unit between words, or 0. */
export function plainSign(code: number): number {
  return code === SINGLE_SPACE ? 0 : (folds[code] ?? 0);
}

function learn(code: number): number {
  if (Number.isNaN(code) || (code >= 0xd800 && code <= 0xdfff)) return KNOWN | HALF;
  const character = String.fromCharCode(code);
  const isBetween = betweenPattern.test(character);
  const folded = isBetween ? signOf(character) : lower(character);
  const isPlain = isBetween ? folded.length <= 1 : folded.length === 1 && isComposed(character);
  folds[code] = code === SINGLE_SPACE ? code : isPlain && folded !== '' ? folded.charCodeAt(0) : 0;
  facts[code] =
    KNOWN |
    bit(isBetween, BETWEEN_WORDS) |
    bit(spacelessPattern.test(character), SPACELESS) |
    bit(letterPattern.test(character), LETTER) |
    bit(isPlain, PLAIN) |
    bit(joiningPattern.test(character), JOINING) |
    bit(/[\s|\u00a6]/.test(character), PARTING);
  return facts[code] ?? KNOWN;
}

function bit(isSo: boolean, value: number): number {
  return isSo ? value : 0;
}

function isComposed(character: string): boolean {
  return character.normalize('NFKC') === character && !joiningPattern.test(character) && !jamoPattern.test(character);
}

/** The same of a whole character. */
export function isBetween(character: string): boolean {
  return betweenPattern.test(character);
}

export function isLetter(character: string): boolean {
  return letterPattern.test(character);
}

export function isSpaceless(character: string): boolean {
  return spacelessPattern.test(character);
}

/** Composed, without differences of looks. */
export function compatible(characters: string): string {
  return characters.normalize('NFKC').replaceAll(FRACTION_SLASH, '/');
}

/** What the small letter of a final sigma is depends on what follows it. */
export function lower(word: string): string {
  const small = word.toLowerCase();
  return small.includes('ς') ? small.replaceAll('ς', 'σ') : small;
}

/** A character between words as it is kept; empty for white space, for what is invisible and for Markdown. */
export function signOf(character: string): string {
  if (spacePattern.test(character)) return '';
  if (quotePattern.test(character)) return "'";
  if (dashPattern.test(character)) return '-';
  return unseenPattern.test(character) ? '' : compatible(character);
}
