import iconv from 'iconv-lite';
import { isPageNumberField } from '../page-number-fields.ts';
import { signAt, symbolFontOf } from '../symbol-fonts.ts';

interface Field {
  /** How many groups are open around it. */
  readonly depth: number;
  code: string;
  hasResult: boolean;
  /** State of a check box. */
  isTicked: boolean | null;
  entries: string[];
  chosen: number;
}

const longestCode = 1_000;
const mostEntries = 100;
/** A box whose state is "as by default". */
const BY_DEFAULT = 25;

/** Fields that print nothing of their own. */
const silent =
  /^\s*(?:XE|TC|TA|RD|SET|ASK|PRIVATE|HYPERLINK|GOTOBUTTON|MACROBUTTON|ADVANCE|NEXT|NEXTIF|SKIPIF|FORMTEXT|COMMENTS|ADDIN|SHAPE|)(?:\s|$)/i;

/** The fields that are open. What a field shows is stored as its result; only boxes and symbols are known by their code. */
export function createRtfFields() {
  const open: Field[] = [];

  return {
    open(depth: number): void {
      open.push({ depth, code: '', hasResult: false, isTicked: null, entries: [], chosen: 0 });
    },
    addCode(text: string): void {
      const field = open.at(-1);
      if (field !== undefined && field.code.length < longestCode) field.code += text;
    },
    addEntry(text: string): void {
      const field = open.at(-1);
      if (field !== undefined && field.entries.length < mostEntries) field.entries.push(text);
    },
    formWord(word: string, parameter: number | null): void {
      const field = open.at(-1);
      if (field === undefined) return;
      if (word === 'fftype') field.isTicked = parameter === 1 ? false : null;
      else if ((word === 'ffres' && parameter !== BY_DEFAULT) || word === 'ffdefres') {
        if (field.isTicked !== null) field.isTicked = parameter === 1;
        else field.chosen = parameter ?? 0;
      }
    },
    showResult(): void {
      const field = open.at(-1);
      if (field !== undefined) field.hasResult = true;
    },
    /** Whether text is the stored result of a field that tells a page or how many there are. */
    isPageNumber: (): boolean => isPageNumberField(open.at(-1)?.code ?? ''),
    /** Ends the field that began at this depth: what its code shows, or null if its result is missing. */
    close(depth: number): string | null {
      if (open.at(-1)?.depth !== depth) return '';
      const field = open.pop();
      return field === undefined || field.hasResult ? '' : valueOfCode(field);
    },
  };
}

function valueOfCode({ code, isTicked, entries, chosen }: Field): string | null {
  if (isTicked !== null || /^\s*FORMCHECKBOX/i.test(code)) return isTicked === true ? '☑' : '☐';
  if (/^\s*FORMDROPDOWN/i.test(code)) return entries[chosen] ?? '';
  if (/^\s*SYMBOL\s/i.test(code)) return symbolOf(code);
  return silent.test(code) ? '' : null;
}

/** `SYMBOL 183 \f "Symbol"`, `SYMBOL 0x20AC \u`. */
function symbolOf(code: string): string | null {
  const [, number = '', switches = ''] = /^\s*SYMBOL\s+"?(\w+)"?([\s\S]*)$/i.exec(code) ?? [];
  const value = Number(number);
  if (!(value > 0x1f && value < 0xd800)) return null;
  const font = symbolFontOf(/\\f\s*"?([^"\\]+)/i.exec(switches)?.[1]?.trim() ?? '');
  if (font !== null) return signAt(font, value);
  return /\\u/i.test(switches) || value > 0xff
    ? String.fromCharCode(value)
    : iconv.decode(Buffer.from([value]), 'cp1252');
}
