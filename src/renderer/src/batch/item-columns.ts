import type { ItemFilter, ItemRow } from '../../../shared/batch-data.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { taskNames } from '../platform/call-words.ts';
import { formatDuration, formatTokens } from '../ui/format.ts';

export const columnIds = ['file', 'status', 'summary', 'sentiment', 'topics', 'tokens', 'time', 'error'] as const;

export type ColumnId = (typeof columnIds)[number];

interface Column {
  readonly id: ColumnId;
  /** Smallest width; what is left of the table's width goes to the columns by `share`. */
  readonly width: number;
  readonly share: number;
  readonly end?: true;
}

/** Widths depend on the table and on the user, never on what the cells hold: nothing jumps as rows arrive. */
export const columns: readonly Column[] = [
  { id: 'file', width: 160, share: 3 },
  { id: 'status', width: 104, share: 0 },
  { id: 'summary', width: 180, share: 5 },
  { id: 'sentiment', width: 104, share: 0 },
  { id: 'topics', width: 128, share: 2 },
  { id: 'tokens', width: 76, share: 0, end: true },
  // The last one keeps a margin from the window's edge.
  { id: 'time', width: 84, share: 0, end: true },
];

/**
 * Among failed files the reason is what one reads: it has the room, that of the status too, which is the same for all.
 * What results a file has stand in its detail.
 */
const columnsOfFailed: readonly Column[] = [
  { id: 'file', width: 160, share: 3 },
  { id: 'error', width: 340, share: 6 },
  { id: 'tokens', width: 76, share: 0, end: true },
  { id: 'time', width: 84, share: 0, end: true },
];

export function columnsOf(filter: ItemFilter): readonly Column[] {
  return filter === 'failed' ? columnsOfFailed : columns;
}

interface Cell {
  readonly id: ColumnId;
  /** 0-based. */
  readonly column: number;
  readonly span: number;
  readonly end?: true | undefined;
}

/** A file's cells. Why it failed stands over the columns of the results that it does not have. */
export function cellsOf(row: ItemRow, filter: ItemFilter): readonly Cell[] {
  const cells = columnsOf(filter).map(({ id, end }, column): Cell => ({ id, column, span: 1, end }));
  const from = cells.findIndex(({ id }) => id === (row.summary === null ? 'summary' : 'sentiment'));
  const to = cells.findIndex(({ id }) => id === 'topics');
  if (row.status !== 'failed' || from < 0) return cells;
  return [...cells.slice(0, from), { id: 'error', column: from, span: to - from + 1 }, ...cells.slice(to + 1)];
}

/** Where the reason of a failed file begins in a table that has no room to spare. */
export function smallestReasonStart(widths: ColumnWidths, filter: ItemFilter): number {
  return widthBefore(
    widths,
    filter,
    columnsOf(filter).findIndex(({ id }) => id === 'error' || id === 'summary'),
  );
}

function widthBefore(widths: ColumnWidths, filter: ItemFilter, column: number): number {
  return layout(widths, filter)
    .slice(0, column)
    .reduce((sum, { width }) => sum + width, 0);
}

export type ColumnWidths = { readonly [Id in ColumnId]?: number };

export const MIN_COLUMN_WIDTH = 56;
export const MAX_COLUMN_WIDTH = 1_200;

function layout(widths: ColumnWidths, filter: ItemFilter): readonly Pick<Column, 'width' | 'share'>[] {
  return columnsOf(filter).map((column) => {
    const chosen = widths[column.id];
    return chosen === undefined ? column : { width: chosen, share: 0 };
  });
}

export function columnTemplate(widths: ColumnWidths, filter: ItemFilter): string {
  return layout(widths, filter)
    .map(({ width, share }) => (share === 0 ? `${width}px` : `minmax(${width}px, ${share}fr)`))
    .join(' ');
}

export function smallestTableWidth(widths: ColumnWidths, filter: ItemFilter): number {
  return widthBefore(widths, filter, columnsOf(filter).length);
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
      return row.summary ?? nothing(row);
    case 'sentiment':
      return row.sentiment ?? nothing(row);
    case 'topics':
      return row.topics?.join(', ') ?? nothing(row);
    case 'tokens':
      return row.status === 'done' || row.totalTokens !== null ? formatTokens(row.totalTokens, llm) : '';
    case 'time':
      return row.latencyMs === null ? '' : formatDuration(row.latencyMs);
    case 'error':
      return row.problem === null ? '' : problemSentence(row.problem);
  }
}

/** A file that is done may have no such result; the detail says why. */
function nothing({ status }: ItemRow): string {
  return status === 'done' ? '–' : '';
}
