/** A process and all its descendants, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ids of a process and its descendants. */
export function processTree(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? parentOf(pid) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Proportional set size: memory shared between processes is counted once, divided among them. */
export function proportionalMegabytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + kilobytes(pid, 'smaps_rollup', 'Pss') / 1024, 0);
}

/** Resident set size: all memory that processes have in use, what they share counted in each. */
export function residentMegabytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + kilobytes(pid, 'status', 'VmRSS') / 1024, 0);
}

/** Of these processes, those that Chromium started to draw pages. */
export function pageProcesses(pids: readonly number[]): readonly number[] {
  return pids.filter((pid) => readOrNull(`/proc/${pid}/cmdline`)?.includes('--type=renderer'));
}

function parentOf(pid: number): number | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  // The name, in brackets, may contain anything.
  const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  return parent === undefined ? null : Number(parent);
}

function kilobytes(pid: number, file: string, field: string): number {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readOrNull(`/proc/${pid}/${file}`) ?? '');
  return match === null ? 0 : Number(match[1]);
}

/** A process may end while it is being inspected. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
