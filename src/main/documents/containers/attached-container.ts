import type { Problem } from '../../../shared/problem.ts';
import { ok } from '../../../shared/result.ts';
import { tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import type { Container } from './container.ts';
import { createUniqueNames, tidyName } from './member-names.ts';

/** A file that a document carries. */
interface AttachedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Why it cannot be read, where that is known. */
  readonly problem?: Problem | null;
}

/** What is attached to a document. @param isFolder it has no text of its own. */
export function attachedContainer(
  attached: readonly AttachedFile[],
  limits: ExtractLimits,
  isFolder = false,
): Container {
  const unique = createUniqueNames();
  const members = attached.map(({ name, bytes, problem: why = null }) => ({
    name: unique(tidyName(name) ?? 'unnamed'),
    bytes: bytes.length,
    problem: why ?? (bytes.length > limits.maxFileBytes ? tooLargeFile(bytes.length, limits.maxFileBytes) : null),
    unpack: async () => ok(bytes),
  }));
  return { isFolder, members, skipped: 0 };
}
