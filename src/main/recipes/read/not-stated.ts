import { NOT_STATED, NOT_STATED_REPLY } from '../../../shared/answer-words.ts';
import type { AnswerKind } from '../../../shared/recipe.ts';
import { bare, type ReadAnswer, withoutEnd } from './reading.ts';

const EXACTLY = new Set([NOT_STATED, NOT_STATED_REPLY].map((words) => words.toLowerCase()));

const DOCUMENT = '(?:document|text|contract|agreement|file|invoice|letter|report)';
const SAID = 'stated|specified|mentioned|indicated';
const IN_IT = `(?: (?:in|by) (?:the|this) (?:\\w+ )?${DOCUMENT})?`;
const OTHERWISE = new RegExp(`^(?:it is )?(?:not (?:\\w+ly )?(?:${SAID})|unspecified|unstated)${IN_IT}$`);

/** Words that could also be an answer in prose: "Not available". */
const OR_MISSING = new RegExp(`^(?:it is )?not (?:provided|given|disclosed|found|available|included)${IN_IT}$`);
const SENTENCE = new RegExp(
  `^(?:the|this) (?:\\w+ )?${DOCUMENT} (?:does not|doesn['’]t) (?:\\w+ly )?(?:state|specify|mention|indicate|contain|provide|give|include) `,
);

/** What a model is asked to write where it writes JSON. */
const NULL_AS_TEXT = 'The answer is the word “null”.';

const LONGEST = 200;

/** Whether a reply says that the document does not state the answer; null if it does not say so. */
export function readNotStated(answer: AnswerKind, raw: string): ReadAnswer | null {
  if (raw.length > LONGEST) return null;
  const words = bare(withoutEnd(bare(raw), /[.!]/)).toLowerCase();
  if (EXACTLY.has(words)) return { value: { type: 'not_stated' }, note: null };
  if (words === 'null' && !isChoice(answer, words)) return { value: { type: 'not_stated' }, note: NULL_AS_TEXT };
  if (!saysSoOtherwise(answer, words)) return null;
  return { value: { type: 'not_stated' }, note: 'The answer says that it is not stated, in other words.' };
}

function isChoice(answer: AnswerKind, words: string): boolean {
  return 'choices' in answer && answer.choices.some((choice) => choice.toLowerCase() === words);
}

function saysSoOtherwise(answer: AnswerKind, words: string): boolean {
  switch (answer.type) {
    case 'text':
    case 'list':
    case 'yes_no':
      return OTHERWISE.test(words);
    case 'choice':
    case 'choices':
      if (answer.open || isChoice(answer, words)) return false;
      return OTHERWISE.test(words) || OR_MISSING.test(words) || SENTENCE.test(words);
    case 'number':
    case 'date':
      return OTHERWISE.test(words) || OR_MISSING.test(words) || SENTENCE.test(words);
  }
}
