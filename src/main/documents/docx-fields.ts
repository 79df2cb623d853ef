import { createFormFields } from './docx-form-fields.ts';
import { equationText } from './equation-field.ts';
import { readSigns, symbolFontOf } from './symbol-fonts.ts';
import { type Attributes, attributeOf } from './xml-events.ts';

interface Field {
  code: string;
  /** Until the separator the field is code; what follows is its result. */
  isCode: boolean;
  hasSeparator: boolean;
  isShown: boolean;
  formValue: string;
}

/** More than any code that is read here; the rest of a longer one is not kept. */
const maxCodeLength = 4_000;

/**
 * The fields of a Word document: of each only its result is text, as Word last stored it. Fields stand in each other, over
 * any number of runs and paragraphs; what stands in the code of one is code, and so is the result of a field in it.
 */
export function createFields(xml: string) {
  const unclosed = unclosedFields(xml);
  const open: Field[] = [];
  const forms = createFormFields();
  let seen = 0;
  let inCode = 0;
  let numbered = 0;
  let withoutResult = 0;
  let hasEquations = false;

  function begin(): void {
    open.push({ code: '', isCode: true, hasSeparator: false, isShown: false, formValue: '' });
    inCode += 1;
  }

  function separate(): void {
    const field = open.at(-1);
    if (field?.isCode !== true) return;
    field.isCode = false;
    field.hasSeparator = true;
    inCode -= 1;
  }

  /** Ends the innermost field and gives what it shows beside its stored result. */
  function end(): string {
    const field = open.pop();
    if (field === undefined) return '';
    if (field.isCode) inCode -= 1;
    if (field.isShown) return '';
    if (field.formValue !== '') return field.formValue;
    return field.hasSeparator ? '' : shownBy(field.code);
  }

  /** Of a field whose result was never stored, because Word finds it in the code each time. */
  function shownBy(code: string): string {
    const kind = /^\s*(=|\S+)/.exec(code)?.[1]?.toUpperCase() ?? '';
    const rest = code.trimStart().slice(kind.length);
    switch (kind) {
      case 'SYMBOL':
        return symbolText(rest);
      case 'EQ':
        hasEquations = true;
        return equationText(rest);
      case 'QUOTE':
      case 'HYPERLINK':
        return firstArgument(rest);
      case 'MACROBUTTON':
      case 'GOTOBUTTON':
        return rest.trim().replace(/^\S+\s*/, '');
      case 'AUTONUM':
      case 'AUTONUMLGL':
      case 'AUTONUMOUT':
        numbered += 1;
        return `${numbered}.`;
      default:
        if (!silent.has(kind)) withoutResult += 1;
        return '';
    }
  }

  return {
    /** A `w:fldSimple`: its code is an attribute, what is in it is its result. */
    beginSimple(code: string): void {
      open.push({ code, isCode: false, hasSeparator: false, isShown: false, formValue: '' });
    },
    end,
    /** A field whose result is stored has a run for it, and be it empty. */
    openRun(): void {
      const field = open.at(-1);
      if (field?.isCode === false) field.hasSeparator = true;
    },
    /** Reads a `w:fldChar` and gives what is to be written in its place. */
    char(attributes: Attributes): string {
      const type = attributeOf(attributes, 'fldCharType');
      if (type === 'begin') {
        if (!unclosed.has(seen)) begin();
        seen += 1;
      } else if (type === 'separate') separate();
      else if (type === 'end') return end();
      return '';
    },
    /** Passes a `w:fldChar` by that is in a part of the document that is not read. */
    pass(attributes: Attributes): void {
      if (attributeOf(attributes, 'fldCharType') === 'begin') seen += 1;
    },
    isInCode: (): boolean => inCode > 0,
    addCode(text: string): void {
      const field = open.at(-1);
      if (field?.isCode && field.code.length < maxCodeLength) field.code += text;
    },
    /** Text has been written as (a part of) the result of all fields that are open. */
    show(): void {
      for (let at = open.length - 1; at >= 0 && open[at]?.isShown === false; at -= 1) {
        const field = open[at];
        if (field !== undefined) field.isShown = true;
      }
    },
    openData: forms.open,
    closeData(): void {
      const field = open.at(-1);
      if (field !== undefined) field.formValue = forms.value();
    },
    /** Fields that would show something if Word had stored it. */
    withoutResult: (): number => withoutResult,
    hasEquations: (): boolean => hasEquations,
  };
}

/** Fields that never show anything, and the numbers of pages, of which a text has none. */
const silent = new Set(
  (
    'XE TC TA RD SET ASK PRIVATE NEXT NEXTIF SKIPIF ADVANCE BIDIOUTLINE PAGE NUMPAGES SECTIONPAGES SECTION PAGEREF ' +
    'FORMTEXT FORMCHECKBOX FORMDROPDOWN TOC TOA INDEX BIBLIOGRAPHY MERGEREC MERGESEQ'
  ).split(' '),
).add('');

/** What begins and ends a field, and an older form of a part, which may not be read: a field ends where it began. */
const fieldMarks = /<(\/?)(?:[\w.-]+:)?(?:(Fallback)\b[^<>]*>|fldChar\s[^<>]*?fldCharType\s*=\s*["'](begin|end)["'])/g;

/**
 * The fields that begin and never end, by their place among all that begin. Taken at their word they would turn the rest
 * of the document into code.
 */
function unclosedFields(xml: string): ReadonlySet<number> {
  const unclosed = new Set<number>();
  const outer: number[][] = [];
  let open: number[] = [];
  let count = 0;
  for (const [mark, slash, fallback, type] of xml.matchAll(fieldMarks)) {
    if (type === 'end') open.pop();
    else if (type === 'begin') {
      open.push(count);
      count += 1;
    } else if (fallback !== undefined && slash === '/') {
      for (const one of open) unclosed.add(one);
      open = outer.pop() ?? [];
    } else if (!mark.endsWith('/>')) {
      outer.push(open);
      open = [];
    }
  }
  for (const one of [...outer.flat(), ...open]) unclosed.add(one);
  return unclosed;
}

/** `SYMBOL 179 \f "Symbol"`: a place in a font, or with `\u` a character of Unicode. */
function symbolText(code: string): string {
  const number = /^\s*"?(0x[\da-f]+|\d+)"?/i.exec(code)?.[1];
  if (number === undefined) return '';
  const place = Number(number);
  const font = symbolFontOf(
    /\\f\s*(?:"([^"]*)"|(\S+))/i
      .exec(code)
      ?.slice(1)
      .find((name) => name !== undefined) ?? '',
  );
  if (place > 0xffff || (place >= 0xd800 && place < 0xe000)) return '';
  if (font !== null || /\\u/i.test(code)) return readSigns(String.fromCodePoint(place), font).text;
  return place < 0x100 ? new TextDecoder('windows-1252').decode(Uint8Array.of(place)) : String.fromCodePoint(place);
}

function firstArgument(code: string): string {
  const found = /^\s*(?:"([^"]*)"|([^\s\\"][^\s"]*))/.exec(code);
  return found?.[1] ?? found?.[2] ?? '';
}
