import { type Inside, nameInside } from '../../../shared/inside.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { defaultExtractLimits } from '../limits.ts';
import type { ListResult } from '../thread-messages.ts';
import type { Found, WalkSummary } from '../walk.ts';
import type { Member } from './container.ts';
import { isOfficeName, mayHoldFiles } from './may-hold-files.ts';

/** A file to be read, on disk or in a container. */
export interface FoundAnywhere {
  /** On disk: its own, or that of the container. */
  readonly path: string;
  /** Where it lies in the file at its path; empty for that file itself. */
  readonly inside: Inside;
  /** For display: as the walk names files, followed by what it is called in its container. */
  readonly name: string;
  readonly bytes: number | null;
  /** Of the file at its path. */
  readonly modifiedAt: number | null;
  /** Size of the file at its path, if it lies in that. */
  readonly containerBytes: number | null;
  /** What it holds is found, too, and read apart from it. */
  readonly apart: boolean;
  readonly problem: Problem | null;
}

export interface OpenedWalkOptions {
  /** Lists what a file holds; null if it is no container. */
  readonly list: (path: string, inside: Inside) => Promise<ListResult>;
  /** Whether a file is read whole with all that it holds, as it was before. */
  readonly isWhole?: ((path: string) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Containers opened ahead of their turn. */
const lookAhead = 8;
/** How many files may come of one, archives in archives included. */
const mostOfOne = 100_000;

/**
 * The files of a walk with those that lie in them: an archive gives way to its files, and a mail is followed by what is
 * attached to it. What lies deeper than is read apart is left to be read with the file that it lies in.
 */
export async function* openedWalk(
  walk: AsyncGenerator<Found, WalkSummary>,
  options: OpenedWalkOptions,
): AsyncGenerator<FoundAnywhere, WalkSummary> {
  const opening: Promise<Opened>[] = [];
  let skipped = 0;
  let summary: WalkSummary | null = null;
  while (summary === null || opening.length > 0) {
    while (summary === null && opening.length < lookAhead) {
      const next = await walk.next();
      if (next.done === true) summary = next.value;
      else opening.push(openFound(next.value, options));
    }
    const opened = await opening.shift();
    if (options.signal?.aborted) break;
    if (opened === undefined) continue;
    skipped += opened.skipped;
    yield* opened.files;
  }
  await Promise.all(opening);
  const ended = summary ?? { files: 0, failed: 0, skipped: 0, repeated: 0, aborted: true };
  return { ...ended, skipped: ended.skipped + skipped };
}

interface Opened {
  readonly files: readonly FoundAnywhere[];
  readonly skipped: number;
}

async function openFound(found: Found, options: OpenedWalkOptions): Promise<Opened> {
  const { path, name, bytes = null, modifiedAt = null, problem: why = null } = found;
  const file = { path, name, bytes, modifiedAt, problem: why, inside: [], containerBytes: null, apart: false };
  if (options.isWhole?.(path) === true) return { files: [file], skipped: 0 };
  return await open(file, options, { left: mostOfOne });
}

/** @param budget how many more files may come of the file on disk. */
async function open(file: FoundAnywhere, options: OpenedWalkOptions, budget: { left: number }): Promise<Opened> {
  const isDeep = file.inside.length >= defaultExtractLimits.maxContainers;
  if (file.problem !== null || isDeep || !mayHoldFiles(file.name)) return { files: [file], skipped: 0 };
  const listed = await options.list(file.path, file.inside);
  if (!listed.ok) return { files: [hasOwnText(file.name) ? file : { ...file, problem: listed.error }], skipped: 0 };
  if (listed.value === null) return { files: [file], skipped: 0 };
  const { isFolder, members } = listed.value;
  if (members.length > budget.left) {
    return { files: [{ ...file, problem: tooMany(members.length) }], skipped: 0 };
  }
  budget.left -= members.length;
  const files: FoundAnywhere[] = isFolder ? [] : [{ ...file, apart: members.length > 0 }];
  let { skipped } = listed.value;
  for (const member of members) {
    const opened = await open(memberOf(file, member), options, budget);
    files.push(...opened.files);
    skipped += opened.skipped;
  }
  return { files, skipped };
}

/** By its name, whether a file that may hold others has a text of its own: what is wrong with it is told when that is read. */
export function hasOwnText(name: string): boolean {
  return isOfficeName(name) || /\.(?:pdf|emlx?|msg)$/i.test(name);
}

function memberOf(container: FoundAnywhere, { name, bytes, problem: why }: Member): FoundAnywhere {
  return {
    path: container.path,
    inside: [...container.inside, name],
    name: nameInside(container.name, name),
    bytes,
    modifiedAt: container.modifiedAt,
    containerBytes: container.containerBytes ?? container.bytes,
    apart: false,
    problem: why,
  };
}

function tooMany(count: number): Problem {
  return problem('file_too_large', { what: 'members', count, limit: mostOfOne });
}
