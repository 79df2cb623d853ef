/** Looks up what was given as proof of a file's answers. */
import type { Evidence, Proof } from '../../shared/answer.ts';
import type { Question } from '../../shared/recipe.ts';
import type { AskedQuestion } from './ask-group.ts';
import { findQuotations, isQuotation } from './find-quotation.ts';
import type { RecipeInput } from './recipe-input.ts';

export interface Proven {
  readonly proof: Proof | null;
  readonly evidence: readonly Evidence[];
}

/** Where no proof is needed. */
export const UNPROVEN: Proven = { proof: null, evidence: [] };

/** @returns one for each answer, in their order. */
export async function proveAnswers(
  { questions, text, places }: Pick<RecipeInput, 'questions' | 'text' | 'places'>,
  answers: readonly AskedQuestion[],
  llm: boolean,
): Promise<readonly Proven[]> {
  const quotes = answers.map((answer) => {
    const question = questions.find(({ id }) => id === answer.question);
    return question === undefined ? null : quotesOf(question, answer, llm);
  });
  const found = await findQuotations(text, places, [...new Set(quotes.flatMap((of) => of ?? []))]);
  return quotes.map((of) =>
    of === null ? UNPROVEN : proofBy(of.map((quote) => ({ quote, place: found.get(quote) ?? null }))),
  );
}

/** Null if no proof is needed: none was asked for, or nothing is claimed. Too short ones are none. */
function quotesOf(
  question: Question,
  { value, quotes, problem }: AskedQuestion,
  llm: boolean,
): readonly string[] | null {
  if (problem !== null) return null;
  if (!llm) return quotes.length === 0 ? null : quotes;
  if (!question.proof || value === null || value.type === 'not_stated') return null;
  return quotes.filter(isQuotation);
}

function proofBy(evidence: readonly Evidence[]): Proven {
  if (evidence.length === 0) return { proof: 'none', evidence };
  return { proof: evidence.every(({ place }) => place !== null) ? 'found' : 'not_found', evidence };
}
