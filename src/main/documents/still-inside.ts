import { fstatSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Problem, problem } from '../../shared/problem.ts';
import { identityOf } from './dropped-area.ts';

/**
 * Why an open file may not be read; null if it lies in one of `roots`. Since the walk found it there, a link may have
 * taken its place, or that of a folder above it. What was opened is compared, because the name may change its meaning at
 * any moment.
 * @throws the system's error.
 */
export function whyOutside(handle: number, path: string, roots: readonly string[]): Problem | null {
  const real = realpathSync(path);
  // Replaced since it was opened, as programs do when they save: the next run reads the new one.
  if (identityAt(real) !== identityOf(fstatSync(handle, { bigint: true }))) {
    return problem('file_vanished', { what: 'file' });
  }
  const inside = new Set(roots.map(identityAt).filter((root) => root !== null));
  for (let at = real; ; at = dirname(at)) {
    const identity = identityAt(at);
    if (identity !== null && inside.has(identity)) return null;
    if (at === dirname(at)) return problem('file_outside', { target: real, replaced: true });
  }
}

/** Null if nothing is there. */
function identityAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : identityOf(stats);
}
