import { type Problem, type ProblemParameters, problem, type StoreFailureCause } from '../../shared/problem.ts';
import { StoreError } from './store-thread.ts';

/** Why something could not be stored or read, by what SQLite says of the cause. */
export function storeProblem(error: unknown, what: ProblemParameters['store_failed']['what']): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return problem('store_failed', { what, cause: causeOf(error) }, { detail });
}

/** SQLite's result codes: sqlite.org/rescode.html. */
function causeOf(error: unknown): StoreFailureCause {
  const code = error instanceof StoreError ? (error.code ?? '') : '';
  if (code === 'SQLITE_FULL') return 'disk_full';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'damaged';
  if (code.startsWith('SQLITE_READONLY')) return 'read_only';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') ? 'locked' : 'other';
}
