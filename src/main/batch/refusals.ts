import type { Answer } from '../../shared/answer.ts';
import type { Problem, ProblemCode } from '../../shared/problem.ts';
import type { ItemOutcome } from './item-record.ts';

/** What a host says to one file, or to all. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set([
  'unauthorized',
  'forbidden',
  'model_not_found',
  'not_found',
  'quota_exhausted',
  'rate_limited',
  // Not of any host: a bug that every file runs into.
  'unexpected',
]);
/** Files beyond those in work, which may have been refused before any other could succeed. */
const IN_A_ROW = 10;

/** Notices that a host which answers small questions takes no file at all, as where an account has little left. */
export interface Refusals {
  /** @returns why the batch should stop, if it should. */
  ended(outcome: ItemOutcome, inWork: number): Problem | null;
  /** Whether the last file was refused. */
  any(): boolean;
}

export function createRefusals(): Refusals {
  let code: ProblemCode | null = null;
  let inARow = 0;
  return {
    ended: ({ problem, answers }, inWork) => {
      // A file that cannot be read was not shown to the host.
      if (answers.length === 0) return null;
      if (problem === null || !REFUSALS.has(problem.code) || answers.some(isDone)) {
        inARow = 0;
        return null;
      }
      inARow = problem.code === code ? inARow + 1 : 1;
      code = problem.code;
      return inARow > IN_A_ROW + inWork ? problem : null;
    },
    any: () => inARow > 0,
  };
}

function isDone({ status }: Answer): boolean {
  return status === 'done';
}
