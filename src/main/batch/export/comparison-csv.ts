import {
  type CellState,
  type ComparisonView,
  rowsOfView,
  sideNames,
  stateOf,
} from '../../../shared/batch-comparison.ts';
import type { ItemRow } from '../../../shared/batch-data.ts';
import { comparedAnswer } from '../../../shared/compared-answer.ts';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { notWritten, writeExportFile } from '../../common/export-file.ts';
import type { Reads } from '../../store/operations.ts';
import type { ComparedBatches } from '../comparisons.ts';
import { csvLine } from './csv.ts';

const PAGE = 200;

const stateWords: Readonly<Record<CellState, string>> = {
  none: 'no answer in either',
  same: 'same',
  different: 'different',
  only_left: 'only left',
  only_right: 'only right',
};

/** Writes them to a file, which appears whole or not at all. */
export async function writeComparison(
  read: Pick<Reads, 'rowsOfItems'>,
  compared: ComparedBatches,
  view: ComparisonView,
  file: string,
): Promise<Result<string, Problem>> {
  try {
    await writeExportFile(file, comparisonCsv(read, compared, view));
    return ok(file);
  } catch (error) {
    return err(notWritten(file, error));
  }
}

/** Two batches beside each other, a row a file: both values of every question, and what they are to each other. */
async function* comparisonCsv(
  read: Pick<Reads, 'rowsOfItems'>,
  { left, right, comparison }: ComparedBatches,
  view: ComparisonView,
): AsyncGenerator<string> {
  const [leftName, rightName] = sideNames(left, right);
  const { questions } = comparison;
  yield `\uFEFF${csvLine([
    'File',
    'Edited in between',
    ...questions.flatMap(({ title }) => [`${title} (${leftName})`, `${title} (${rightName})`, `${title}: compared`]),
  ])}`;
  const rows = rowsOfView(comparison, view);
  for (let from = 0; from < rows.length; from += PAGE) {
    const page = [...rows.subarray(from, from + PAGE)];
    const [before, after] = [await rowsBy(read, page, comparison.left), await rowsBy(read, page, comparison.right)];
    yield page
      .map((row) => {
        const [one, other] = [before.get(comparison.left[row] ?? 0), after.get(comparison.right[row] ?? 0)];
        return csvLine([
          (one ?? other)?.name ?? '',
          comparison.edited[row] === 1 ? 'yes' : '',
          ...questions.flatMap((question, place) => [
            comparedAnswer(one ?? null, question.left).words,
            comparedAnswer(other ?? null, question.right).words,
            stateWords[stateOf(comparison, row, place)],
          ]),
        ]);
      })
      .join('');
  }
}

async function rowsBy(
  read: Pick<Reads, 'rowsOfItems'>,
  page: readonly number[],
  ids: Int32Array,
): Promise<ReadonlyMap<number, ItemRow>> {
  const wanted = page.map((row) => ids[row] ?? 0).filter((id) => id !== 0);
  return new Map((await read.rowsOfItems(wanted)).map((row) => [row.id, row]));
}
