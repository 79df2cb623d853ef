import { access } from 'node:fs/promises';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Desktop } from './desktop.ts';

/** Shows a file in the system's file manager, which says nothing when it is told to show nothing. */
export async function reveal(desktop: Desktop, path: string): Promise<Result<null, Problem>> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return err(problem('file_vanished', { what: 'shown' }));
  desktop.revealFile(path);
  return ok(null);
}
