import { isKnownFormat, numeral } from '../numerals.ts';
import { attributeOf, isOn, readXml } from '../packed/xml-events.ts';

/** The list a paragraph belongs to, and its level. List `0` means none. */
export interface ListPlace {
  readonly listId: string;
  readonly level: number;
}

export interface Level {
  readonly format: string;
  /** The number's pattern, such as `%1.%2`. */
  readonly pattern: string;
  readonly start: number;
  /** The level, counted from 1, after which this one restarts; 0 for never, `null` for after any level above it. */
  readonly restartsAfter: number | null;
  /** Legal numbering: all numbers in the pattern are decimal. */
  readonly isLegal: boolean;
  readonly isHidden: boolean;
  /** The paragraph style numbered by this level. */
  readonly style: string;
}

interface Definition {
  readonly levels: Map<number, Level>;
  /** Set if the definition only refers to a numbering style's list. */
  styleLink: string;
}

export interface List {
  /** Lists with the same definition continue each other's counts. */
  readonly definitionId: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Start overrides of this list, by level. */
  readonly startsAt: ReadonlyMap<number, number>;
}

/** The lists of a document by id. */
export type Lists = ReadonlyMap<string, List>;

/** Longer than any real number. The pattern is written for every item, so a huge one would inflate a small file. */
const maxPatternLength = 200;

/** A level as it is where a document says nothing about it. */
export const plainLevel: Level = {
  format: 'decimal',
  pattern: '',
  start: 1,
  restartsAfter: null,
  isLegal: false,
  isHidden: false,
  style: '',
};

/**
 * Reads `word/numbering.xml`. A definition may leave its levels to a numbering style, which takes them from another
 * list's definition; `listOfStyle` returns that list's id.
 */
export function readLists(xml: string, listOfStyle: (styleId: string) => string | null): Lists {
  const { definitions, lists, definitionOfStyle } = readDefinitions(xml);
  const resolved = new Map<string, List>();
  for (const [id, list] of lists) {
    const levels = new Map(levelsOf(list.definitionId));
    for (const [depth, level] of list.levels) levels.set(depth, level);
    resolved.set(id, { ...list, levels });
  }
  return resolved;

  function levelsOf(definitionId: string): ReadonlyMap<number, Level> {
    const definition = definitions.get(definitionId);
    if (definition === undefined || definition.styleLink === '') return definition?.levels ?? new Map();
    const listId = listOfStyle(definition.styleLink);
    const target = lists.get(listId ?? '')?.definitionId ?? definitionOfStyle.get(definition.styleLink) ?? '';
    // Word writes only one step of indirection; following more could loop.
    return definitions.get(target)?.levels ?? definition.levels;
  }
}

function readDefinitions(xml: string) {
  const definitions = new Map<string, Definition>();
  const lists = new Map<string, { definitionId: string; levels: Map<number, Level>; startsAt: Map<number, number> }>();
  const definitionOfStyle = new Map<string, string>();
  let definitionId = '';
  let definition: Definition = { levels: new Map(), styleLink: '' };
  let list = { definitionId: '', levels: new Map<number, Level>(), startsAt: new Map<number, number>() };
  let levels = definition.levels;
  let depth = 0;
  let isInLevel = false;
  let fallbackDepth = 0;

  const change = (changes: Partial<Level>): void => {
    if (isInLevel) levels.set(depth, { ...(levels.get(depth) ?? plainLevel), ...changes });
  };

  readXml(xml, {
    open(name, attributes) {
      if (fallbackDepth > 0 || name === 'mc:Fallback') {
        fallbackDepth += 1;
        return;
      }
      const value = attributeOf(attributes, 'val') ?? '';
      if (name === 'w:abstractNum') {
        definition = { levels: new Map(), styleLink: '' };
        levels = definition.levels;
        definitionId = attributeOf(attributes, 'abstractNumId') ?? '';
        definitions.set(definitionId, definition);
      } else if (name === 'w:numStyleLink') definition.styleLink = value;
      else if (name === 'w:styleLink') definitionOfStyle.set(value, definitionId);
      else if (name === 'w:num') {
        list = { definitionId: '', levels: new Map(), startsAt: new Map() };
        levels = list.levels;
        lists.set(attributeOf(attributes, 'numId') ?? '', list);
      } else if (name === 'w:abstractNumId') list.definitionId = value;
      else if (name === 'w:lvlOverride') depth = depthOf(attributeOf(attributes, 'ilvl'));
      else if (name === 'w:startOverride') list.startsAt.set(depth, numberOf(value));
      else if (name === 'w:lvl') {
        depth = depthOf(attributeOf(attributes, 'ilvl'));
        isInLevel = true;
        levels.set(depth, plainLevel);
      } else if (name === 'w:numFmt') change({ format: formatOf(value, attributeOf(attributes, 'format')) });
      else if (name === 'w:lvlText') change({ pattern: value.slice(0, maxPatternLength) });
      else if (name === 'w:start') change({ start: numberOf(value) });
      else if (name === 'w:lvlRestart') change({ restartsAfter: numberOf(value) });
      else if (name === 'w:isLgl') change({ isLegal: isOn(value) });
      else if (name === 'w:vanish') change({ isHidden: isOn(value) });
      else if (name === 'w:pStyle') change({ style: value });
    },
    close(name) {
      if (fallbackDepth > 0) fallbackDepth -= 1;
      else if (name === 'w:lvl') isInLevel = false;
    },
  });
  return { definitions, lists, definitionOfStyle };
}

