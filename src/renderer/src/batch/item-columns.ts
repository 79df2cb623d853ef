import type { AnswerValue } from '../../../shared/answer.ts';
import { shownValue, valueWords } from '../../../shared/answer-words.ts';
import type { ItemFilter, ItemRow } from '../../../shared/batch-data.ts';
import type { ItemColumn } from '../../../shared/item-view.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { columnTitle, type Question, type Recipe } from '../../../shared/recipe.ts';
import { formatDuration, formatTokens } from '../ui/format.ts';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { statusWord } from '../ui/status-icon.tsx';

/** What a table shows: its columns follow from it. */
export interface TableShape {
  readonly recipe: Recipe;
  /** False for results of the built-in engine. */
  readonly llm: boolean;
  readonly filter: ItemFilter;
}

const QUESTION = 'question:';

/** A question's column is named by the question's id. */
export function columnOf(question: string): ItemColumn {
  return `question:${question}`;
}

/** The question whose column it is; null for the other columns. */
export function questionOf(columnId: string): string | null {
  return columnId.startsWith(QUESTION) ? columnId.slice(QUESTION.length) : null;
}

const file: GridColumn = { id: 'file', title: 'File', width: 200, share: 3, least: 128, pinned: true, sortable: true };
const status: GridColumn = { id: 'status', title: 'Status', width: 132, share: 0, least: 108, sortable: true };
const tokens: GridColumn = { id: 'tokens', title: 'Tokens', width: 76, share: 0, least: 60, end: true, sortable: true };
// The last one keeps a margin from the window's edge.
const time: GridColumn = { id: 'time', title: 'Time', width: 84, share: 0, least: 78, end: true, sortable: true };
/**
 * Among failed files the reason is what one reads: it has the room, that of the status too, which is the same for all.
 * What results a file has stand in its detail.
 */
const reason: GridColumn = { id: 'error', title: 'Error', width: 340, share: 6 };

/** Widths depend on the table and on the user, never on what the cells hold: nothing jumps as rows arrive. */
export function columnsOf({ recipe, llm, filter }: TableShape): readonly GridColumn[] {
  if (filter === 'failed') return [file, reason, tokens, time];
  return [file, status, ...recipe.questions.map((question) => questionColumn(question, llm)), tokens, time];
}

function questionColumn(question: Question, llm: boolean): GridColumn {
  const { id, answer } = question;
  const end = answer.type === 'number' ? true : undefined;
  return { id: columnOf(id), title: columnTitle(question, llm), sortable: true, end, ...questionWidth(question, llm) };
}

function questionWidth(
  { answer: { type }, proof, builtin }: Question,
  llm: boolean,
): Pick<GridColumn, 'width' | 'share' | 'least'> {
  switch (type) {
    case 'text':
      return { width: 180, share: 5, least: 80 };
    case 'yes_no':
    case 'choice':
    case 'number':
    case 'date':
      // With room for the mark of its proof.
      return { width: proof || (!llm && builtin === undefined) ? 124 : 104, share: 0, least: 68 };
    case 'choices':
    case 'list':
      return { width: 128, share: 2, least: 64 };
  }
}

/** Which columns a cell takes, from 0. */
interface Place {
  readonly id: string;
  readonly column: number;
  readonly span: number;
}

/** A reason in one narrow column would not be readable. */
const REASON_COLUMNS = 2;

/** A file's cells. Why it failed stands over columns of results that it does not have. */
export function placesOf(row: ItemRow, columns: readonly GridColumn[]): readonly Place[] {
  const places = columns.map(({ id }, column): Place => ({ id, column, span: 1 }));
  const isQuestion = (place: Place | undefined) => place !== undefined && questionOf(place.id) !== null;
  const lacks = (place: Place | undefined) => {
    const question = place === undefined ? null : questionOf(place.id);
    return question !== null && answerValue(row, question) === null;
  };
  const missing = row.status === 'failed' ? places.findIndex(lacks) : -1;
  if (missing < 0) return places;
  // Columns may stand in any order: only those of questions side by side are taken together.
  let from = missing;
  let to = missing;
  while (lacks(places[to + 1])) to += 1;
  while (to - from + 1 < REASON_COLUMNS && isQuestion(places[to + 1])) to += 1;
  while (to - from + 1 < REASON_COLUMNS && isQuestion(places[from - 1])) from -= 1;
  return [...places.slice(0, from), { id: 'error', column: from, span: to - from + 1 }, ...places.slice(to + 1)];
}

/** What the row has as the answer to a question; null if none. */
export function answerValue({ answers }: ItemRow, question: string): AnswerValue | null {
  const answer = answers.find((one) => one.question === question);
  return answer === undefined ? null : shownValue(answer);
}

/** The text of a cell. */
export function cellText(row: ItemRow, columnId: string, llm: boolean): string {
  const question = questionOf(columnId);
  if (question !== null) {
    const value = answerValue(row, question);
    return value === null ? nothing(row) : valueWords(value);
  }
  switch (columnId) {
    case 'file':
      return row.name;
    case 'status':
      return statusWord(row.status);
    case 'tokens':
      return row.status === 'done' || row.totalTokens !== null ? formatTokens(row.totalTokens, llm) : '';
    case 'time':
      // Of a file that waits, it is that of an earlier run.
      return row.latencyMs === null || row.status === 'queued' ? '' : formatDuration(row.latencyMs);
    case 'error':
      return row.problem === null ? '' : problemSentence(row.problem);
    default:
      return '';
  }
}

/** A file that is done may have no such result; the detail says why. */
function nothing({ status: is }: ItemRow): string {
  return is === 'done' ? '–' : '';
}

/** Columns of the store; the reason for a failure is no such column. */
export function itemColumn(columnId: string): ItemColumn | null {
  switch (columnId) {
    case 'file':
    case 'status':
    case 'tokens':
    case 'time':
      return columnId;
    default: {
      const question = questionOf(columnId);
      return question === null ? null : columnOf(question);
    }
  }
}
