import { type Attributes, attributeOf } from '../packed/xml-events.ts';
import { isPageNumberField } from '../page-number-fields.ts';
import { readSigns, symbolFontOf } from '../symbol-fonts.ts';
import { equationText } from './equation-field.ts';
import { createFormFields } from './form-fields.ts';

interface Field {
  code: string;
  /** Everything before the separator is code, everything after it the result. */
  isCode: boolean;
  hasSeparator: boolean;
  isShown: boolean;
  formValue: string;
}

/** Longer than any field code that is interpreted here; the rest of a longer one is dropped. */
const maxCodeLength = 4_000;

export type Fields = ReturnType<typeof createFields>;

/**
 * The fields of a Word document. Only a field's result, as Word last stored it, is text. Fields can be nested and span
 * any number of runs and paragraphs; anything inside a field's code is code, including the results of nested fields.
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

  /** Ends the innermost field. Returns the text it shows if it has no stored result. */
  function end(): string {
    const field = open.pop();
    if (field === undefined) return '';
    if (field.isCode) inCode -= 1;
    if (field.isShown) return '';
    if (field.formValue !== '') return field.formValue;
    return field.hasSeparator ? '' : shownBy(field.code);
  }

  /** The text of a field whose result is never stored, because Word computes it from the code each time. */
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
    /** Begins a `w:fldSimple`: its code is an attribute, its content is the result. */
    beginSimple(code: string): void {
      open.push({ code, isCode: false, hasSeparator: false, isShown: false, formValue: '' });
    },
    end,
    /** A field with a stored result has a run for it, even if the run is empty. */
    openRun(): void {
      const field = open.at(-1);
      if (field?.isCode === false) field.hasSeparator = true;
    },
    /** Reads a `w:fldChar` and returns the text to write in its place. */
    char(attributes: Attributes): string {
      const type = attributeOf(attributes, 'fldCharType');
      if (type === 'begin') {
        if (!unclosed.has(seen)) begin();
        seen += 1;
      } else if (type === 'separate') separate();
      else if (type === 'end') return end();
      return '';
    },
    /** Skips a `w:fldChar` in a part of the document that is not read. */
    pass(attributes: Attributes): void {
      if (attributeOf(attributes, 'fldCharType') === 'begin') seen += 1;
    },
    isInCode: (): boolean => inCode > 0,
    /** Whether text is the stored result of a field that tells a page or how many there are. */
    isPageNumber(): boolean {
      const field = open.at(-1);
      return field?.isCode === false && isPageNumberField(field.code);
    },
    addCode(text: string): void {
      const field = open.at(-1);
      if (field?.isCode && field.code.length < maxCodeLength) field.code += text;
    },
    /** Marks all open fields as having shown text. */
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
    /** Number of fields that would show something if Word had stored it. */
    withoutResult: (): number => withoutResult,
    hasEquations: (): boolean => hasEquations,
  };
}

/** Fields that never show anything, and page numbers, which plain text does not have. */
const silent = new Set(
  (
    'XE TC TA RD SET ASK PRIVATE NEXT NEXTIF SKIPIF ADVANCE BIDIOUTLINE PAGE NUMPAGES SECTIONPAGES SECTION PAGEREF ' +
    'FORMTEXT FORMCHECKBOX FORMDROPDOWN TOC TOA INDEX BIBLIOGRAPHY MERGEREC MERGESEQ'
  ).split(' '),
).add('');

/** Field begins and ends, and `mc:Fallback`, which may not be read: a field must end in the part it began in. */
const fieldMarks = /<(\/?)(?:[\w.-]+:)?(?:(Fallback)\b[^<>]*>|fldChar\s[^<>]*?fldCharType\s*=\s*["'](begin|end)["'])/g;

/**
 * The fields that begin but never end, by their index among all begins. Taken literally, they would turn the rest of
 * the document into code.
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

/** `SYMBOL 179 \f "Symbol"`: a code in a font or, with `\u`, a Unicode character. */
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
