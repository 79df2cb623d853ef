import { linesOf, type Span, trimSpan } from './span.ts';

/** A delimited table (RFC 4180 with any delimiter), as spans of the text. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  /** The first row, as written. */
  readonly header: Span;
  readonly headings: readonly string[];
  /** Headings of the columns that contain sentences. */
  readonly proseColumns: readonly string[];
  /** The cells of those columns, without the first row and without their quotes. */
  readonly prose: readonly Span[];
}

const delimiters = ['\t', ';', ',', '|'] as const;

/** Rows examined to recognise a table and the columns that contain sentences. */
const SNIFFED_ROWS = 60;

/** How much of the text is searched for those rows. */
const SNIFFED_CHARACTERS = 64_000;

/** The delimiter, or null if the text is not a table. */
export function sniffDelimiter(text: string, extension: string): string | null {
  const named = extension === 'csv' || extension === 'tsv' || extension === 'tab' || extension === 'psv';
  if (!named && extension !== '' && extension !== 'txt') return null;
  let best: { delimiter: string; columns: number } | null = null;
  for (const delimiter of delimiters) {
    const columns = consistentColumns(text, delimiter, named ? 2 : 4);
    if (columns !== null && columns > (best?.columns ?? 1)) best = { delimiter, columns };
  }
  // One comma per line is common in verse and addresses: without a file name, require more.
  if (best !== null && !named && best.columns < 3 && best.delimiter !== '\t') return null;
  return best?.delimiter ?? null;
}

/** The number of columns if nearly all of the first rows have the same number, else null. */
function consistentColumns(text: string, delimiter: string, minRows: number): number | null {
  const counts: number[] = [];
  for (const row of rowsOf(text.slice(0, SNIFFED_CHARACTERS), delimiter)) {
    counts.push(row.length);
    if (counts.length >= SNIFFED_ROWS) break;
  }
  const first = counts[0];
  if (first === undefined || first < 2 || counts.length < minRows) return null;
  return counts.filter((count) => count === first).length / counts.length >= 0.9 ? first : null;
}

export function scanTable(text: string, delimiter: string): Table {
  const rows = [...rowsOf(text, delimiter)];
  const head = rows[0] ?? [];
  const headings = head.map((cell) => text.slice(cell.start, cell.end).trim());
  const proseColumns = headings.map((_, column) => isProseColumn(text, rows, column));
  const prose: Span[] = [];
  for (const row of rows.slice(1)) {
    for (const [column, cell] of row.entries()) {
      const span = proseColumns[column] === true ? trimSpan(text, cell) : null;
      if (span !== null) prose.push(span);
    }
  }
  return {
    rows: Math.max(rows.length - 1, 0),
    columns: head.length,
    header: firstLine(text),
    headings,
    proseColumns: headings.filter((_, column) => proseColumns[column] === true),
    prose,
  };
}

function firstLine(text: string): Span {
  for (const line of linesOf(text)) {
    const span = trimSpan(text, line);
    if (span !== null) return span;
  }
  return { start: 0, end: 0 };
}

/** A column of sentences averages four words per cell in the rows examined. */
function isProseColumn(text: string, rows: readonly (readonly Span[])[], column: number): boolean {
  let cells = 0;
  let words = 0;
  for (const row of rows.slice(1, SNIFFED_ROWS)) {
    const cell = row[column];
    if (cell === undefined || cell.end - cell.start === 0) continue;
    const content = text.slice(cell.start, Math.min(cell.end, cell.start + 400));
    cells += 1;
    words += content.match(/\p{L}{2,}/gu)?.length ?? 0;
    if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{8,}/u.test(content)) words += 4;
  }
  return cells > 0 && words / cells >= 4;
}

/** The cells of each non-blank row. An unclosed quote ends with its line. */
function* rowsOf(text: string, delimiter: string): Generator<Span[]> {
  let position = 0;
  while (position < text.length) {
    const { cells, next } = rowAt(text, position, delimiter);
    position = next;
    const first = cells[0];
    if (cells.length > 1 || (first !== undefined && trimSpan(text, first) !== null)) yield cells;
  }
}

function rowAt(text: string, from: number, delimiter: string): { cells: Span[]; next: number } {
  const cells: Span[] = [];
  let position = from;
  for (;;) {
    const cell =
      text.charAt(position) === '"' ? quotedCell(text, position, delimiter) : plainCell(text, position, delimiter);
    cells.push(cell.span);
    position = cell.next;
    if (text.charAt(position) !== delimiter) break;
    position += 1;
  }
  if (text.charAt(position) === '\r') position += 1;
  return { cells, next: position + 1 };
}

function plainCell(text: string, from: number, delimiter: string): { span: Span; next: number } {
  let end = from;
  while (end < text.length) {
    const character = text.charAt(end);
    if (character === delimiter || character === '\n') break;
    end += 1;
  }
  const contentEnd = end > from && text.charAt(end - 1) === '\r' ? end - 1 : end;
  return { span: { start: from, end: contentEnd }, next: end };
}

/** Longest quoted cell read across line breaks; a stray quote must not swallow the file. */
const MAX_QUOTED = 32_768;

function quotedCell(text: string, from: number, delimiter: string): { span: Span; next: number } {
  let position = from + 1;
  const limit = Math.min(text.length, from + MAX_QUOTED);
  while (position < limit) {
    if (text.charAt(position) !== '"') {
      position += 1;
    } else if (text.charAt(position + 1) === '"') {
      position += 2;
    } else {
      const rest = plainCell(text, position + 1, delimiter);
      return { span: { start: from + 1, end: position }, next: rest.next };
    }
  }
  return plainCell(text, from, delimiter);
}
