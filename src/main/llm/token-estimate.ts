/**
 * About how many tokens a text is: four characters each in ASCII, one and a half otherwise. A guess on purpose:
 * exact tokenizers take seconds on hostile input and differ by model. It decides what is refused before it is
 * sent; the server has the last word.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) other += 1;
  return Math.ceil((text.length - other) / 4 + other / 1.5);
}
