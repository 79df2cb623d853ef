import { type Problem, problem } from '../../shared/problem.ts';
import { StoreError } from '../store/store-error.ts';
import { storeProblem } from '../store/store-failure.ts';

/** What a person is told when a batch met a failure of Docket itself. */
export function whyStopped(error: unknown): Problem {
  if (error instanceof StoreError) return storeProblem(error, 'results');
  return problem('unexpected', { where: 'batch' }, { detail: error instanceof Error ? error.message : String(error) });
}
