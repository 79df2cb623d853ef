import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What was dropped, with all that is in it: a link may lead to any place of it, and to no other. */
export interface DroppedArea {
  /** Whether a path without links in it is one of what was dropped or lies within. */
  holds(realPath: string): Promise<boolean>;
}

/**
 * Places are told by identity, not by name: one folder has many names where capitals do not count, where names are
 * stored decomposed, and where a drive is mounted twice.
 */
export async function droppedArea(paths: readonly string[]): Promise<DroppedArea> {
  const roots = new Set((await Promise.all(paths.map(identityAt))).filter((root) => root !== null));
  const known = new Map<string, Promise<boolean>>();

  const holds = (path: string): Promise<boolean> => {
    const cached = known.get(path);
    if (cached !== undefined) return cached;
    const answer = look(path);
    known.set(path, answer);
    return answer;
  };
  const look = async (path: string): Promise<boolean> => {
    const identity = await identityAt(path);
    if (identity !== null && roots.has(identity)) return true;
    const parent = dirname(path);
    return parent !== path && (await holds(parent));
  };
  return { holds };
}

/** The thing itself, however many names lead to it. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

/** `null` for what is not there, or may not be looked at. */
async function identityAt(path: string): Promise<string | null> {
  try {
    return identityOf(await stat(path, { bigint: true }));
  } catch {
    return null;
  }
}
