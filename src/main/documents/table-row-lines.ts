import { CELL_SEPARATOR, LINE_BREAK_IN_CELL, NESTED_CELL_SEPARATOR } from '../../shared/places.ts';

/** Characters of about a printed page: nobody reads across from a cell that holds more. */
const longestCell = 3_000;

interface Cell {
  /** Where in the parts its text begins; what separates it from the cell before is the part in front of that. */
  from: number;
  length: number;
  hasText: boolean;
  hasBreak: boolean;
  /** It holds a table. */
  hasRows: boolean;
}

interface Row {
  /** A row of the same table above this one has text in several cells. */
  readonly isInGrid: boolean;
  readonly cells: Cell[];
}

/**
 * The table rows of a text that is written part by part. A row is one line, whatever its cells hold: lines and paragraphs
 * in a cell are parted by `<br>`, as in Markdown, and the cells of a table in a cell by ` ¦ `. Where there is nothing to
 * read across, lines stay lines and cells follow each other as paragraphs: where each row of a table has text in one cell
 * alone, as in the frames that mails are laid out in, and where a cell is longer than a page.
 */
export function createTableRows(parts: string[]) {
  const rows: Row[] = [];
  /** How many of them, from the outermost on, have something written. */
  let begun = 0;
  /** How much was written so far, and when the row ended that ended last. */
  let written = 0;
  let last = { written: -1, depth: 0, isGrid: false };

  function openCell(row: Row): Cell {
    const cell = { from: parts.length, length: 0, hasText: false, hasBreak: false, hasRows: false };
    row.cells.push(cell);
    return cell;
  }

  /** Text between cells belongs to the one before it. */
  function cellOf(row: Row | undefined): Cell | null {
    return row === undefined ? null : (row.cells.at(-1) ?? openCell(row));
  }

  function beforeText(text: string): void {
    written += 1;
    for (; begun < rows.length; begun += 1) {
      const cell = cellOf(rows[begun]);
      if (cell !== null) cell.from = parts.length;
    }
    const cell = cellOf(rows.at(-1));
    if (cell === null) return;
    cell.length += text.length;
    cell.hasText ||= text.trim() !== '';
    cell.hasBreak ||= text.includes('\n');
  }

  return {
    beforeText,
    /** A break belongs to the rows that are begun: before a row, it parts that from what is above. */
    beforeBreak(): void {
      const cell = cellOf(rows[begun - 1]);
      if (cell !== null) cell.hasBreak = true;
    },
    isInRow: (): boolean => rows.length > 0,
    /** @param isFirst the row is the first of its table, as far as that is known. */
    start(isFirst: boolean): void {
      const isSameTable = !isFirst && last.written === written && last.depth === rows.length;
      rows.push({ isInGrid: isSameTable && last.isGrid, cells: [] });
    },
    hasCells: (): boolean => (rows.at(-1)?.cells.length ?? 0) > 0,
    startCell(): void {
      const row = rows.at(-1);
      if (row === undefined) return;
      if (row.cells.length > 0) {
        beforeText('');
        parts.push(CELL_SEPARATOR);
      }
      openCell(row);
    },
    end(): void {
      const row = rows.pop();
      if (row === undefined) return;
      begun = Math.min(begun, rows.length);
      const isGrid = row.isInGrid || row.cells.filter(({ hasText }) => hasText).length > 1;
      const hasBreak = finishRow(parts, row, isGrid);
      last = { written, depth: rows.length, isGrid };
      const outer = cellOf(rows.at(-1));
      if (outer === null) return;
      outer.hasRows = true;
      outer.hasBreak ||= hasBreak;
      outer.hasText ||= row.cells.some(({ hasText }) => hasText);
      outer.length += row.cells.reduce((sum, { length }) => sum + length + CELL_SEPARATOR.length, 0);
    },
  };
}

/** @returns whether it has line breaks. */
function finishRow(parts: string[], { cells }: Row, isGrid: boolean): boolean {
  const hasBreak = cells.some((cell) => cell.hasBreak);
  const isReadAcross = isGrid && cells.every(({ length }) => length <= longestCell);
  if (isReadAcross) {
    if (hasBreak || cells.some(({ hasRows }) => hasRows)) joinLines(parts, cells);
    return false;
  }
  if (hasBreak) separateCells(parts, cells);
  return hasBreak;
}

function joinLines(parts: string[], cells: readonly Cell[]): void {
  const lines = cells.map((cell, at) => {
    const next = cells[at + 1];
    return inOneLine(parts.slice(cell.from, next === undefined ? undefined : next.from - 1).join(''), cell.hasRows);
  });
  parts.length = cells[0]?.from ?? parts.length;
  parts.push(lines.join(CELL_SEPARATOR));
}

function inOneLine(text: string, hasRows: boolean): string {
  const lines = text.split('\n').filter((line) => /[^\s\p{Cc}]/u.test(line));
  const own = hasRows ? lines.map((line) => line.replace(/ \|(?= |$)/g, NESTED_CELL_SEPARATOR.trimEnd())) : lines;
  return own.map((line) => line.trimEnd()).join(LINE_BREAK_IN_CELL);
}

/** Empty cells leave nothing. */
function separateCells(parts: string[], cells: readonly Cell[]): void {
  let isFirst = true;
  for (const [at, { from, hasText }] of cells.entries()) {
    if (at > 0) parts[from - 1] = hasText && !isFirst ? '\n\n' : '';
    if (hasText) isFirst = false;
  }
}
