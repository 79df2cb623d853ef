import { ok } from '../../../shared/result.ts';
import { tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import type { Container } from './container.ts';
import { createUniqueNames, tidyName } from './member-names.ts';

/** A file that a document carries. */
interface AttachedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What is attached to a document. @param isFolder it has no text of its own. */
export function attachedContainer(
  attached: readonly AttachedFile[],
  limits: ExtractLimits,
  isFolder = false,
): Container {
  const unique = createUniqueNames();
  const members = attached.map(({ name, bytes }) => ({
    name: unique(tidyName(name) ?? 'unnamed'),
    bytes: bytes.length,
    problem: bytes.length > limits.maxFileBytes ? tooLargeFile(bytes.length, limits.maxFileBytes) : null,
    unpack: async () => ok(bytes),
  }));
  return { isFolder, members, skipped: 0 };
}
