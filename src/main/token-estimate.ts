/** Of ASCII, in English and in code; other scripts have fewer. */
const MOST_CHARACTERS_A_TOKEN = 4;
const OTHER_CHARACTERS_A_TOKEN = 1.5;

/**
 * About how many tokens a text is: four characters each in ASCII, one and a half otherwise. A guess on purpose:
 * exact tokenizers take seconds on hostile input and differ by model. It decides what is refused before it is
 * sent; the server has the last word.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) other += 1;
  return Math.ceil((text.length - other) / MOST_CHARACTERS_A_TOKEN + other / OTHER_CHARACTERS_A_TOKEN);
}

/** A text that is longer is estimated at more than so many tokens, whatever is in it. */
export function mostCharacters(tokens: number): number {
  return tokens * MOST_CHARACTERS_A_TOKEN;
}
