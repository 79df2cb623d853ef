import { formatOf, patternOf } from '../doc/lists.ts';
import { createItemCounter, depthOf, type Level, type List, plainLevel } from '../docx/numbering.ts';

/** The tables of lists, for documents that do not have the mark of each item beside it. */
export function createRtfLists() {
  const definitions = new Map<string, ReadonlyMap<number, Level>>();
  const lists = new Map<string, List>();
  let levels = new Map<number, Level>();
  let startsAt = new Map<number, number>();
  let definitionId = '';
  let isOverride = false;
  /** Counted from 0; -1 before the first. */
  let depth = -1;

  const change = (changes: Partial<Level>): void => {
    if (depth >= 0) levels.set(depth, { ...(levels.get(depth) ?? plainLevel), ...changes });
  };

  function begin(asOverride: boolean): void {
    levels = new Map();
    startsAt = new Map();
    definitionId = '';
    isOverride = asOverride;
    depth = -1;
  }

  function word(name: string, parameter: number | null): void {
    const value = parameter ?? 0;
    if (name === 'list' || name === 'listoverride') begin(name === 'listoverride');
    else if (name === 'listid') {
      definitionId = String(value);
      if (!isOverride) definitions.set(definitionId, levels);
    } else if (name === 'ls' && isOverride) {
      const all = new Map([...(definitions.get(definitionId) ?? []), ...levels]);
      lists.set(String(value), { definitionId, levels: all, startsAt });
    } else if (name === 'listlevel') depth = isOverride ? depth : Math.min(8, depth + 1);
    else if (name === 'lfolevel') depth = Math.min(8, depth + 1);
    else if (name === 'levelnfc' || name === 'levelnfcn') change({ format: formatOf(value) });
    else if (name === 'levelstartat') {
      if (isOverride) startsAt.set(depth, value);
      if (!isOverride || levels.has(depth)) change({ start: value });
    } else if (name === 'levelnorestart') change({ restartsAfter: value === 0 ? null : 0 });
    else if (name === 'levellegal') change({ isLegal: value !== 0 });
  }

  return {
    word,
    /** The pattern of a level, behind its length, with the characters 0 to 8 for numbers, before a semicolon. */
    levelText(text: string): void {
      const pattern = text.replace(/;$/, '');
      change({ pattern: patternOf(pattern.charCodeAt(0) === pattern.length - 1 ? pattern.slice(1) : pattern) });
    },
    /** Counts the items of the lists that are known by now. */
    counter: () => createItemCounter(lists),
    placeOf: (list: number, level: number) => ({ listId: String(list), level: depthOf(String(level)) }),
  };
}
