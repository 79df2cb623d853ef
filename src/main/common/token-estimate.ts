/** For ASCII, in English and code; other scripts have fewer characters per token. */
const MOST_CHARACTERS_A_TOKEN = 4;
const OTHER_CHARACTERS_A_TOKEN = 1.5;

/**
 * Estimates the tokens in a text: four characters each in ASCII, one and a half otherwise. Deliberately rough: exact
 * tokenizers take seconds on hostile input and differ by model. It decides how a text is split before it is sent; the
 * server has the last word.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let index = 0; index < text.length; index += 1) if (isOther(text, index)) other += 1;
  return Math.ceil(exactTokens(text.length, other));
}

/** Any longer text is estimated at more than `tokens`, whatever it contains. */
export function mostCharacters(tokens: number): number {
  return tokens * MOST_CHARACTERS_A_TOKEN;
}

/** Where the longest text from `start` ends that is estimated at no more than `tokens`. May be inside a character. */
export function fittingEnd(text: string, start: number, tokens: number): number {
  let other = 0;
  for (let end = start; end < text.length; end += 1) {
    if (isOther(text, end)) other += 1;
    if (exactTokens(end + 1 - start, other) > tokens) return end;
  }
  return text.length;
}

/** Where the longest text up to `end` starts that is estimated at no more than `tokens`. May be inside a character. */
export function fittingStart(text: string, end: number, tokens: number): number {
  let other = 0;
  for (let start = end; start > 0; start -= 1) {
    if (isOther(text, start - 1)) other += 1;
    if (exactTokens(end + 1 - start, other) > tokens) return start;
  }
  return 0;
}

function isOther(text: string, index: number): boolean {
  return text.charCodeAt(index) > 127;
}

function exactTokens(length: number, other: number): number {
  return (length - other) / MOST_CHARACTERS_A_TOKEN + other / OTHER_CHARACTERS_A_TOKEN;
}
