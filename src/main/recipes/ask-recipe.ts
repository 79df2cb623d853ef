import type { Answer } from '../../shared/answer.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';

import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { Usage } from '../llm/token-usage.ts';
import { type AskedQuestion, askGroup, groupsOf, tokensFor } from './ask-group.ts';
import { type Proven, proveAnswers, UNPROVEN } from './prove-answers.ts';
import type { RecipeInput, RecipeOptions } from './recipe-input.ts';

export interface RecipeReport {
  /** In the order of the questions. */
  readonly answers: readonly Answer[];
  /** Sum over the questions that were answered; null if any of their counts is unknown, or none was answered. */
  readonly totalTokens: number | null;
}

/** Asks questions in parallel; each succeeds or fails independently. */
export async function askRecipe(gateway: Gateway, input: RecipeInput, options: RecipeOptions): Promise<RecipeReport> {
  const { llm } = options.connection.settings.provider;
  const groups = groupsOf(input.recipe, input.questions, llm);
  const asked = await Promise.all(groups.map((group) => askGroup(gateway, group, input, options)));
  const answers = asked.flatMap((group) => group.answers);
  const proofs = await proveAnswers(input, answers, llm);
  return {
    answers: answers.map((answer, index) => toAnswer(answer, proofs[index] ?? UNPROVEN)),
    totalTokens: sumTokens(asked.flatMap(({ usages }) => usages)),
  };
}

function sumTokens(usages: readonly (Usage | null)[]): number | null {
  const known = usages.flatMap((usage) => usage?.totalTokens ?? []);
  return known.length === 0 || known.length < usages.length ? null : known.reduce((sum, n) => sum + n, 0);
}

/** Refuses text too long for the model before anything is sent; text is never truncated. */
export function fittingText(
  document: Pick<ReadDocument, 'text' | 'tokens'>,
  recipe: Recipe,
  model: string,
  connection: Connection,
): Result<string, Problem> {
  const tokens = document.tokens + promptTokens(recipe);
  const contextTokens = connection.settings.contextTokens(model);
  if (document.text !== null && tokens <= contextTokens) return ok(document.text);
  return err(problem('context_too_long', { what: 'file', tokens, limitTokens: contextTokens, model }));
}

/** What the longest request needs in addition to the text itself, its answer included. */
function promptTokens(recipe: Recipe): number {
  const needed = groupsOf(recipe, recipe.questions, true).map(
    (group) => tokensFor(group) + group.questions.reduce((sum, { ask }) => sum + estimateTokens(ask), 0),
  );
  return Math.max(0, ...needed);
}

/** The first failed question's problem, in the order of the recipe. */
export function firstProblem(answers: readonly Answer[]): Problem | null {
  return answers.find((answer) => answer.problem !== null)?.problem ?? null;
}

function toAnswer({ quotes: _, ...asked }: AskedQuestion, proven: Proven): Answer {
  const status = asked.problem === null ? 'done' : 'failed';
  return { ...asked, ...proven, status, coverage: null };
}
