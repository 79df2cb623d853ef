/**
 * The choice that a word names, in whatever case, number and spelling of its spaces; undefined if it is none of them or
 * several. A translation is not the same choice.
 */
export function choiceNamed(word: string, choices: readonly string[]): string | undefined {
  for (const fold of [foldCase, foldSpaces, foldNumber]) {
    const [only, ...more] = choices.filter((choice) => fold(choice) === fold(word));
    if (only !== undefined) return more.length === 0 ? only : undefined;
  }
  return undefined;
}

function foldCase(words: string): string {
  return words.normalize('NFKC').toLowerCase().trim();
}

function foldSpaces(words: string): string {
  return foldCase(words).replaceAll(/[\s_‐‑–-]+/g, ' ');
}

/** Of short words, an "s" is a letter of its own. */
const SHORTEST_PLURAL = 5;

function foldNumber(words: string): string {
  const folded = foldSpaces(words);
  if (folded.length < SHORTEST_PLURAL) return folded;
  return folded
    .replace(/ies$/, 'y')
    .replace(/(?<=s|x|z|ch|sh)es$/, '')
    .replace(/(?<!s)s$/, '');
}
