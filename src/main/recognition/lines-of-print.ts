import type { Box } from '../pages/box.ts';

/** What Tesseract leaves out silently: whole lines that lie askew, by two degrees or more. */
const STEEPEST_DEGREES = 45;
const STEP_DEGREES = 0.25;
const DEGREE = Math.PI / 180;
/** Print has scores of 8 to 17 times the usual one in its own direction; photographs, and print that lies on its side, up to 1.4. */
const LEAST_CLEAR = 3;
/** Letters on a grid, as in Chinese and Japanese, are in line along its diagonals, too. */
const AS_GOOD = 0.7;
/** Fewer letters are in line by chance. */
const LEAST_LETTERS = 12;
/** Smaller pieces are dots and dirt. */
const LEAST_HEIGHT = 5;
/** So many letters show the direction as well as all of a page. */
const MOST_LETTERS = 5_000;

/**
 * By how much the lines of print on a page are turned clockwise, in radians; 0 where no direction stands out. It is the
 * direction in which the feet of the letters fall together into the fewest lines: a projection profile, as Postl's.
 */
export function tiltOf(pieces: readonly Box[]): number {
  const height = median(pieces.map(heightOf).filter((one) => one >= LEAST_HEIGHT));
  const letters = spread(pieces.filter((piece) => looksLikeLetter(piece, height)));
  if (letters.length < LEAST_LETTERS) return 0;
  const lineHeight = Math.max(2, height / 4);
  const scores: { readonly degrees: number; readonly score: number }[] = [];
  for (let degrees = -STEEPEST_DEGREES; degrees <= STEEPEST_DEGREES; degrees += STEP_DEGREES) {
    scores.push({ degrees, score: togetherness(letters, degrees * DEGREE, lineHeight) });
  }
  const usual = median(scores.map(({ score }) => score));
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  const straight = togetherness(letters, 0, lineHeight);
  if (best.score < usual * LEAST_CLEAR || straight >= best.score * AS_GOOD) return 0;
  return best.degrees * DEGREE;
}

/** How many pieces have the size of letters, by the height of most pieces. */
export function countLetters(pieces: readonly Box[]): number {
  const height = median(pieces.map(heightOf).filter((one) => one >= LEAST_HEIGHT));
  return pieces.filter((piece) => looksLikeLetter(piece, height)).length;
}

/** The more letters share a line, the higher. */
function togetherness(letters: readonly Box[], radians: number, lineHeight: number): number {
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  const lines = new Map<number, number>();
  for (const { left, right, bottom } of letters) {
    const line = Math.floor((bottom * cosine - ((left + right) / 2) * sine) / lineHeight);
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  let score = 0;
  for (const count of lines.values()) score += count * count;
  return score;
}

/**
 * How much of what looks like letters is in no word that was recognised, from 0 to 1; 0 where nothing was recognised,
 * which tells of no letters to compare with.
 */
export function shareMissed(pieces: readonly Box[], words: readonly Box[]): number {
  const height = median(words.map(heightOfLine));
  const letters = pieces.filter((piece) => looksLikeLetter(piece, height));
  if (words.length === 0 || letters.length === 0) return 0;
  const rows = byRow(words, height);
  const missed = letters.filter((letter) => {
    const y = (letter.top + letter.bottom) / 2;
    return !(rows.get(Math.floor(y / height)) ?? []).some((word) => isWithin(letter, y, word, height));
  });
  return missed.length / letters.length;
}

/** Accents, dots and commas stand a little outside of their word. */
function isWithin({ left, right }: Box, y: number, word: Box, height: number): boolean {
  const x = (left + right) / 2;
  return x >= word.left - 2 && x <= word.right + 2 && y >= word.top - height / 3 && y <= word.bottom + height / 3;
}

/** Words by the rows of this height that they reach into. */
function byRow(words: readonly Box[], height: number): ReadonlyMap<number, readonly Box[]> {
  const rows = new Map<number, Box[]>();
  for (const word of words) {
    const [first, last] = [
      Math.floor((word.top - height / 3) / height),
      Math.floor((word.bottom + height / 3) / height),
    ];
    for (let row = first; row <= last; row += 1) rows.set(row, [...(rows.get(row) ?? []), word]);
  }
  return rows;
}

/** Of some letter's height, or a word's whose letters hang together; not a rule, a frame, a photograph or a speck. */
function looksLikeLetter(piece: Box, height: number): boolean {
  const own = heightOf(piece);
  return own >= LEAST_HEIGHT && own >= height * 0.4 && own <= height * 2 && piece.right - piece.left <= height * 8;
}

function heightOf({ top, bottom }: Box): number {
  return bottom - top;
}

/** Of a word's line: Tesseract reads lines that stand upright, too, and such a word is as high as it is long. */
function heightOfLine({ left, top, right, bottom }: Box): number {
  return Math.min(right - left, bottom - top);
}

function spread(letters: readonly Box[]): readonly Box[] {
  const every = Math.ceil(letters.length / MOST_LETTERS);
  return every === 1 ? letters : letters.filter((_, at) => at % every === 0);
}

/** 0 of nothing. */
function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0;
}
