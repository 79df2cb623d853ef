import { posix } from 'node:path';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ExtractLimits } from '../limits.ts';
import { sortNaturally } from '../natural-order.ts';
import type { Container, OpenMember } from './container.ts';
import { createUniqueNames, isHidden, tidyName } from './member-names.ts';

/** An entry of an archive, as its format has it. */
export interface ArchiveEntry {
  readonly name: string;
  readonly isFolder: boolean;
  /** Where a link leads, as it is written in it; null if it is none. */
  readonly linksTo: (() => Promise<string>) | null;
  readonly bytes: number | null;
  readonly problem: Problem | null;
  readonly unpack: OpenMember['unpack'];
}

/** What there is to read in an archive, whatever its format: by the rules by which folders are walked. */
export async function archiveOf(
  entries: readonly ArchiveEntry[],
  limits: ExtractLimits,
): Promise<Result<Container, Problem>> {
  const names = entries.map(({ name, isFolder }) => (isFolder ? null : (tidyName(name) ?? 'unnamed')));
  const there = placesIn(entries);
  const unique = createUniqueNames();
  const members: OpenMember[] = [];
  let skipped = 0;
  for (const [at, entry] of entries.entries()) {
    const name = names[at] ?? null;
    if (name === null) continue;
    const target = entry.linksTo === null || isHidden(name) ? null : await entry.linksTo();
    if (isHidden(name) || (target !== null && leadsTo(there, name, target))) skipped += 1;
    else members.push(memberOf(entry, unique(name), target));
  }
  const total = members.reduce((sum, { bytes, problem: why }) => sum + (why === null ? (bytes ?? 0) : 0), 0);
  if (total > limits.maxMemberBytes) {
    return err(problem('file_too_large', { what: 'archive', bytes: total, limitBytes: limits.maxMemberBytes }));
  }
  if (members.length === 0) {
    return err(problem('file_empty', { what: skipped === 0 ? 'archive' : 'archive_hidden' }));
  }
  return ok({ isFolder: true, members: await inNaturalOrder(members), skipped });
}

function memberOf(entry: ArchiveEntry, name: string, target: string | null): OpenMember {
  const outside = target === null ? null : problem('file_outside', { target });
  return { name, bytes: entry.bytes, problem: outside ?? entry.problem, unpack: entry.unpack };
}

/** All files and folders of an archive. */
function placesIn(entries: readonly ArchiveEntry[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { name } of entries) {
    let place = tidyName(name) ?? '.';
    while (place !== '.' && !places.has(place)) {
      places.add(place);
      place = posix.dirname(place);
    }
  }
  return places;
}

/** Whether a link leads to a file or folder of the same archive, which has its turn under its own name. */
function leadsTo(there: ReadonlySet<string>, name: string, target: string): boolean {
  if (posix.isAbsolute(target)) return false;
  const path = posix.normalize(posix.join(posix.dirname(name), target));
  return there.has(path.replace(/\/$/, ''));
}

async function inNaturalOrder(members: readonly OpenMember[]): Promise<readonly OpenMember[]> {
  const byName = new Map(members.map((member) => [member.name, member]));
  const names = await sortNaturally([...byName.keys()]);
  return names.flatMap((name) => byName.get(name) ?? []);
}
