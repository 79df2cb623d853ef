import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Problem, problem } from '../../shared/problem.ts';
import { type DroppedArea, droppedArea, identityOf } from './dropped-area.ts';
import { notAFile, problemOfFileError } from './file-problems.ts';
import { isLeftover } from './leftovers.ts';
import { sortNaturally } from './natural-order.ts';
import { specialKind } from './read-file.ts';

/** A file to be read. */
export interface FoundFile {
  readonly path: string;
  /** For display: the path starting at the dropped file or folder, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** When anything about it changed last, its name included. */
  readonly changedAt: number;
  readonly problem?: undefined;
}

/** Something that cannot be read, shown as a row that says why. */
export interface FailedPath {
  readonly path: string;
  readonly name: string;
  readonly bytes?: undefined;
  readonly modifiedAt?: undefined;
  readonly problem: Problem;
}

export type Found = FoundFile | FailedPath;

/** Summary of a walk: its generator's return value. */
export interface WalkSummary {
  readonly files: number;
  readonly failed: number;
  /** Hidden files and folders, leftovers of systems and tools (`Thumbs.db`, `node_modules`, `~$…`), and `leaveOut`. */
  readonly skipped: number;
  /** Files and folders met again, under the same name or through a link. */
  readonly repeated: number;
  /** Whether the signal ended the walk early. */
  readonly aborted: boolean;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of names found, long before a large folder is sorted. */
  readonly onSeen?: ((names: number) => void) | undefined;
  /** The walk stops there with a failed row that says so. 1,000,000 by default. */
  readonly maxFiles?: number | undefined;
  /** Files and folders to skip, whatever name or link leads to them. */
  readonly leaveOut?: readonly string[] | undefined;
  /** Only what lies at these paths or within them; of other folders not even the names are read. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Paths looked up ahead of their turn, so that a slow disk can serve many requests at once. */
const lookAhead = 32;

/**
 * Finds the files in what was dropped: files as they are, folders with all their contents, in natural order. Links are
 * followed inside what was dropped, never out of it. Each file and folder is found once, under its own name; links come
 * last, and lead only to what has not been found by then (such as a file in a hidden folder). Only names and sizes are
 * read, never contents, and never synchronously. Failures are yielded as a `FailedPath`.
 */
export async function* walk(
  paths: readonly string[],
  { signal, onSeen, maxFiles = 1_000_000, leaveOut = [], only }: WalkOptions = {},
): AsyncGenerator<Found, WalkSummary> {
  const counts = { files: 0, failed: 0, skipped: 0, repeated: 0 };
  const seen = new Set<string>();
  const leftOut = await keysOf(leaveOut);
  const area = await droppedArea(paths);
  const isWanted = only === undefined ? () => true : withinOrAbove(only);
  /** A stack of the open folders, each returning its next path. */
  const within = [
    lookingAhead(
      paths.filter((path) => isWanted(resolve(path))),
      droppedStep,
      area,
    ),
  ];
  /** Good links, which have their turn when everything else has been found. */
  let links: LookedAt[] = [];
  const following = new Set<LookedAt>();

  for (let takeStep = within.at(-1); takeStep !== undefined; takeStep = within.at(-1)) {
    if (signal?.aborted) return { ...counts, aborted: true };
    const step = takeStep();
    if (step === undefined) {
      within.pop();
      if (within.length > 0 || links.length === 0) continue;
      within.push(oneByOne(links));
      for (const link of links) following.add(link);
      links = [];
      continue;
    }
    const sight = await step.looking;
    let found: Found | null = null;
    if (sight.key !== null && leftOut.has(sight.key)) {
      counts.skipped += 1;
    } else if (sight.kind === 'failed') {
      found = failedPath(step, sight.problem);
    } else if (isAncestor(sight.key, step.parent)) {
      found = failedPath(step, problem('file_loop', {}));
    } else if (seen.has(sight.key)) {
      counts.repeated += 1;
    } else if (sight.isLink && !following.has(step)) {
      links.push(step);
    } else if (sight.kind === 'file') {
      seen.add(sight.key);
      found = { path: step.path, name: step.name, ...sight.facts };
    } else {
      seen.add(sight.key);
      const content = await openFolder(step, sight.key, area, { signal, onSeen, isWanted });
      counts.skipped += content.skipped;
      within.push(content.takeStep);
      found = content.failed;
    }
    if (found === null) continue;
    if (counts.files + counts.failed >= maxFiles) {
      yield failedPath(step, tooMany(maxFiles));
      return { ...counts, failed: counts.failed + 1, aborted: false };
    }
    counts[found.problem === undefined ? 'files' : 'failed'] += 1;
    yield found;
  }
  return { ...counts, aborted: false };
}

/** A folder on the way to a path, by identity; a looping link leads back to one of these. */
interface Folder {
  readonly key: string;
  readonly parent: Folder | null;
}

interface Step {
  readonly path: string;
  readonly name: string;
  readonly parent: Folder | null;
  readonly isLink: boolean;
}

interface LookedAt extends Step {
  readonly looking: Promise<Sight>;
}

/** `key` identifies what is at a path, whatever name leads to it. `isLink`: the path is a link to it. */
interface Met {
  readonly key: string;
  readonly isLink: boolean;
}

/** What is at a path. */
type Sight =
  | ({ readonly kind: 'file'; readonly facts: Pick<FoundFile, 'bytes' | 'modifiedAt' | 'changedAt'> } & Met)
  | ({ readonly kind: 'folder' } & Met)
  | { readonly kind: 'failed'; readonly problem: Problem; readonly key: string | null };

/** Returns steps one by one, looking some of them up ahead of their turn. */
function lookingAhead(
  names: readonly string[],
  stepOf: (name: string) => Step,
  area: DroppedArea,
): () => LookedAt | undefined {
  const ahead: LookedAt[] = [];
  let taken = 0;
  return () => {
    for (const name of names.slice(taken, taken + lookAhead - ahead.length)) {
      const step = stepOf(name);
      ahead.push({ ...step, looking: look(step, area) });
      taken += 1;
    }
    return ahead.shift();
  };
}

function oneByOne(steps: readonly LookedAt[]): () => LookedAt | undefined {
  const left = steps.values();
  return () => left.next().value;
}

function droppedStep(dropped: string): Step {
  const path = resolve(dropped);
  return { path, name: basename(path) || path, parent: null, isLink: false };
}

/** @param area the area links must stay inside; null for the dropped paths themselves, which may link anywhere. */
async function look(step: Step, area: DroppedArea | null): Promise<Sight> {
  try {
    const isLink = step.parent === null ? (await lstat(step.path)).isSymbolicLink() : step.isLink;
    const stats = await stat(step.path, { bigint: true });
    const outside = step.isLink && area !== null ? await targetOutside(step, area) : null;
    if (outside !== null) {
      return { kind: 'failed', problem: problem('file_outside', { target: outside }), key: identityOf(stats) };
    }
    const special = specialKind(stats);
    if (special !== null) return { kind: 'failed', problem: notAFile(special), key: null };
    if (stats.isDirectory()) return { kind: 'folder', key: identityOf(stats), isLink };
    // To people, two hard links are two files; only links and repeated paths are the same file.
    const key = stats.nlink > 1n ? await realpath(step.path) : identityOf(stats);
    const { size, mtimeMs, ctimeMs } = stats;
    const facts = { bytes: Number(size), modifiedAt: Number(mtimeMs), changedAt: Number(ctimeMs) };
    return { kind: 'file', key, isLink, facts };
  } catch (error) {
    return { kind: 'failed', problem: problemOfLook(error, step), key: null };
  }
}

/**
 * A link's target if it is outside what was dropped, otherwise `null`. On Windows, Node also reports junctions and
 * mounted folders as links.
 */
async function targetOutside(step: Step, area: DroppedArea): Promise<string | null> {
  const target = await realpath(step.path);
  return (await area.holds(target)) ? null : target;
}

/** Missing paths have no key. */
async function keysOf(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const sights = await Promise.all(paths.map((path) => look(droppedStep(path), null)));
  return new Set(sights.flatMap((sight) => sight.key ?? []));
}

function isAncestor(key: string, folder: Folder | null): boolean {
  for (let above = folder; above !== null; above = above.parent) {
    if (above.key === key) return true;
  }
  return false;
}

const seenEvery = 1_000;

type IsWanted = (path: string) => boolean;

/** Whether a path is one of those, lies within one, or leads to one. */
function withinOrAbove(only: ReadonlySet<string>): IsWanted {
  const above = new Set<string>();
  for (const path of only) {
    for (let folder = dirname(path); !above.has(folder); folder = dirname(folder)) above.add(folder);
  }
  const isWithin = (path: string): boolean => only.has(path) || (dirname(path) !== path && isWithin(dirname(path)));
  return (path) => above.has(path) || isWithin(path);
}

interface FolderContent {
  readonly takeStep: () => LookedAt | undefined;
  readonly skipped: number;
  readonly failed: FailedPath | null;
}

async function openFolder(
  step: Step,
  key: string,
  area: DroppedArea,
  { signal, onSeen, isWanted }: Pick<WalkOptions, 'signal' | 'onSeen'> & { readonly isWanted: IsWanted },
): Promise<FolderContent> {
  const names: string[] = [];
  const links = new Set<string>();
  let skipped = 0;
  let met = 0;
  let failed: FailedPath | null = null;
  try {
    for await (const entry of await opendir(step.path, { bufferSize: 256 })) {
      if (isLeftover(entry.name)) skipped += 1;
      else if (isWanted(join(step.path, entry.name))) names.push(entry.name);
      if (entry.isSymbolicLink()) links.add(entry.name);
      met += 1;
      if (met % seenEvery === 0) onSeen?.(seenEvery);
      if (signal?.aborted) break;
    }
    onSeen?.(met % seenEvery);
  } catch (error) {
    failed = failedPath(step, problemOfLook(error, step));
  }
  const folder: Folder = { key, parent: step.parent };
  const stepOf = (name: string) => ({
    path: join(step.path, name),
    name: `${step.name}/${name}`,
    parent: folder,
    isLink: links.has(name),
  });
  const takeStep = lookingAhead(await sortNaturally(names, signal), stepOf, area);
  return { takeStep, skipped, failed };
}

function failedPath({ path, name }: Step, reason: Problem): FailedPath {
  return { path, name, problem: reason };
}

function problemOfLook(error: unknown, step: Step): Problem {
  const known = problemOfFileError(error);
  if (known === null) throw error;
  if (known.code !== 'file_vanished') return known;
  if (step.isLink) {
    return problem('file_vanished', { what: 'link_target' });
  }
  // A name that is not UTF-8 cannot be passed back to the system.
  if (step.name.includes('\ufffd')) {
    return problem('file_unreadable', { reason: 'name_encoding' });
  }
  return known;
}

function tooMany(maxFiles: number): Problem {
  return problem('invalid_input', { what: 'too_many_files', limit: maxFiles });
}
