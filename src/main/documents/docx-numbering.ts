import { attributeOf, readXml } from './xml-events.ts';

/** Which list a paragraph is an item of, and how deep. `0` as a list means none. */
export interface ListPlace {
  readonly listId: string;
  readonly level: number;
}

interface Level {
  format: string;
  /** The number's pattern, such as `%1.%2`. */
  pattern: string;
  start: number;
}

/** The lists of a document, by their id; a list's levels by their depth. */
export type Lists = ReadonlyMap<string, ReadonlyMap<number, Level>>;

/** Reads `word/numbering.xml`. */
export function readLists(xml: string): Lists {
  const levelsByAbstractId = new Map<string, Map<number, Level>>();
  const lists = new Map<string, Map<number, Level>>();
  let levels = new Map<number, Level>();
  let level: Level | undefined;
  let listId = '';
  readXml(xml, {
    open(name, attributes) {
      const value = attributeOf(attributes, 'val') ?? '';
      if (name === 'w:abstractNum') {
        levels = new Map();
        levelsByAbstractId.set(attributeOf(attributes, 'abstractNumId') ?? '', levels);
      } else if (name === 'w:lvl') {
        level = { format: 'decimal', pattern: '', start: 1 };
        levels.set(depthOf(attributeOf(attributes, 'ilvl')), level);
      } else if (name === 'w:num') {
        listId = attributeOf(attributes, 'numId') ?? '';
        levels = new Map();
      } else if (name === 'w:abstractNumId') {
        levels = new Map(levelsByAbstractId.get(value));
        lists.set(listId, levels);
      } else if (name === 'w:lvlOverride') {
        const depth = depthOf(attributeOf(attributes, 'ilvl'));
        level = { ...(levels.get(depth) ?? { format: 'decimal', pattern: '', start: 1 }) };
        levels.set(depth, level);
      } else if (level !== undefined) {
        if (name === 'w:numFmt') level.format = value;
        else if (name === 'w:lvlText') level.pattern = value;
        else if (name === 'w:start' || name === 'w:startOverride') level.start = Number.parseInt(value, 10) || 0;
      }
    },
    close(name) {
      if (name === 'w:lvl' || name === 'w:lvlOverride') level = undefined;
    },
  });
  return lists;
}

/** Reads `word/styles.xml`: the list place that each paragraph style gives, by itself or by its base. */
export function readStyleLists(xml: string): ReadonlyMap<string, ListPlace> {
  const styles = new Map<string, { base: string; listId: string; level: string }>();
  let style = { base: '', listId: '', level: '' };
  readXml(xml, {
    open(name, attributes) {
      const value = attributeOf(attributes, 'val') ?? '';
      if (name === 'w:style') {
        style = { base: '', listId: '', level: '' };
        styles.set(attributeOf(attributes, 'styleId') ?? '', style);
      } else if (name === 'w:basedOn') style.base = value;
      else if (name === 'w:numId') style.listId = value;
      else if (name === 'w:ilvl') style.level = value;
    },
    close() {},
  });
  const places = new Map<string, ListPlace>();
  for (const id of styles.keys()) {
    let listId = '';
    let level = '';
    // A style may be based on itself in a circle; ten bases are more than anyone has.
    for (let at = styles.get(id), steps = 0; at !== undefined && steps < 10; at = styles.get(at.base), steps += 1) {
      listId ||= at.listId;
      level ||= at.level;
    }
    if (listId !== '') places.set(id, { listId, level: depthOf(level) });
  }
  return places;
}

/** Counts the items of a document's lists and gives each the mark that it is printed with, such as `2.1 ` or `- `. */
export function createItemCounter(lists: Lists): (place: ListPlace) => string {
  const countsByList = new Map<string, number[]>();

  return ({ listId, level }) => {
    const levels = lists.get(listId);
    const own = levels?.get(level);
    const counts = countsByList.get(listId) ?? [];
    countsByList.set(listId, counts);
    counts[level] = (counts[level] ?? (own?.start ?? 1) - 1) + 1;
    counts.length = level + 1;
    const indent = '  '.repeat(level);
    if (own === undefined || own.format === 'bullet') return `${indent}- `;
    if (own.format === 'none' || own.pattern === '') return indent;
    const mark = own.pattern.replace(/%([1-9])/g, (_, digit: string) => {
      const depth = Number(digit) - 1;
      const shown = levels?.get(depth);
      return numeral(counts[depth] ?? shown?.start ?? 1, shown?.format ?? 'decimal');
    });
    return `${indent}${mark} `;
  };
}

function numeral(value: number, format: string): string {
  if (format === 'lowerLetter') return letters(value);
  if (format === 'upperLetter') return letters(value).toUpperCase();
  if (format === 'lowerRoman') return roman(value);
  if (format === 'upperRoman') return roman(value).toUpperCase();
  return format === 'decimalZero' ? String(value).padStart(2, '0') : String(value);
}

/** As Word counts: a … z, aa, bb. */
function letters(value: number): string {
  if (value < 1 || value > 780) return String(value);
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}

function roman(value: number): string {
  if (value < 1 || value > 3_999) return String(value);
  const numerals: [number, string][] = [
    [1_000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ];
  let rest = value;
  let text = '';
  for (const [worth, letter] of numerals) {
    while (rest >= worth) {
      text += letter;
      rest -= worth;
    }
  }
  return text;
}

/** Word has nine levels; anything else is not believed. */
export function depthOf(level: string | null): number {
  const depth = Number.parseInt(level ?? '0', 10);
  return depth >= 0 && depth <= 8 ? depth : 0;
}
