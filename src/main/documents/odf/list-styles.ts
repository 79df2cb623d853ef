import type { Attributes } from '../packed/xml-events.ts';

/** How the items of one level of a list are marked. */
export interface ListLevel {
  /** A format of `numeral`, null for bullets, '' for none. */
  readonly format: string | null;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  /** How many levels its numbers show. */
  readonly shown: number;
}

/** By level, counted from 1. */
export type ListStyle = ReadonlyMap<number, ListLevel>;

/** Longer than any real mark; it is written for every item. */
const maxMarkLength = 50;

/** Formats by how their first number is written. */
const formats: Readonly<Record<string, string>> = {
  '1': 'decimal',
  i: 'lowerRoman',
  I: 'upperRoman',
  '①': 'decimalEnclosedCircle',
  '１': 'decimalFullWidth',
  一: 'chineseCounting',
  壹: 'chineseLegalSimplified',
  壱: 'japaneseLegal',
  甲: 'ideographTraditional',
  子: 'ideographZodiac',
  ア: 'aiueoFullWidth',
  ｱ: 'aiueo',
  イ: 'irohaFullWidth',
  ｲ: 'iroha',
  가: 'ganada',
  '㉠': 'ganada',
  ㄱ: 'chosung',
  일: 'koreanDigital',
  ก: 'thaiLetters',
  '๑': 'thaiNumbers',
  '१': 'hindiNumbers',
  '١': 'arabic-indic',
  '۱': 'persian',
  א: 'hebrew1',
  ا: 'arabicAlpha',
  أ: 'arabicAlpha',
  а: 'russianLower',
  А: 'russianUpper',
  α: 'lower-greek',
};

/** Collects list styles while styles are read. */
export function createListStyles() {
  const lists = new Map<string, Map<number, ListLevel>>();
  let outline: Map<number, ListLevel> | null = null;
  let list: Map<number, ListLevel> | null = null;

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'text:list-style') {
        list = new Map();
        lists.set(attributes['style:name'] ?? '', list);
      } else if (name === 'text:outline-style') {
        list = new Map();
        outline = list;
      } else if (list !== null && levelElements.has(name)) {
        list.set(Number(attributes['text:level']), levelOf(name, attributes));
      }
    },
    close(name: string): void {
      if (name === 'text:list-style' || name === 'text:outline-style') list = null;
    },
    named: (name: string): ListStyle | null => lists.get(name) ?? null,
    outline: (): ListStyle | null => outline,
  };
}

const levelElements = new Set([
  'text:list-level-style-number',
  'text:list-level-style-bullet',
  'text:list-level-style-image',
  'text:outline-level-style',
]);

function levelOf(name: string, attributes: Attributes): ListLevel {
  const isNumber = name === 'text:list-level-style-number' || name === 'text:outline-level-style';
  return {
    format: isNumber ? formatOf(attributes) : null,
    prefix: (attributes['style:num-prefix'] ?? '').slice(0, maxMarkLength),
    suffix: (attributes['style:num-suffix'] ?? '').slice(0, maxMarkLength),
    start: numberOf(attributes['text:start-value']) ?? 1,
    shown: numberOf(attributes['text:display-levels']) ?? 1,
  };
}

/** '' for no number. */
function formatOf(attributes: Attributes): string {
  const first = (attributes['style:num-format'] ?? '').trim();
  if (first === '') return '';
  const isSynced = attributes['style:num-letter-sync'] === 'true';
  if (first === 'a') return isSynced ? 'lowerLetter' : 'lower-alpha';
  if (first === 'A') return isSynced ? 'upperLetter' : 'upper-alpha';
  return formats[Array.from(first)[0] ?? ''] ?? 'decimal';
}

function numberOf(value: string | undefined): number | null {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? null : number;
}
