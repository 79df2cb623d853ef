/** For ASCII, in English and code; other scripts have fewer characters per token. */
const MOST_CHARACTERS_A_TOKEN = 4;
const OTHER_CHARACTERS_A_TOKEN = 1.5;

/**
 * Estimates the tokens in a text: four characters each in ASCII, one and a half otherwise. Deliberately rough: exact
 * tokenizers take seconds on hostile input and differ by model. It decides what is refused before it is sent; the
 * server has the last word.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) other += 1;
  return Math.ceil((text.length - other) / MOST_CHARACTERS_A_TOKEN + other / OTHER_CHARACTERS_A_TOKEN);
}

/** Any longer text is estimated at more than `tokens`, whatever it contains. */
export function mostCharacters(tokens: number): number {
  return tokens * MOST_CHARACTERS_A_TOKEN;
}
