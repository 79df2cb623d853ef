import { type Problem, type ProblemParameters, problem } from '../../shared/problem.ts';
import { StoreError } from './store-error.ts';

/** Why something could not be stored or read, judged by SQLite's result code. */
export function storeProblem(error: unknown, what: ProblemParameters['store_failed']['what']): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  const cause = error instanceof StoreError ? error.reason : 'other';
  return problem('store_failed', { what, cause }, { detail });
}
