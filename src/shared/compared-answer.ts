/** What one of two compared batches has as the answer to a question about a file. */
import { shownValue, valueWords } from './answer-words.ts';
import type { ItemRow } from './batch-data.ts';
import { problemSentence } from './problem-words.ts';

export interface ComparedAnswer {
  readonly kind: 'value' | 'failed' | 'nothing';
  /** The value, or why there is none; empty where nothing is known of that. */
  readonly words: string;
}

const nothing: ComparedAnswer = { kind: 'nothing', words: '' };

/** `row` is null where the batch does not have the file. */
export function comparedAnswer(row: ItemRow | null, question: string | undefined): ComparedAnswer {
  if (row === null) return nothing;
  const answer = row.answers.find((one) => one.question === question);
  const value = answer === undefined ? null : shownValue(answer);
  if (value !== null) return { kind: 'value', words: valueWords(value) };
  const failed = answer === undefined ? row.status === 'failed' : answer.status === 'failed';
  if (!failed || row.problem === null) return nothing;
  return { kind: 'failed', words: `Failed: ${problemSentence(row.problem)}` };
}
