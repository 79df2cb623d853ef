import { type Problem, problem } from '../../shared/problem.ts';
import { StoreError } from '../store/store-thread.ts';

/** What a person is told when a batch met a failure of Docket itself. */
export function whyStopped(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return error instanceof StoreError
    ? problem(
        'store_failed',
        'The batch stopped because its results could not be stored. Is the disk full? Finished files are kept.',
        { detail },
      )
    : problem('unexpected', 'The batch stopped because of an error in Docket. Finished files are kept.', { detail });
}
