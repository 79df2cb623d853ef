import { ok } from '../../../shared/result.ts';
import type { AttachedFile } from '../mail/message.ts';
import type { Container } from './container.ts';
import { createUniqueNames, tidyName } from './member-names.ts';

/** What is attached to a mail, which has a text of its own. */
export function mailContainer(attached: readonly AttachedFile[]): Container {
  const unique = createUniqueNames();
  const members = attached.map(({ name, bytes }) => ({
    name: unique(tidyName(name) ?? 'unnamed'),
    bytes: bytes.length,
    problem: null,
    unpack: async () => ok(bytes),
  }));
  return { isFolder: false, members, skipped: 0 };
}
