/** What a model makes one answer from, where a document was too long to be read at once. */
import type { Recipe } from '../../shared/recipe.ts';
import { estimateTokens } from '../common/token-estimate.ts';

const INTRODUCTION =
  'This document was too long to be read at once. Here are the answers to the same question about each of its parts, in order.';

/**
 * The texts that stand in for the document when its question is asked once more: the answers about its parts, in their
 * order, in as few texts as fit, each of which makes one answer of several. Null if not even two fit into one.
 * @param tokens the most that each text may take.
 */
export function reducedTexts(
  { order }: Pick<Recipe, 'order'>,
  answers: readonly string[],
  tokens: number,
): readonly string[] | null {
  const groups: string[][] = [];
  for (const answer of answers) {
    const group = groups.at(-1);
    if (group !== undefined && estimateTokens(toText(order, [...group, answer])) <= tokens) group.push(answer);
    else groups.push([answer]);
  }
  // A text with one answer has nothing to reduce; unless all shrink to fewer, this would never end.
  if (groups.length > Math.ceil(answers.length / 2)) return null;
  return groups.map((group) => toText(order, group));
}

/** With the question first, as plain as the document would be; otherwise the document's place needs to be explained. */
function toText(order: Recipe['order'], answers: readonly string[]): string {
  if (order === 'question_first') return answers.join('\n\n');
  return [INTRODUCTION, ...answers.map((answer, index) => `${index + 1}. ${answer}`)].join('\n\n');
}
