import { letterShares } from './letter-frequencies.ts';

/**
 * Scores a reading of bytes: the log-likelihood of a writer producing these non-ASCII characters in these positions.
 * Readings of the same bytes can be compared; higher is better.
 */
export function readingScore(text: string): number {
  const letters = new Map<string, number>();
  let score = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    const character = text.charAt(at);
    if (isLetter(character)) {
      const lower = character.toLowerCase();
      letters.set(lower, (letters.get(lower) ?? 0) + 1);
      score += LETTER + letterPlace(text, at, character);
    } else {
      score += otherCharacter(text, at, character);
    }
  }
  return score + bestLanguage(letters);
}

const LETTER = Math.log(0.85);
/** Never written: controls, replacement characters, private-use characters. */
const NEVER = -16;
/** Share of letters foreign to the language, from names and quotations. */
const FOREIGN = 0.04;

const languages = [...letterShares.values()];
const known = new Set(languages.flatMap((shares) => [...shares.keys()]));
/** By letter, how likely it is in each of the languages, as a logarithm. */
const likelihoods = new Map([...known].map((letter) => [letter, likelihoodsOf(letter, 1 / known.size)]));
const foreign = likelihoodsOf('', 1e-6);

function likelihoodsOf(letter: string, foreignShare: number): Float64Array {
  return Float64Array.from(languages, (shares) =>
    Math.log((1 - FOREIGN) * (shares.get(letter) ?? 0) + FOREIGN * foreignShare),
  );
}

/** Nearly all letters belong to one language: the one that explains them best. */
function bestLanguage(letters: ReadonlyMap<string, number>): number {
  if (letters.size === 0) return 0;
  const scores = new Float64Array(languages.length);
  for (const [letter, count] of letters) {
    const likely = likelihoods.get(letter) ?? foreign;
    for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) + count * (likely[at] ?? 0);
  }
  return Math.max(...scores);
}

/** Scores a letter's position: capitals start a word or stand among capitals, and a word does not mix scripts. */
function letterPlace(text: string, at: number, letter: string): number {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  let score = 0;
  if (standsAlone(before, letter, after)) score += Math.log(0.05);
  if (isOtherScript(before, letter) || isOtherScript(after, letter)) score += Math.log(0.003);
  if (isDigit(before) || isDigit(after)) score += Math.log(0.01);
  if (isOfCode(before) || isOfCode(after)) score += Math.log(0.1);
  if (isMarkedConsonant(letter) && isMarkedConsonant(before)) score += Math.log(0.1);
  if (isThai(letter)) return score + thaiPlace(letter, before, after);
  if (isUpper(letter)) return score + upperPlace(before, after);
  return isUpper(before) && isUpper(text.charAt(at - 2)) ? score + Math.log(0.02) : score;
}

/** ASCII that occurs in code rather than prose, and is the second byte of letters in some encodings. */
function isOfCode(character: string): boolean {
  return character !== '' && '{}|~[]\\^`@'.includes(character);
}

/** Few non-ASCII Latin letters are words by themselves. */
function standsAlone(before: string, letter: string, after: string): boolean {
  if (letter > '\u024f' || isLetter(before) || isLetter(after)) return false;
  return !'àâáãèéêíîóòôöåæøúûž'.includes(letter.toLowerCase());
}

const vowels = 'àáâãäåāăąæèéêëēęėěìíîïīįıòóôõöøőœùúûüūůűųýÿðþß';

/** Languages in Latin script seldom have two of these in a row. */
function isMarkedConsonant(letter: string): boolean {
  return letter > '\u00bf' && letter < '\u0250' && !vowels.includes(letter.toLowerCase());
}

function upperPlace(before: string, after: string): number {
  if (isLower(before)) return Math.log(0.002);
  if (isUpper(before)) return Math.log(isLower(after) ? 0.004 : 0.05);
  return Math.log(0.06);
}

