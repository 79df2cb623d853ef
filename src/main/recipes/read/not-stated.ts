import { NOT_STATED, NOT_STATED_REPLY } from '../../../shared/answer-words.ts';
import { bare, withoutEnd } from './reading.ts';

const SAID = new Set([NOT_STATED, NOT_STATED_REPLY].map((words) => words.toLowerCase()));

/** Whether a reply is what a model is told to answer where the document does not say. */
export function isNotStated(raw: string): boolean {
  if (raw.length > 200) return false;
  return SAID.has(bare(withoutEnd(bare(raw), /[.!]/)).toLowerCase());
}
