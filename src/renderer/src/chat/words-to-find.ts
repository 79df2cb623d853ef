import { foldText } from '../../../shared/fold-text.ts';

/** The search text as it occurs in the texts: all of it, or else the first of its words that occurs. */
export function wordsToFind(searched: string, texts: readonly string[]): string {
  const folded = texts.map(foldText);
  const occurs = (words: string) => words !== '' && folded.some((text) => text.includes(foldText(words)));
  const bare = searched.trim().replace(/^"(.*)"$/u, '$1');
  return [bare, ...bare.split(/\s+/u)].find(occurs) ?? '';
}
