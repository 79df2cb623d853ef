import { createContext } from 'react';
import { foldText } from '../../../../shared/fold-text.ts';

/** The words that are looked for in the conversation; empty while none are. */
export const SoughtWords = createContext('');

/** Marks that may stand within words. */
const marks = /[*_~`]+|\\(?=[!-/:-@[-`{-~])|\]\([^()\s]*\)|!?\[/g;

/** Whether words stand in a Markdown text only when its marks are gone, so that it has to be drawn for them to be found. */
export function standAcrossMarks(source: string, words: string): boolean {
  const wanted = foldText(words);
  if (wanted.trim() === '' || foldText(source).includes(wanted)) return false;
  return foldText(source.replace(marks, '')).includes(wanted);
}