/** A custom format is defined by examples: `001, 002, 003, ...`. */
function formatOf(value: string, examples: string | null): string {
  const first = value === 'custom' ? /^0*1(?=,|$)/.exec(examples ?? '')?.[0] : undefined;
  return first === undefined ? value : `padded ${Math.min(first.length, 20)}`;
}

/** Counts list items and returns each one's printed mark, such as `2.1 ` or `- `. */
export function createItemCounter(lists: Lists) {
  /** Current count of each level by definition; undefined since its last restart. */
  const countsByDefinition = new Map<string, (number | undefined)[]>();
  const begun = new Set<string>();
  let hasDigitsInstead = false;

  function count(list: List, { listId, level }: ListPlace): (number | undefined)[] {
    const counts = countsByDefinition.get(list.definitionId) ?? [];
    countsByDefinition.set(list.definitionId, counts);
    const own = list.startsAt.get(level);
    const key = `${listId} ${level}`;
    const last = own !== undefined && !begun.has(key) ? undefined : counts[level];
    begun.add(key);
    counts[level] = last === undefined ? (own ?? list.levels.get(level)?.start ?? 1) : last + 1;
    for (let deeper = level + 1; deeper < counts.length; deeper += 1) {
      const after = list.levels.get(deeper)?.restartsAfter ?? null;
      if (after === null || level < after) counts[deeper] = undefined;
    }
    return counts;
  }

  function written(value: number, level: Level | undefined, isLegal: boolean): string {
    const format = level?.format ?? 'decimal';
    if (unnumbered.has(format)) return '';
    if (isLegal || format === 'decimal') return String(value);
    if (format.startsWith('padded ')) return String(value).padStart(Number(format.slice('padded '.length)), '0');
    hasDigitsInstead ||= !isKnownFormat(format);
    return numeral(value, format);
  }

  return {
    markOf(place: ListPlace): string {
      const list = lists.get(place.listId);
      if (list === undefined) return '';
      const counts = count(list, place);
      const indent = '  '.repeat(place.level);
      const level = list.levels.get(place.level);
      if (level === undefined || level.format === 'bullet') return `${indent}- `;
      if (level.isHidden) return indent;
      const mark = level.pattern.replace(/%([1-9])/g, (_, digit: string) => {
        const depth = Number(digit) - 1;
        const shown = list.levels.get(depth);
        return written(counts[depth] ?? list.startsAt.get(depth) ?? shown?.start ?? 1, shown, level.isLegal);
      });
      return mark.trim() === '' ? indent : `${indent}${mark.trim()} `;
    },
    /** Whether an item here prints a number even without text. */
    isNumbered(place: ListPlace): boolean {
      const level = lists.get(place.listId)?.levels.get(place.level);
      return level !== undefined && !unnumbered.has(level.format) && !level.isHidden && /%[1-9]/.test(level.pattern);
    },
    isItem: (place: ListPlace): boolean => lists.has(place.listId),
    /** Whether an unknown number format was replaced by digits. */
    hasDigitsInstead: (): boolean => hasDigitsInstead,
  };
}

const unnumbered = new Set(['bullet', 'none']);

/** Word has nine levels; anything else is ignored. */
export function depthOf(level: string | null): number {
  const depth = Number.parseInt(level ?? '0', 10);
  return depth >= 0 && depth <= 8 ? depth : 0;
}

function numberOf(value: string): number {
  return Number.parseInt(value, 10) || 0;
}
