import type { ItemRow } from '../../../shared/data.ts';
import { formatDuration, formatTokens } from '../ui/format.ts';
import { taskNames } from './batch-words.ts';

export type ColumnId = 'file' | 'status' | 'summary' | 'sentiment' | 'topics' | 'tokens' | 'time' | 'error';

interface Column {
  readonly id: ColumnId;
  /** Smallest width; what is left of the table's width goes to the columns by `share`. */
  readonly width: number;
  readonly share: number;
  readonly end?: true;
}

/** Widths depend on the table and on the user, never on what the cells hold: nothing jumps as rows arrive. */
export const columns: readonly Column[] = [
  { id: 'file', width: 176, share: 2 },
  { id: 'status', width: 92, share: 0 },
  { id: 'summary', width: 200, share: 5 },
  { id: 'sentiment', width: 104, share: 0 },
  { id: 'topics', width: 144, share: 2 },
  { id: 'tokens', width: 76, share: 0, end: true },
  { id: 'time', width: 72, share: 0, end: true },
  { id: 'error', width: 128, share: 2 },
];

export type ColumnWidths = { readonly [Id in ColumnId]?: number };

export const MIN_COLUMN_WIDTH = 56;
export const MAX_COLUMN_WIDTH = 1_200;

export function columnTemplate(widths: ColumnWidths): string {
  return columns
    .map(({ id, width, share }) => {
      const chosen = widths[id];
      if (chosen !== undefined) return `${chosen}px`;
      return share === 0 ? `${width}px` : `minmax(${width}px, ${share}fr)`;
    })
    .join(' ');
}

export function smallestTableWidth(widths: ColumnWidths): number {
  return columns.reduce((sum, { id, width }) => sum + (widths[id] ?? width), 0);
}

export function columnName(id: ColumnId, llm: boolean): string {
  switch (id) {
    case 'file':
      return 'File';
    case 'status':
      return 'Status';
    case 'summary':
    case 'sentiment':
    case 'topics':
      return taskNames(llm)[id];
    case 'tokens':
      return 'Tokens';
    case 'time':
      return 'Time';
    case 'error':
      return 'Error';
  }
}

/** The text of a cell; the status has an icon as well and is made by the row. */
export function cellText(row: ItemRow, id: Exclude<ColumnId, 'status'>, llm: boolean): string {
  switch (id) {
    case 'file':
      return row.name;
    case 'summary':
      return row.summary ?? '';
    case 'sentiment':
      return row.sentiment ?? '';
    case 'topics':
      return row.topics?.join(', ') ?? '';
    case 'tokens':
      return row.status === 'done' || row.totalTokens !== null ? formatTokens(row.totalTokens, llm) : '';
    case 'time':
      return row.latencyMs === null ? '' : formatDuration(row.latencyMs);
    case 'error':
      return row.problem?.message ?? '';
  }
}
