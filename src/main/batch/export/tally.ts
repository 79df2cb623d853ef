/** Counts of what an export holds, taken while it is written. */
import { shownValue } from '../../../shared/answer-words.ts';
import type { Batch, ItemDetail, ItemStatus } from '../../../shared/batch-data.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { columnTitle } from '../../../shared/recipe.ts';
import { inPart } from './answer-export-words.ts';

/** Different problems that are listed; beyond them, the rest is counted. */
const MOST_PROBLEMS = 100;

export interface QuestionTally {
  readonly title: string;
  answered: number;
  notStated: number;
  failed: number;
  /** Quotations in the document, answers with one that is not, and answers without any although asked for. */
  found: number;
  notFound: number;
  unquoted: number;
  inPart: number;
}

export interface Tally {
  add(item: ItemDetail): void;
  readonly files: () => number;
  readonly statuses: ReadonlyMap<ItemStatus, number>;
  readonly questions: ReadonlyMap<string, QuestionTally>;
  /** Why files failed, in words, and how many did. */
  readonly problems: ReadonlyMap<string, number>;
  /** Failed files whose problem is not among those. */
  readonly otherProblems: () => number;
}

export function createTally({ recipe, llm }: Batch): Tally {
  const statuses = new Map<ItemStatus, number>();
  const problems = new Map<string, number>();
  const questions = new Map(
    recipe.questions.map((question) => [question.id, emptyTally(columnTitle(question, llm))] as const),
  );
  let files = 0;
  let otherProblems = 0;

  function addProblem(words: string): void {
    const known = problems.get(words);
    if (known !== undefined || problems.size < MOST_PROBLEMS) problems.set(words, (known ?? 0) + 1);
    else otherProblems += 1;
  }

  return {
    statuses,
    questions,
    problems,
    files: () => files,
    otherProblems: () => otherProblems,
    add({ row, answers }) {
      files += 1;
      statuses.set(row.status, (statuses.get(row.status) ?? 0) + 1);
      if (row.problem !== null && row.status === 'failed') addProblem(problemSentence(row.problem));
      for (const answer of answers) {
        const tally = questions.get(answer.question);
        if (tally === undefined) continue;
        const shown = shownValue(answer);
        if (shown?.type === 'not_stated') tally.notStated += 1;
        else if (shown !== null) tally.answered += 1;
        else if (answer.status === 'failed') tally.failed += 1;
        if (answer.proof === 'found') tally.found += 1;
        if (answer.proof === 'not_found') tally.notFound += 1;
        if (answer.proof === 'none') tally.unquoted += 1;
        if (inPart(answer)) tally.inPart += 1;
      }
    },
  };
}

function emptyTally(title: string): QuestionTally {
  return { title, answered: 0, notStated: 0, failed: 0, found: 0, notFound: 0, unquoted: 0, inPart: 0 };
}
