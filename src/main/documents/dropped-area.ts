import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The dropped files and folders with all their contents: links may lead anywhere inside, and nowhere else. */
export interface DroppedArea {
  /** Whether a path without links is, or lies inside, something that was dropped. */
  holds(realPath: string): Promise<boolean>;
}

/**
 * Compares by identity, not by name: a folder has many names if file names ignore case or are stored decomposed, or if
 * a drive is mounted twice.
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

/** Identifies a file or folder, whatever name leads to it. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

/** `null` if missing or inaccessible. */
async function identityAt(path: string): Promise<string | null> {
  try {
    return identityOf(await stat(path, { bigint: true }));
  } catch {
    return null;
  }
}
