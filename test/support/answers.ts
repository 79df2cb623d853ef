/** Answers as tests write and read them. */
import type { RecordedAnswer } from '../../src/main/batch/item-record.ts';
import type { AnswerCell, AnswerValue } from '../../src/shared/answer.ts';
import { valueWords } from '../../src/shared/answer-words.ts';
import type { Problem } from '../../src/shared/problem.ts';

/** An answer that succeeded: a text, a list, or (null) a reply without a value. */
export function makeAnswer(
  question: string,
  said: string | readonly string[] | null,
  over: Partial<RecordedAnswer> = {},
): RecordedAnswer {
  return {
    question,
    status: 'done',
    value: said === null ? null : toValue(said),
    raw: said === null ? null : String(said),
    note: null,
    problem: null,
    proof: null,
    evidence: [],
    coverage: null,
    callIds: [],
    identity: null,
    ...over,
  };
}

export function failedAnswer(question: string, problem: Problem, over: Partial<RecordedAnswer> = {}): RecordedAnswer {
  return makeAnswer(question, null, { status: 'failed', problem, ...over });
}

function toValue(said: string | readonly string[]): AnswerValue {
  return typeof said === 'string' ? { type: 'text', text: said } : { type: 'list', items: said };
}

/** What the columns of a row show, by question; null for a cell without a value. */
export function cellsOf(row: { readonly answers: readonly AnswerCell[] } | undefined): Record<string, string | null> {
  const cells = row?.answers.map(
    ({ question, value }) => [question, value === null ? null : valueWords(value)] as const,
  );
  return Object.fromEntries(cells ?? []);
}
