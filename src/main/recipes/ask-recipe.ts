import type { Answer, Coverage } from '../../shared/answer.ts';
import type { Places } from '../../shared/places.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { Usage } from '../llm/token-usage.ts';
import { groupsOf } from './ask-group.ts';
import { askInParts, type PartedAnswer } from './ask-in-parts.ts';
import { type Proven, proveAnswers, UNPROVEN } from './prove-answers.ts';
import type { RecipeInput, RecipeOptions } from './recipe-input.ts';

export interface RecipeReport {
  /** In the order of the questions. */
  readonly answers: readonly Answer[];
  /** Sum over the questions that were answered; null if any of their counts is unknown, or none was answered. */
  readonly totalTokens: number | null;
}

/** Asks questions side by side; each succeeds or fails independently. */
export async function askRecipe(gateway: Gateway, input: RecipeInput, options: RecipeOptions): Promise<RecipeReport> {
  const { llm } = options.connection.settings.provider;
  const groups = groupsOf(input.recipe, input.questions, llm);
  const { answers, usages } = await askInParts(gateway, groups, input, options);
  const proofs = await proveAnswers(input, answers, llm);
  return {
    answers: answers.map((answer, index) => toAnswer(answer, proofs[index] ?? UNPROVEN, input)),
    totalTokens: sumTokens(usages),
  };
}

function sumTokens(usages: readonly (Usage | null)[]): number | null {
  const known = usages.flatMap((usage) => usage?.totalTokens ?? []);
  return known.length === 0 || known.length < usages.length ? null : known.reduce((sum, n) => sum + n, 0);
}

/** The first failed question's problem, in the order of the recipe. */
export function firstProblem(answers: readonly Answer[]): Problem | null {
  return answers.find((answer) => answer.problem !== null)?.problem ?? null;
}

function toAnswer(asked: PartedAnswer, proven: Proven, { text, places }: RecipeInput): Answer {
  const { quotes: _, parts, partsRead, ...answer } = asked;
  const status = answer.problem === null ? 'done' : 'failed';
  return { ...answer, ...proven, status, coverage: { parts, partsRead, characters: text.length, ...covered(places) } };
}

function covered(places: Places | null): Pick<Coverage, 'pages' | 'unit'> {
  if (places === null) return { pages: null };
  return { pages: places.starts.length, unit: places.unit };
}
