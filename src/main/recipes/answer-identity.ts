import { createHash } from 'node:crypto';
import type { Question, Recipe, Sending } from '../../shared/recipe.ts';
import { fillIn, variablesOf } from './question-prompt.ts';

/** Everything about a question that its answer depends on, besides the question itself. */
export interface AskedOf {
  readonly recipe: Pick<Recipe, 'asked' | 'order'>;
  /** What is sent of the file: of one without pages the text, whatever the recipe says. */
  readonly sending: Sending;
  readonly host: string;
  readonly model: string;
  readonly temperature: number;
  /** Name of the file, with its folder: a question may name them. */
  readonly name: string;
  /** SHA-256 of the file, and what else decides what is read of it. */
  readonly content: string;
}

/**
 * Identifies an answer by what it depends on: a question that was renamed or moved keeps its answers, and one that was
 * reworded does not. The day is left out, or every answer to a question that names it would be asked for again the next.
 * @returns SHA-256 in hexadecimal
 */
export function answerIdentity(question: Question, asked: AskedOf): string {
  const { recipe, sending, host, model, temperature, name, content } = asked;
  const ask = fillIn(question.ask, { ...variablesOf(name), date: '{date}' });
  // Answers of before there was a choice depend on the text.
  const send = sending === 'text' ? {} : { send: sending };
  const how = { asked: recipe.asked, order: recipe.order, host, model, temperature, ...send };
  return createHash('sha256')
    .update(JSON.stringify([whatIsAsked({ ...question, ask }), how, content]))
    .digest('hex');
}

/** What makes a question another one; its title and its place do not. */
export function whatIsAsked({ ask, answer, proof, maxTokens, builtin }: Question): string {
  return JSON.stringify([ask, answer, proof, maxTokens, builtin?.task ?? null]);
}
