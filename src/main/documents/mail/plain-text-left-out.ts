import type { ReadingNote } from '../../../shared/reading-note.ts';
import { withoutMarks } from '../drawings/pictures.ts';
import { countsByLetters, wordsLacking } from './same-words.ts';

/**
 * A plain text that stands in for the page ("Your program cannot show this mail. View it in a browser") has up to three
 * sentences, and one that is made from the page differs from it by names of pictures and links.
 */
const fewestWords = 50;
/** The same in scripts whose words are counted by their letters: two or three make a word. */
const fewestLetters = 125;
const smallestShare = 0.25;

/** Links, which a page keeps behind its words, and what programs write for pictures. */
const links = /(?:https?:\/\/|www\.|mailto:)[^\s<>]+|\[(?:cid|image):[^\]\n]{0,300}\]/gi;

/** The note that a plain text says what the page that was read in its place does not; none if it says little more. */
export function plainTextLeftOut(plain: string, page: string): readonly ReadingNote[] {
  const text = withoutMarks(plain).replace(links, ' ');
  const { lacking, of } = wordsLacking(withoutMarks(page), text);
  if (lacking < (countsByLetters(text) ? fewestLetters : fewestWords) || lacking < of * smallestShare) return [];
  return [{ code: 'plain_text_left_out', params: { words: lacking, of } }];
}
