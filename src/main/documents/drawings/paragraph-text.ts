import { numeral } from '../numerals.ts';
import type { Attributes } from '../packed/xml-events.ts';
import type { Rise } from '../raised-text.ts';
import { readSigns, type SymbolFont, symbolFontOf } from '../symbol-fonts.ts';
import type { TextWriter } from '../text-writer.ts';
import { createEquations } from './math.ts';

/** How a paragraph of a drawing is marked: by nothing, a bullet, or a number in a format from a start. */
export type Mark = 'none' | 'bullet' | { readonly format: string; readonly start: number };

/** What paragraphs are marked by, by level, where they do not say so themselves. */
export type DefaultMarks = (level: number) => Mark;

interface Paragraph {
  level: number;
  mark: Mark | null;
  isStarted: boolean;
}

/** What texts on slides hold besides words. */
export interface FoundInText {
  unknownSigns: number;
  hasEquations: boolean;
}

const maxLevel = 8;
/** How a list number is written, by the end of its format's name. */
const frames: readonly (readonly [RegExp, (number: string) => string])[] = [
  [/ParenBoth$/, (number) => `(${number})`],
  [/ParenR$/, (number) => `${number})`],
  [/Minus$/, (number) => `- ${number} -`],
  [/Plain$/, (number) => number],
];
const numbers: readonly (readonly [RegExp, string])[] = [
  [/^alphaLc/, 'lowerLetter'],
  [/^alphaUc/, 'upperLetter'],
  [/^romanLc/, 'lowerRoman'],
  [/^romanUc/, 'upperRoman'],
  [/^circleNum/, 'decimalEnclosedCircle'],
  [/^arabicDb/, 'decimalFullWidth'],
  [/^ea1(?:Chs|Cht|Jpn)/, 'chineseCounting'],
  [/^ea1Jpn/, 'japaneseCounting'],
  [/^thaiNum/, 'thaiNumbers'],
  [/^thaiAlpha/, 'thaiLetters'],
  [/^hindiNum/, 'hindiNumbers'],
  [/^hebrew2/, 'hebrew1'],
  [/^arabic1/, 'arabicAlpha'],
  [/^arabic2/, 'arabicAbjad'],
];

/** Writes the paragraphs of DrawingML (`a:p`): lists with their marks, raised and struck text, symbols, equations. */
export function createParagraphText(writer: TextWriter, defaults: DefaultMarks, found: FoundInText) {
  const counts: number[] = [];
  let paragraph: Paragraph | null = null;
  let rise: Rise | null = null;
  let font: SymbolFont | null = null;
  /** For symbols alone; the letters among them are in the ordinary font. */
  let symbolFont: SymbolFont | null = null;
  let isStruck = false;
  let isText = false;
  let skippedField = false;
  const equations = createEquations((sign) => write(sign));
  const path: string[] = [];
  let pieces = 0;

  function start(at: Paragraph): void {
    at.isStarted = true;
    writer.breakLine(1);
    const mark = at.mark ?? defaults(at.level);
    counts.length = Math.min(counts.length, at.level + 1);
    const indent = '  '.repeat(at.level);
    if (mark === 'none') {
      counts.length = at.level;
      return;
    }
    if (mark === 'bullet') {
      counts.length = at.level;
      writer.prefix(`${indent}- `);
      return;
    }
    const number = (counts[at.level] ?? mark.start - 1) + 1;
    counts[at.level] = number;
    writer.prefix(`${indent}${listNumber(number, mark.format)} `);
  }

  function write(text: string): void {
    if (text === '' || paragraph === null) return;
    if (!paragraph.isStarted) {
      if (text.trim() === '') return;
      start(paragraph);
    }
    pieces += 1;
    writer.strike(isStruck);
    writer.rise(equations.rise() ?? rise);
    writer.writeVerbatim(text);
  }

  function look(attributes: Attributes): void {
    const baseline = Number.parseInt(attributes.baseline ?? '0', 10);
    rise = baseline > 0 ? 'raised' : baseline < 0 ? 'lowered' : null;
    isStruck = attributes.strike === 'sngStrike' || attributes.strike === 'dblStrike';
  }

  function openProperty(name: string, attributes: Attributes): void {
    if (paragraph === null) return;
    if (name === 'a:pPr') paragraph.level = Math.min(maxLevel, Math.max(0, Number(attributes.lvl ?? 0) || 0));
    else if (name === 'a:buNone') paragraph.mark = 'none';
    else if (name === 'a:buChar' || name === 'a:buBlip') paragraph.mark = 'bullet';
    else if (name === 'a:buAutoNum') paragraph.mark = autoNumber(attributes);
  }

  return {
    open(name: string, attributes: Attributes): void {
      const parent = path.at(-1);
      path.push(name);
      equations.open(name, attributes, parent);
      isText = name === 'a:t' || name === 'm:t';
      if (name === 'a:p') paragraph = { level: 0, mark: null, isStarted: false };
      else if (name === 'a:r' || name === 'a:fld' || name === 'm:r') {
        rise = null;
        font = null;
        symbolFont = null;
        isStruck = false;
        skippedField = name === 'a:fld' && /^(?:slidenum|datetime)/.test(attributes.type ?? '');
      } else if (name === 'a:rPr') look(attributes);
      else if (name === 'a:sym' && parent === 'a:rPr') symbolFont = symbolFontOf(attributes.typeface ?? '');
      else if (name === 'a:latin' && parent === 'a:rPr') font = symbolFontOf(attributes.typeface ?? '');
      else if (name === 'a:br') {
        if (paragraph?.isStarted) writer.newLine();
      } else if (name === 'a:tab') write('\t');
      else if (name === 'm:oMath') found.hasEquations = true;
      else openProperty(name, attributes);
    },
    close(name: string): void {
      path.pop();
      equations.close(name, path.at(-1));
      isText = false;
      if (name === 'a:p') paragraph = null;
    },
    text(piece: string): void {
      if (!isText || skippedField) return;
      const read = readSigns(piece, font, font ?? symbolFont);
      found.unknownSigns += read.unknown;
      write(read.text);
    },
    /** How many pieces of text were written so far. */
    pieces: (): number => pieces,
    /** Call between texts that do not continue each other's numbers. */
    restart(): void {
      counts.length = 0;
    },
  };
}

/** The mark that an automatic number says. */
export function autoNumber(attributes: Attributes): Mark {
  return { format: attributes.type ?? 'arabicPeriod', start: Number.parseInt(attributes.startAt ?? '1', 10) || 1 };
}

function listNumber(value: number, type: string): string {
  const format = numbers.find(([pattern]) => pattern.test(type))?.[1] ?? 'decimal';
  const written = numeral(value, format);
  const frame = frames.find(([pattern]) => pattern.test(type))?.[1];
  return frame === undefined ? `${written}.` : frame(written);
}
