import { dirname, resolve } from 'node:path';

/** A link from one of the added folders may lead into another; of very many, only the file's own is looked at. */
const MOST_OTHERS = 50;

/**
 * The added files and folders that a file must still lie in when it is read, its own folder first; null for a file that
 * was added by itself, which may link anywhere.
 */
export type ReadArea = (path: string) => readonly string[] | null;

export function createReadArea(paths: readonly string[]): ReadArea {
  const roots = new Set(paths.map((path) => resolve(path)));
  const others = roots.size <= MOST_OTHERS ? [...roots] : [];
  return (path) => {
    if (roots.has(path)) return null;
    for (let above = dirname(path); ; above = dirname(above)) {
      if (roots.has(above)) return [above, ...others.filter((root) => root !== above)];
      if (above === dirname(above)) return null;
    }
  };
}
