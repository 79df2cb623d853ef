import { readXml } from '../packed/xml-events.ts';

/** A larger table is drawn from data that stands elsewhere. */
const maxCells = 5_000;

/** The text of a chart: its titles and, if wanted, the table that it is drawn from. '' if it has no text. */
export function chartDataText(xml: Uint8Array, withNumbers: boolean): string {
  const titles: string[] = [];
  const rows: string[][] = [];
  let inTitles = 0;
  let inCells = 0;
  let cells = 0;
  /** Labels of several levels are in a paragraph, and again in a list behind it. */
  let inRepeats = 0;

  function write(piece: string): void {
    if (inTitles > 0) titles.push((titles.pop() ?? '') + piece);
    else if (inCells > 0 && inRepeats === 0 && cells <= maxCells) {
      const row = rows.at(-1);
      row?.push((row.pop() ?? '') + piece);
    }
  }

  readXml(xml, {
    open(name) {
      if (name === 'text:list' && (inRepeats > 0 || isFilled(rows.at(-1)?.at(-1)))) inRepeats += 1;
      if (titleElements.has(name)) {
        inTitles += 1;
        titles.push('');
      } else if (name === 'table:table-row') rows.push([]);
      else if (name === 'table:table-cell') {
        cells += 1;
        inCells += 1;
        if (cells <= maxCells) rows.at(-1)?.push('');
      }
    },
    close(name) {
      if (name === 'text:list' && inRepeats > 0) inRepeats -= 1;
      else if (name === 'text:p') write(' ');
      else if (titleElements.has(name)) inTitles -= 1;
      else if (name === 'table:table-cell') inCells -= 1;
    },
    text: write,
  });
  const title = titles
    .map((one) => one.replace(/\s+/g, ' ').trim())
    .filter((one) => one !== '')
    .join(' / ');
  const lines = rows.map((row) => row.map((one) => one.trim()).join(' | ')).filter((line) => /[^\s|]/.test(line));
  const text = [title, ...(withNumbers ? lines : [])].filter((line) => line !== '').join('\n');
  return text === '' ? '' : `[Chart] ${text}`;
}

function isFilled(cell: string | undefined): boolean {
  return cell !== undefined && cell.trim() !== '';
}

const titleElements = new Set(['chart:title', 'chart:subtitle', 'chart:footer']);
