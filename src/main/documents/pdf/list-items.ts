import { itemOf } from './bullets.ts';
import type { PageLine } from './page-line.ts';

/** Tenths of a point by which items of one level may differ. */
const SAME_LEFT = 20;

interface Item {
  readonly at: number;
  readonly left: number;
  readonly bullet: string;
  readonly text: string;
}

/**
 * The items of lists on a page with Markdown's marks, by their places among the lines: those that begin with a bullet. Where
 * empty and full ones stand below each other, they may say what is chosen, and stay.
 */
export function listItems(lines: readonly PageLine[]): ReadonlyMap<number, string> {
  const items = lines.flatMap((line, at): readonly Item[] => {
    const item = line.isRow ? null : itemOf(line.text);
    return item === null ? [] : [{ at, left: line.left, ...item }];
  });
  if (items.length === 0) return new Map();
  const signs = signsByLeft(lines);
  const found = new Map<number, string>();
  let levels: readonly number[] = [];
  let last: number | null = null;
  for (const item of items) {
    if (signs.get(columnOf(item))?.has(counterparts[item.bullet] ?? '') === true) continue;
    if (last !== null && endsList(lines, last + 1, item.at, levels[0] ?? 0)) levels = [];
    levels = [...levels.filter((left) => left < item.left - SAME_LEFT), item.left];
    found.set(item.at, `${'  '.repeat(levels.length - 1)}- ${item.text}`);
    last = item.at;
  }
  return found;
}

const counterparts: Readonly<Record<string, string>> = {
  '●': '○',
  '○': '●',
  '■': '□',
  '◆': '◇',
  '◇': '◆',
  '▪': '▫',
  '▫': '▪',
};

/** The signs that lines begin with, by where they stand. */
function signsByLeft(lines: readonly PageLine[]): ReadonlyMap<number, ReadonlySet<string>> {
  const signs = new Map<number, Set<string>>();
  for (const line of lines) {
    const own = signs.get(columnOf(line));
    if (own === undefined) signs.set(columnOf(line), new Set([line.text.charAt(0)]));
    else own.add(line.text.charAt(0));
  }
  return signs;
}

function columnOf({ left }: { readonly left: number }): number {
  return Math.round(left / SAME_LEFT);
}

/** Whether text between two items stands left of the list, or the next one begins a column. */
function endsList(lines: readonly PageLine[], from: number, to: number, left: number): boolean {
  if (lines[to]?.follows === false) return true;
  return lines.slice(from, to).some((line) => line.left < left - SAME_LEFT || !line.follows);
}
