import type { AnswerValue } from '../../../shared/answer.ts';
import { valueWords } from '../../../shared/answer-words.ts';
import type { ItemFilter, ItemRow } from '../../../shared/batch-data.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { type AnswerKind, columnTitle, type Question, type Recipe } from '../../../shared/recipe.ts';
import { formatDuration, formatTokens } from '../ui/format.ts';

/** A question's column is named by the question's id. */
export type ColumnId = 'file' | 'status' | 'tokens' | 'time' | 'error' | `question:${string}`;

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** Smallest width; what is left of the table's width goes to the columns by `share`. */
  readonly width: number;
  readonly share: number;
  readonly end?: true;
  /** Set on the column of a question. */
  readonly question?: string;
}

/** What a table shows: its columns follow from it. */
export interface TableShape {
  readonly recipe: Recipe;
  /** False for results of the built-in engine. */
  readonly llm: boolean;
  readonly filter: ItemFilter;
}

const file: Column = { id: 'file', title: 'File', width: 160, share: 3 };
const status: Column = { id: 'status', title: 'Status', width: 104, share: 0 };
const tokens: Column = { id: 'tokens', title: 'Tokens', width: 76, share: 0, end: true };
// The last one keeps a margin from the window's edge.
const time: Column = { id: 'time', title: 'Time', width: 84, share: 0, end: true };
/**
 * Among failed files the reason is what one reads: it has the room, that of the status too, which is the same for all.
 * What results a file has stand in its detail.
 */
const reason: Column = { id: 'error', title: 'Error', width: 340, share: 6 };

/** Widths depend on the table and on the user, never on what the cells hold: nothing jumps as rows arrive. */
export function columnsOf({ recipe, llm, filter }: TableShape): readonly Column[] {
  if (filter === 'failed') return [file, reason, tokens, time];
  return [file, status, ...recipe.questions.map((question) => questionColumn(question, llm)), tokens, time];
}

function questionColumn(question: Question, llm: boolean): Column {
  const { id } = question;
  return { id: `question:${id}`, question: id, title: columnTitle(question, llm), ...questionWidth(question.answer) };
}

function questionWidth({ type }: AnswerKind): Pick<Column, 'width' | 'share'> {
  switch (type) {
    case 'text':
      return { width: 180, share: 5 };
    case 'yes_no':
    case 'choice':
    case 'number':
    case 'date':
      return { width: 104, share: 0 };
    case 'choices':
    case 'list':
      return { width: 128, share: 2 };
  }
}

interface Cell extends Column {
  /** 0-based. */
  readonly column: number;
  readonly span: number;
}

/** A reason in one narrow column would not be readable. */
const REASON_COLUMNS = 2;

/** A file's cells. Why it failed stands over columns of results that it does not have. */
export function cellsOf(row: ItemRow, columns: readonly Column[]): readonly Cell[] {
  const cells = columns.map((column, index): Cell => ({ ...column, column: index, span: 1 }));
  const lacks = (cell: Cell | undefined) => cell?.question !== undefined && answerValue(row, cell.question) === null;
  const last = cells.findLastIndex((cell) => cell.question !== undefined);
  const missing = cells.findIndex(lacks);
  if (row.status !== 'failed' || missing < 0) return cells;
  const first = cells.findIndex((cell) => cell.question !== undefined);
  const from = Math.max(first, Math.min(missing, last - REASON_COLUMNS + 1));
  let to = Math.min(last, from + REASON_COLUMNS - 1);
  while (to < last && lacks(cells[to + 1])) to += 1;
  return [...cells.slice(0, from), { ...reason, column: from, span: to - from + 1 }, ...cells.slice(to + 1)];
}

/** What the row has as the answer to a question; null if none. */
export function answerValue({ answers }: ItemRow, question: string): AnswerValue | null {
  return answers.find((answer) => answer.question === question)?.value ?? null;
}

/** Where the reason of a failed file begins in a table that has no room to spare. */
export function smallestReasonStart(widths: ColumnWidths, columns: readonly Column[]): number {
  const start = columns.findIndex(({ id, question }) => id === 'error' || question !== undefined);
  return smallestTableWidth(widths, columns.slice(0, start));
}

export type ColumnWidths = { readonly [Id in ColumnId]?: number };

export const MIN_COLUMN_WIDTH = 56;
export const MAX_COLUMN_WIDTH = 1_200;

function layout(widths: ColumnWidths, columns: readonly Column[]): readonly Pick<Column, 'width' | 'share'>[] {
  return columns.map((column) => {
    const chosen = widths[column.id];
    return chosen === undefined ? column : { width: chosen, share: 0 };
  });
}

export function columnTemplate(widths: ColumnWidths, columns: readonly Column[]): string {
  return layout(widths, columns)
    .map(({ width, share }) => (share === 0 ? `${width}px` : `minmax(${width}px, ${share}fr)`))
    .join(' ');
}

export function smallestTableWidth(widths: ColumnWidths, columns: readonly Column[]): number {
  return layout(widths, columns).reduce((sum, { width }) => sum + width, 0);
}

/** The text of a cell; the status has an icon as well and is made by the row. */
export function cellText(row: ItemRow, { id, question }: Pick<Column, 'id' | 'question'>, llm: boolean): string {
  if (question !== undefined) {
    const value = answerValue(row, question);
    return value === null ? nothing(row) : valueWords(value);
  }
  switch (id) {
    case 'file':
      return row.name;
    case 'tokens':
      return row.status === 'done' || row.totalTokens !== null ? formatTokens(row.totalTokens, llm) : '';
    case 'time':
      return row.latencyMs === null ? '' : formatDuration(row.latencyMs);
    case 'error':
      return row.problem === null ? '' : problemSentence(row.problem);
    default:
      return '';
  }
}

/** A file that is done may have no such result; the detail says why. */
function nothing({ status }: ItemRow): string {
  return status === 'done' ? '–' : '';
}