/** In Thai, marks follow a consonant, and some vowels precede one. */
function thaiPlace(letter: string, before: string, after: string): number {
  if (/[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/.test(letter)) return /[\u0e01-\u0e4e]/.test(before) ? 0 : NEVER / 2;
  if (/[\u0e40-\u0e44]/.test(letter)) return /[\u0e01-\u0e2e]/.test(after) ? 0 : NEVER / 2;
  return 0;
}

/** Shares among all non-ASCII characters that are not letters. */
const signs: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0.1: '\u00a0’“”–',
    0.04: '—„«»•…°€',
    0.02: '‘£§©®™·─│═║',
    0.008: '½¼¾²³±×µ¿¡ºª‚¹÷№¶†‡‰‹›Ω∆≤≥≠√∞≈■□▪●¢¥',
    0.004: '┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬▀▄█▌▐░▒▓\u00ad¤¦¬¨´¸¯ˆ˜∙',
  }).flatMap(([share, characters]) => [...characters].map((character): [string, number] => [character, Number(share)])),
);
/** Signs that occur inside words. */
const joining = '’·\u00ad\u00a0–—‘';
const SIGN = Math.log(0.15);

function otherCharacter(text: string, at: number, character: string): number {
  if (characterOf(character).isNever) return NEVER;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  if (isDrawn(character)) return drawnPlace(character, before, after);
  if (characterOf(character).isMark) return Math.log(isLetter(before) ? 1e-3 : 1e-7);
  let score = SIGN + Math.log(signs.get(character) ?? 2e-5);
  if (isLetter(before) && isLetter(after) && !joining.includes(character)) score += Math.log(0.01);
  if (afterNumbers.includes(character) && isDigit(before)) score += Math.log(3);
  if (beforeNumbers.includes(character) && isDigit(after)) score += Math.log(3);
  if (opening.includes(character) && isLetter(before)) score += Math.log(0.05);
  if (closing.includes(character) && isLetter(after)) score += Math.log(0.05);
  return score;
}

const afterNumbers = '°€²³½¼£';
const beforeNumbers = '£€¥§±';
const opening = '“«„‘‚¿¡‹©';
const closing = '”»™®…›';

/** Box-drawing characters, with which DOS programs drew frames: they occur next to each other. */
function isDrawn(character: string): boolean {
  return character >= '\u2500' && character <= '\u259f';
}

function drawnPlace(character: string, before: string, after: string): number {
  if (isLetter(before) || isLetter(after)) return SIGN + Math.log(1e-4);
  if (before === character || after === character) return Math.log(0.3);
  const meetsLine = /[─═]/.test(before + after + character);
  if (isDrawn(before) || isDrawn(after)) return meetsLine ? Math.log(0.05) : SIGN + Math.log(5e-4);
  return SIGN + Math.log(signs.get(character) ?? 1e-4);
}

/** Properties of a character, cached because the same few come up again and again. */
interface Character {
  readonly isLetter: boolean;
  readonly isUpper: boolean;
  readonly isLower: boolean;
  readonly isNever: boolean;
  readonly isMark: boolean;
  readonly script: 'latin' | 'greek' | 'cyrillic' | 'other';
}

const characters = new Map<string, Character>();

function characterOf(text: string): Character {
  const known = characters.get(text);
  if (known !== undefined) return known;
  const looked: Character = {
    isLetter: /[\p{L}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/u.test(text) && !'ªºµ'.includes(text),
    isUpper: /\p{Lu}/u.test(text),
    isLower: /\p{Ll}/u.test(text),
    isNever: /[\ufffd\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u.test(text),
    isMark: /\p{M}/u.test(text),
    script: scriptOf(text),
  };
  characters.set(text, looked);
  return looked;
}

function scriptOf(letter: string): Character['script'] {
  const code = letter.charCodeAt(0);
  if (code < 0x0370) return 'latin';
  if (code < 0x0400) return 'greek';
  return code < 0x0530 ? 'cyrillic' : 'other';
}

function isLetter(character: string): boolean {
  return character !== '' && characterOf(character).isLetter;
}

function isUpper(character: string): boolean {
  return characterOf(character).isUpper;
}

function isLower(character: string): boolean {
  return characterOf(character).isLower;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isThai(character: string): boolean {
  return character >= '\u0e00' && character <= '\u0e7f';
}

function isOtherScript(neighbour: string, letter: string): boolean {
  return isLetter(neighbour) && characterOf(neighbour).script !== characterOf(letter).script;
}
