import type { Inside } from '../../../shared/inside.ts';

/** A file on disk, or in a container. */
export interface Located {
  readonly path: string;
  readonly inside: Inside;
  /** Files and folders that the file at the path must lie in, whatever links lead to it; null for anywhere. */
  readonly roots: readonly string[] | null;
}

/** The name of a file alone, whose extension may say what it is. */
export function nameOf({ path, inside }: Pick<Located, 'path' | 'inside'>): string {
  return inside.at(-1) ?? path;
}
