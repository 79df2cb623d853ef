import type { Question } from './recipe.ts';

const MAX_TITLE_CHARACTERS = 60;

/** What a column is called unless it is given a title: the question without its mark, cut at a word. */
export function questionTitle({ title, ask }: Pick<Question, 'title' | 'ask'>): string {
  if (title.trim() !== '') return title.trim();
  const words = ask
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .replace(/[?.:!]+$/u, '');
  if (words.length <= MAX_TITLE_CHARACTERS) return words;
  const cut = words.slice(0, MAX_TITLE_CHARACTERS - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** The title, or with a number that no other column has. */
export function freeTitle(title: string, taken: ReadonlySet<string>): string {
  if (!taken.has(title.toLowerCase())) return title;
  for (let number = 2; ; number += 1) {
    const numbered = `${title.slice(0, MAX_TITLE_CHARACTERS - 5)} (${number})`;
    if (!taken.has(numbered.toLowerCase())) return numbered;
  }
}
