import { numeral } from '../numerals.ts';
import type { HtmlAttributes } from './looks.ts';

/** CSS list styles and the number formats that write them. Styles missing here have no numbers. */
const formats: Readonly<Record<string, string>> = {
  decimal: 'decimal',
  'decimal-leading-zero': 'decimalZero',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
  'lower-alpha': 'lower-alpha',
  'lower-latin': 'lower-alpha',
  'upper-alpha': 'upper-alpha',
  'upper-latin': 'upper-alpha',
  'lower-greek': 'lower-greek',
  hebrew: 'hebrew1',
  'cjk-decimal': 'ideographDigital',
  'cjk-ideographic': 'chineseCounting',
  'trad-chinese-informal': 'chineseCounting',
  'simp-chinese-informal': 'chineseCounting',
  'simp-chinese-formal': 'chineseLegalSimplified',
  'trad-chinese-formal': 'ideographLegalTraditional',
  'japanese-informal': 'japaneseCounting',
  'japanese-formal': 'japaneseLegal',
  'korean-hangul-formal': 'koreanCounting',
  'cjk-heavenly-stem': 'ideographTraditional',
  'cjk-earthly-branch': 'ideographZodiac',
  hiragana: 'hiragana',
  katakana: 'aiueo',
  'katakana-iroha': 'iroha',
  thai: 'thaiNumbers',
  devanagari: 'hindiNumbers',
  'arabic-indic': 'arabic-indic',
  persian: 'persian',
};
const bullets = new Set('disc circle square none disclosure-open disclosure-closed'.split(' '));
const types: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lower-alpha',
  A: 'upper-alpha',
  i: 'lower-roman',
  I: 'upper-roman',
};

interface List {
  /** CSS name. */
  readonly style: string;
  readonly step: 1 | -1;
  next: number;
}

/** Deeper lists are not indented further. */
const maxIndents = 8;

/** The lists of a page and their item marks. */
export function createLists(itemsInReversed: readonly number[]) {
  const lists: List[] = [];
  let reversedSeen = 0;

  function open(isOrdered: boolean, attributes: HtmlAttributes, style: string | undefined): void {
    const isReversed = isOrdered && attributes.reversed !== undefined;
    const items = isReversed ? itemsInReversed[reversedSeen] : undefined;
    if (isReversed) reversedSeen += 1;
    lists.push({
      style: style ?? types[attributes.type ?? ''] ?? (isOrdered ? 'decimal' : 'disc'),
      step: isReversed ? -1 : 1,
      next: integer(attributes.start) ?? items ?? 1,
    });
  }

  return {
    open,
    close: () => lists.pop(),
    depth: () => lists.length,
    /** The mark of the next item, with its indent. */
    item(attributes: HtmlAttributes, style: string | undefined): string {
      const list = lists.at(-1);
      const indent = '  '.repeat(Math.min(Math.max(0, lists.length - 1), maxIndents));
      if (list === undefined) return `${indent}- `;
      const value = integer(attributes.value) ?? list.next;
      list.next = value + list.step;
      return `${indent}${mark(value, style ?? types[attributes.type ?? ''] ?? list.style)} `;
    },
  };
}

/** A custom mark in quotation marks becomes a bullet; an unknown number style becomes digits. */
function mark(value: number, style: string): string {
  if (bullets.has(style) || /^["']/.test(style)) return '-';
  return `${numeral(value, formats[style] ?? 'decimal')}.`;
}

/** Parses an integer as HTML does; `null` if there is none. */
function integer(text: string | undefined): number | null {
  const digits = /^\s*([+-]?\d{1,9})/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
