/** The messages that ask the questions of a recipe. */

import { NOT_STATED_REPLY } from '../../shared/answer-words.ts';
import { partedName } from '../../shared/inside.ts';
import type { AnswerKind, Question, Recipe } from '../../shared/recipe.ts';
import { wrapDocument } from '../common/document-tags.ts';
import { answerKeys, formInWords } from './answer-schema.ts';

/** Independent of the chat setting, so that the same file gets the same answer. */
export const RECIPE_TEMPERATURE = 0;

/** What the variables of a question stand for. */
export interface Variables {
  /** The file's name, without its folder. */
  readonly file: string;
  readonly folder: string;
  /** Of this machine's time zone, in ISO 8601. */
  readonly date: string;
}

export interface Prompt {
  readonly content: string;
  /** The part of `content` that is stored once for all prompts about the same document: its text, if possible. */
  readonly document: string;
  /** What is asked, without the document, as a list shows it. */
  readonly asked: string;
}

/** What the variables stand for when a file is asked about. */
export function variablesOf(name: string): Variables {
  return { ...partedName(name), date: localDate() };
}

function localDate(): string {
  const now = new Date();
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

/**
 * Asks one question about a document. With the document first, everything up to the question is byte for byte the same
 * for every question, so that providers can reuse what they computed for it.
 * @param llm false for the built-in engine, which takes the document between tags and needs no instructions.
 */
export function questionPrompt(
  { order }: Pick<Recipe, 'order'>,
  question: Question,
  document: { readonly name: string; readonly text: string },
  variables: Variables,
  llm: boolean,
): Prompt {
  const ask = fillIn(question.ask, variables);
  const marked = wrapDocument(document.name, document.text);
  const shared = sharedIn(marked, document.text);
  if (order === 'question_first' && llm) {
    const content = `${ask}${document.text}`;
    return { content, document: document.text, asked: content };
  }
  if (order === 'question_first')
    return { content: `${ask}${marked}`, document: shared, asked: `${ask}${document.text}` };
  if (!llm) return { content: `${marked}\n\n${ask}`, document: shared, asked: ask };
  const content = `${marked}\n\nAnswer this question about the document above: ${ask}\n${howToAnswer(question.answer)} ${NOTHING_ELSE}`;
  return { content, document: shared, asked: ask };
}

/** A text that holds document tags itself is escaped between them. */
function sharedIn(marked: string, text: string): string {
  return marked.includes(text) ? text : marked;
}

/** Asks several questions at once, or one with proof: the answer is one JSON object. */
export function groupPrompt(
  questions: readonly Question[],
  document: { readonly name: string; readonly text: string },
  variables: Variables,
): Prompt {
  const marked = wrapDocument(document.name, document.text);
  const keys = answerKeys(questions);
  const asks = questions.map(({ ask }, index) => `- ${JSON.stringify(keys[index])}: ${fillIn(ask, variables)}`);
  const asked = asks.join('\n');
  const content = `${marked}\n\nAnswer these questions about the document above:\n${asked}\n\n${formInWords(questions)}`;
  return { content, document: sharedIn(marked, document.text), asked };
}

const NOTHING_ELSE = `Reply with the answer alone. If the document does not state it, reply exactly: ${NOT_STATED_REPLY}`;

function howToAnswer(answer: AnswerKind): string {
  switch (answer.type) {
    case 'text':
      return answer.maxWords === undefined ? 'Be brief.' : `Use at most ${answer.maxWords} words.`;
    case 'choice':
      return answer.open
        ? `Use one word, such as: ${answer.choices.join(', ')}.`
        : `Use exactly one of: ${answer.choices.join(', ')}.`;
    case 'list':
      return answer.maxItems === undefined
        ? 'Separate items with commas.'
        : `Name at most ${answer.maxItems} items, separated by commas.`;
    case 'choices':
      return `Use only these, separated by commas: ${answer.choices.join(', ')}.`;
    case 'number':
      return answer.unit === undefined ? 'Give one number, with its unit.' : `Give one number in ${answer.unit}.`;
    case 'date':
      return 'Give the date as YYYY-MM-DD, or as YYYY-MM or YYYY if the document says no more.';
    case 'yes_no':
      return 'Say yes or no.';
  }
}

/** Puts the values of variables into a question. Braces around any other word stay as they are. */
export function fillIn(ask: string, variables: Variables): string {
  return ask.replaceAll(/\{(file|folder|date)\}/g, (_, name: keyof Variables) => variables[name]);
}
