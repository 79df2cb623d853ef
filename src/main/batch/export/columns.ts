/** The columns of the formats that are tables for a program: CSV and Excel. */
import type { AnswerValue } from '../../../shared/answer.ts';
import { valueWords } from '../../../shared/answer-words.ts';
import type { Batch, ItemDetail } from '../../../shared/batch-data.ts';
import { insideWords } from '../../../shared/inside.ts';
import { columnTitle, type Question } from '../../../shared/recipe.ts';
import {
  answerTo,
  fileCoverage,
  NOT_FOUND,
  placeWords,
  proofWords,
  resultNotes,
  valueTo,
} from './answer-export-words.ts';
import { errorWords, goneSince, providerOf, readingWords, tokens } from './export-words.ts';

/** What a cell holds: words, a number, or a day as an ISO date; null is an empty cell. */
export type Cell = string | number | { readonly day: string } | { readonly words: string; readonly look: CellLook };
/** `muted`: there is no value, and this says why. `doubtful`: not to be relied on. */
export type CellLook = 'muted' | 'doubtful';

export interface ExportColumn {
  readonly title: string;
  /** In characters, where a format has widths. */
  readonly width: number;
  readonly cell: (item: ItemDetail) => Cell | null;
}

/** A row is a file; each question has a column, and beside it its unit and proof where it has them. */
export function columnsOf(batch: Batch): readonly ExportColumn[] {
  const column = (title: string, width: number, cell: ExportColumn['cell']): ExportColumn => ({ title, width, cell });
  return [
    column('File', 40, ({ row }) => row.name),
    column('Status', 10, ({ row }) => row.status),
    ...batch.recipe.questions.flatMap((question) => questionColumns(question, columnTitle(question, batch.llm))),
    column('Checked', 10, ({ row }) => (row.checkedAt === null ? 'no' : 'yes')),
    column('Coverage', 24, (item) => fileCoverage(batch, item)),
    column('Tokens', 10, (item) => tokens(batch, item)),
    column('Time (ms)', 10, ({ row }) => row.latencyMs),
    column('Error', 40, ({ row }) => errorWords(row)),
    column('Reading notes', 40, readingWords),
    column('Result notes', 40, (item) => resultNotes(batch, item)),
    column('Path', 40, ({ path }) => path),
    column('Inside', 30, ({ inside }) => insideWords(inside)),
    column('Gone since', 24, ({ row }) => goneSince(row)),
    column('SHA-256', 20, ({ sha256 }) => sha256),
    column('Provider', 24, () => providerOf(batch)),
    column('Model', 20, () => batch.model),
  ];
}

function questionColumns(question: Question, title: string): readonly ExportColumn[] {
  const value: ExportColumn = {
    title,
    width: question.answer.type === 'text' || question.answer.type === 'list' ? 50 : 18,
    cell: (item) => valueCell(valueTo(item, question)),
  };
  return [
    value,
    ...(question.answer.type === 'number' ? [unitColumn(question, title)] : []),
    ...(question.proof ? proofColumns(question, title) : []),
  ];
}

/** A day is a date. A month, a year or a period stays as it was stated: a date cell would make a day of it. */
function valueCell(value: AnswerValue | null): Cell | null {
  switch (value?.type) {
    case undefined:
      return null;
    case 'number':
      return value.number;
    case 'date':
      return value.to === null && /^\d{4}-\d\d-\d\d$/.test(value.from) ? { day: value.from } : valueWords(value);
    case 'not_stated':
      return { words: valueWords(value), look: 'muted' };
    case 'text':
    case 'list':
    case 'yes_no':
      return valueWords(value);
  }
}

/** Beside the number, so that the number is one. */
function unitColumn(question: Question, title: string): ExportColumn {
  return {
    title: `${title}: unit`,
    width: 10,
    cell: (item) => {
      const value = valueTo(item, question);
      return value?.type === 'number' ? value.unit : null;
    },
  };
}

function proofColumns(question: Question, title: string): readonly ExportColumn[] {
  const evidence = (item: ItemDetail) => answerTo(item, question)?.evidence ?? [];
  return [
    {
      title: `${title}: quotation`,
      width: 50,
      cell: (item) =>
        evidence(item)
          .map(({ quote }) => quote)
          .join('\n'),
    },
    { title: `${title}: place`, width: 18, cell: (item) => evidence(item).map(placeWords).join('\n') },
    { title: `${title}: proof`, width: 18, cell: (item) => proofCell(proofWords(answerTo(item, question))) },
  ];
}

function proofCell(words: string): Cell {
  return words === NOT_FOUND ? { words, look: 'doubtful' } : words;
}

/** A cell as text, for formats without types. */
export function cellWords(cell: Cell | null): string | number {
  if (cell === null || typeof cell !== 'object') return cell ?? '';
  return 'day' in cell ? cell.day : cell.words;
}
