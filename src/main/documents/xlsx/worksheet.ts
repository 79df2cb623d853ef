import { type ObjectKind, objectKindOf } from '../object-kinds.ts';
import { relationId } from '../packed/ooxml-package.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';
import { cellOf, rangeOf } from '../sheets/cell-address.ts';
import { printedText } from '../sheets/printed-text.ts';
import { countWithin, createSheetRows, type SheetRows } from '../sheets/sheet-rows.ts';
import type { NumberFormats } from './number-formats.ts';
import { createRichText, isSet } from './rich-text.ts';

/** What all sheets of a workbook share. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly formats: NumberFormats;
  /** The address that a relationship of the sheet leads to; null if it leads to none outside. */
  readonly addressOf: (id: string) => string | null;
}

/** What a sheet's part says, apart from what it refers to. */
export interface Worksheet {
  readonly rows: SheetRows;
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
  readonly formulasWithoutResult: number;
  /** Cells that show a picture or linked data, in place of which an error is stored. */
  readonly richValues: number;
  /** Headers and footers of its pages. */
  readonly printed: readonly (readonly ['Header' | 'Footer', string])[];
  readonly objects: ReadonlySet<ObjectKind>;
  readonly hasControls: boolean;
}

interface Cell {
  row: number;
  column: number;
  type: string;
  style: number;
  value: string;
  formula: string;
  hasFormula: boolean;
}

/** Reads a sheet's rows as they are shown. */
export function readWorksheet(xml: Uint8Array, context: SheetContext): Worksheet {
  const rows = createSheetRows();
  const rich = createRichText();
  const links = createLinks(context);
  const printed = new Map<string, 'Header' | 'Footer'>();
  const hiddenColumns: (readonly [number, number])[] = [];
  const cell: Cell = { row: 0, column: 0, type: '', style: 0, value: '', formula: '', hasFormula: false };
  let hiddenRows: number[] = [];
  let textOf: 'value' | 'formula' | null = null;
  let print = '';
  let printKind: 'Header' | 'Footer' | null = null;
  let formulasWithoutResult = 0;
  let richValues = 0;
  const objects = new Set<ObjectKind>();
  let hasControls = false;

  function openRow(attributes: Attributes): void {
    cell.row = Number(attributes.r ?? cell.row + 1);
    cell.column = 0;
    if (isSet(attributes, 'hidden')) hiddenRows.push(cell.row);
  }

  function openCell(attributes: Attributes): void {
    const at = attributes.r === undefined ? null : cellOf(attributes.r);
    if (at !== null) cell.row = at.row;
    cell.column = at?.column ?? cell.column + 1;
    cell.type = attributes.t ?? 'n';
    if (cell.type === 'e' && attributes.vm !== undefined) richValues += 1;
    cell.style = Number(attributes.s ?? 0);
    cell.value = '';
    cell.formula = '';
    cell.hasFormula = false;
    rich.clear();
  }

  function closeCell(): void {
    const shown = shownText(cell, rich.value(), context);
    if (shown === '' && cell.hasFormula && cell.value === '' && cell.type !== 'str') {
      formulasWithoutResult += 1;
      rows.add(cell.row, cell.column, cell.formula === '' ? '=' : `=${cell.formula}`);
    } else if (shown !== '') rows.add(cell.row, cell.column, shown);
  }

  readXml(xml, {
    open(name, attributes) {
      textOf = null;
      switch (name) {
        case 'x:c':
          return openCell(attributes);
        case 'x:v':
          textOf = 'value';
          return;
        case 'x:f':
          textOf = 'formula';
          cell.hasFormula = true;
          return;
        case 'x:row':
          return openRow(attributes);
        case 'x:col':
          if (isSet(attributes, 'hidden')) hiddenColumns.push([Number(attributes.min), Number(attributes.max)]);
          return;
        case 'x:mergeCell': {
          const range = rangeOf(attributes.ref ?? '');
          if (range !== null) rows.merge(range);
          return;
        }
        case 'x:hyperlink':
          return links.add(attributes);
        case 'x:oleObject':
          objects.add(objectKindOf(attributes.progId ?? '', attributes.link !== undefined));
          return;
        case 'x:control':
          hasControls = true;
          return;
        default:
          if (/^x:(?:odd|even|first)(?:Header|Footer)$/.test(name)) {
            printKind = name.endsWith('Header') ? 'Header' : 'Footer';
            print = '';
          } else rich.open(name);
      }
    },
    close(name) {
      if (name === 'x:c') closeCell();
      else if (printKind !== null) {
        const text = printedText(print);
        if (/\p{L}/u.test(text)) printed.set(text, printKind);
        printKind = null;
      } else rich.close(name);
      textOf = null;
    },
    text(piece) {
      if (textOf === 'value') cell.value += piece;
      else if (textOf === 'formula') cell.formula += piece;
      else if (printKind !== null) print += piece;
      else rich.add(piece);
    },
  });
  links.write(rows);
  hiddenRows = hiddenRows.filter(rows.isUsedRow);
  return {
    rows,
    hiddenRows: hiddenRows.length,
    hiddenColumns: countWithin(rows.usedColumns(), hiddenColumns),
    formulasWithoutResult,
    richValues,
    printed: [...printed].map(([text, kind]) => [kind, text] as const),
    objects,
    hasControls,
  };
}

function shownText({ type, value, style }: Cell, rich: string, { strings, formats }: SheetContext): string {
  switch (type) {
    case 's':
      return value.trim() === '' ? '' : sharedString(strings, value);
    case 'inlineStr':
      return rich;
    case 'b':
      return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    case 'str':
    case 'e':
      return value;
    case 'd':
      return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '');
    default: {
      const number = Number(value);
      return value.trim() === '' || Number.isNaN(number) ? value.trim() : formats(style)(number);
    }
  }
}

function sharedString(strings: readonly string[], index: string): string {
  const text = strings[Number(index)];
  if (text === undefined) throw new Error(`The text ${index.slice(0, 20)} is missing.`);
  return text;
}

/** Links of cells, which stand behind the rows in the file. */
function createLinks({ addressOf }: SheetContext) {
  const links: (readonly [row: number, column: number, address: string])[] = [];
  return {
    add(attributes: Attributes): void {
      const range = rangeOf(attributes.ref ?? '');
      const address = addressOf(relationId(attributes));
      if (range !== null && address !== null) links.push([range.firstRow, range.firstColumn, address]);
    },
    write(rows: SheetRows): void {
      links.sort(([one], [other]) => one - other);
      for (const [row, column, address] of links) rows.link(row, column, address);
    },
  };
}
