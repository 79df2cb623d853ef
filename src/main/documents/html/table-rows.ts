import type { TextWriter } from '../text-writer.ts';

const cells = new Set(['td', 'th']);
/** Elements of tables that a row without an element of its own ends before. */
const besideRows = new Set(['tr', 'thead', 'tbody', 'tfoot', 'caption']);

/** Writes the rows and cells of tables. Cells that stand in no row are in one, as browsers show them. */
export function createTableRowWriter(writer: TextWriter) {
  const open: ('table' | 'row' | 'row without element')[] = [];

  function endRow(): void {
    open.pop();
    writer.endRow();
    writer.breakLine(1);
  }

  function endRowWithoutElement(): void {
    if (open.at(-1) === 'row without element') endRow();
  }

  function startRow(row: 'row' | 'row without element'): void {
    writer.breakLine(1);
    open.push(row);
    writer.startRow();
  }

  return {
    open(name: string): void {
      if (besideRows.has(name)) endRowWithoutElement();
      if (name === 'table') open.push('table');
      else if (name === 'tr') startRow('row');
      else if (cells.has(name)) {
        if (open.at(-1) === 'table') startRow('row without element');
        writer.startCell();
      }
    },
    close(name: string): void {
      if (cells.has(name)) writer.endCell();
      else if (name === 'tr') endRow();
      else if (name === 'table') {
        endRowWithoutElement();
        open.pop();
      }
    },
  };
}
