/** Two batches, file by file and question by question. */
import { type Recipe, sendingOf, sendingWords } from './recipe.ts';

/** What the two answers to a question about a file are to each other; `none` if neither has a value. */
export const cellStates = ['none', 'same', 'different', 'only_left', 'only_right'] as const;
export type CellState = (typeof cellStates)[number];

/** A question that both batches ask. */
export interface PairedQuestion {
  /** Its ids in the two recipes. */
  readonly left: string;
  readonly right: string;
  readonly title: string;
}

/** Rows are files: those of the left batch in its order, then those that only the right one has. */
export interface BatchComparison {
  readonly questions: readonly PairedQuestion[];
  /** Titles of the questions that the other batch does not ask. */
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
  /** Ids of the files, by row; 0 where the batch does not have the file. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By row, 1 if the file was edited between the two. */
  readonly edited: Uint8Array;
  /** Places in `cellStates`: row by row, a cell for each question. */
  readonly states: Uint8Array;
}

/** `none`: nothing differs, but a question has no answer in either batch, which is no agreement. */
export const rowsToCompare = ['all', 'different', 'same', 'none'] as const;
export type RowsToCompare = (typeof rowsToCompare)[number];

/** Which rows are looked at. */
export interface ComparisonView {
  readonly only: RowsToCompare;
  /** Place of the question whose cells decide; null for all of them. */
  readonly question: number | null;
}

export function stateOf({ states, questions }: BatchComparison, row: number, question: number): CellState {
  return cellStates[states[row * questions.length + question] ?? 0] ?? 'none';
}

/** The rows of a view, in order. */
export function rowsOfView(comparison: BatchComparison, { only, question }: ComparisonView): Int32Array {
  const rows = Int32Array.from(comparison.left, (_, row) => row);
  return only === 'all' ? rows : rows.filter((row) => kindOf(comparison, row, question) === only);
}

/** How many rows each view has. */
export function countRows(
  comparison: BatchComparison,
  question: number | null,
): Readonly<Record<RowsToCompare, number>> {
  const counts = { all: comparison.left.length, different: 0, same: 0, none: 0 };
  for (let row = 0; row < counts.all; row += 1) counts[kindOf(comparison, row, question)] += 1;
  return counts;
}

function kindOf(comparison: BatchComparison, row: number, question: number | null): Exclude<RowsToCompare, 'all'> {
  const states =
    question === null
      ? comparison.questions.map((_, place) => stateOf(comparison, row, place))
      : [stateOf(comparison, row, question)];
  if (states.some((state) => state !== 'none' && state !== 'same')) return 'different';
  return states.includes('none') ? 'none' : 'same';
}

export type Agreement = Readonly<Record<CellState, number>>;

/** How many cells are in which state, by question. */
export function agreementOf(comparison: BatchComparison): readonly Agreement[] {
  const { questions, left } = comparison;
  const counts = questions.map(() => ({ none: 0, same: 0, different: 0, only_left: 0, only_right: 0 }));
  for (let row = 0; row < left.length; row += 1) {
    for (const [place, count] of counts.entries()) count[stateOf(comparison, row, place)] += 1;
  }
  return counts;
}

export function sumOf(agreements: readonly Agreement[]): Agreement {
  const sum = (state: CellState) => agreements.reduce((total, one) => total + one[state], 0);
  return {
    none: sum('none'),
    same: sum('same'),
    different: sum('different'),
    only_left: sum('only_left'),
    only_right: sum('only_right'),
  };
}

/** Cells with a value on either side. */
export function comparedCells({ same, different, only_left, only_right }: Agreement): number {
  return same + different + only_left + only_right;
}

/** What is asked, and whom. */
export interface Side {
  readonly createdAt: number;
  readonly model: string;
  readonly llm: boolean;
  readonly host: string;
  readonly temperature: number;
  readonly recipe: Pick<Recipe, 'name' | 'send'>;
}

/** What the two batches are called beside each other: what they differ in; else by which came first. */
export function sideNames(left: Side, right: Side): readonly [string, string] {
  const parts: readonly ((side: Side) => string)[] = [
    ({ llm, model }) => (llm ? model : 'built-in engine'),
    ({ temperature }) => `temperature ${temperature}`,
    ({ recipe }) => recipe.name,
    ({ recipe }) => sendingWords[sendingOf(recipe)],
    ({ host }) => host,
  ];
  const telling = parts.filter((part) => part(left) !== part(right));
  if (telling.length === 0) return left.createdAt <= right.createdAt ? ['first', 'second'] : ['second', 'first'];
  const nameOf = (side: Side) => telling.map((part) => part(side)).join(', ');
  return [nameOf(left), nameOf(right)];
}

/** Another batch with files of a batch, and how many. */
export interface SharingBatch {
  readonly batchId: string;
  readonly files: number;
}
