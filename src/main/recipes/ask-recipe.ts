import type { Answer, Coverage } from '../../shared/answer.ts';
import type { Places } from '../../shared/places.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { Usage } from '../llm/token-usage.ts';
import { groupsOf } from './ask-group.ts';
import { askInParts, type PartedAnswer } from './ask-in-parts.ts';
import { type Proven, proveAnswers, UNPROVEN } from './prove-answers.ts';
import type { RecipeInput, RecipeOptions, SentPages } from './recipe-input.ts';

export interface RecipeReport {
  /** In the order of the questions. */
  readonly answers: readonly Answer[];
  /** Sum over the questions that were answered; null if any of their counts is unknown, or none was answered. */
  readonly totalTokens: number | null;
  /** Pages whose text was sent, because no picture of them could be drawn. */
  readonly notDrawn: readonly number[];
}

/** Asks questions side by side; each succeeds or fails independently. */
export async function askRecipe(gateway: Gateway, input: RecipeInput, options: RecipeOptions): Promise<RecipeReport> {
  const { llm } = options.connection.settings.provider;
  const groups = groupsOf(input.recipe, input.questions, llm);
  const { answers, usages, notDrawn } = await askInParts(gateway, groups, input, options);
  const proofs = await proveAnswers(input, answers, llm);
  return {
    answers: answers.map((answer, index) => toAnswer(answer, proofs[index] ?? UNPROVEN, input)),
    totalTokens: sumTokens(usages),
    notDrawn,
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

function toAnswer(asked: PartedAnswer, proven: Proven, { text, places, pages }: RecipeInput): Answer {
  const { quotes: _, parts, partsRead, ...answer } = asked;
  const status = answer.problem === null ? 'done' : 'failed';
  const coverage = { parts, partsRead, characters: text.length, ...covered(places, pages) };
  return { ...answer, ...proven, status, coverage };
}

function covered(places: Places | null, sent: SentPages | undefined): Pick<Coverage, 'pages' | 'unit' | 'seen'> {
  if (sent !== undefined) return { pages: sent.count, seen: sent.withText ? 'with_text' : 'alone' };
  if (places === null) return { pages: null };
  return { pages: places.starts.length, unit: places.unit };
}
