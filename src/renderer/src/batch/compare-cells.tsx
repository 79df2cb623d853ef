import { FilePen } from 'lucide-react';
import { type BatchComparison, type CellState, stateOf } from '../../../shared/batch-comparison.ts';
import { type ComparedAnswer, comparedAnswer } from '../../../shared/compared-answer.ts';
import { cx } from '../ui/cx.ts';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import type { GridCell } from '../ui/grid/grid-row.tsx';
import styles from './compare-cells.module.css';
import type { ComparedRow } from './compare-store.ts';
import { ListedName } from './item-cells.tsx';

const file: GridColumn = { id: 'file', title: 'File', width: 200, share: 1, least: 140, pinned: true };

/** A column is a question that both ask; its id is its place. */
export function compareColumns({ questions }: BatchComparison): readonly GridColumn[] {
  return [file, ...questions.map(({ title }, place) => ({ id: `${place}`, title, width: 220, share: 3, least: 110 }))];
}

/** How the rows of a comparison are drawn. `root` is the folder that was dropped. */
export function compareCells(comparison: BatchComparison, root: string) {
  return (row: ComparedRow, columns: readonly GridColumn[]): readonly GridCell[] =>
    columns.map(({ id, pinned }, column) => {
      const place = { id, column, span: 1, pinned };
      if (id === 'file') return { ...place, content: <FileCell row={row} comparison={comparison} root={root} /> };
      return { ...place, content: <AnswerPair {...pairOf(comparison, row, Number(id))} /> };
    });
}

interface Pair {
  readonly state: CellState;
  readonly left: ComparedAnswer;
  readonly right: ComparedAnswer;
}

/** Both answers to a question, as they are read. */
export function pairOf(comparison: BatchComparison, { row, left, right }: ComparedRow, place: number): Pair {
  const question = comparison.questions[place];
  return {
    state: stateOf(comparison, row, place),
    left: comparedAnswer(left, question?.left),
    right: comparedAnswer(right, question?.right),
  };
}

/** Why there is no answer is told where it is known. */
export function answerWords({ words }: ComparedAnswer): string {
  return words === '' ? 'no answer' : words;
}

export function answerClass({ kind }: ComparedAnswer): string | false | undefined {
  return kind === 'failed' ? styles.failed : kind === 'nothing' && styles.nothing;
}

function FileCell({ row, comparison, root }: { row: ComparedRow; comparison: BatchComparison; root: string }) {
  const { left, right } = row;
  const name = (left ?? right)?.name ?? '';
  const only = left === null ? 'Only in B' : right === null ? 'Only in A' : null;
  return (
    <span className={styles.file}>
      <ListedName name={name} root={root} />
      {only !== null && <span className={styles.only}>{only}</span>}
      {comparison.edited[row.row] === 1 && (
        <span className={styles.edited} role="img" aria-label="Edited in between" title="Edited in between">
          <FilePen aria-hidden />
        </span>
      )}
    </span>
  );
}

/** One value if they are the same; else both, each with the letter of its batch. */
function AnswerPair({ state, left, right }: Pair) {
  if (state === 'same') {
    return (
      <span className={styles.same} data-cut>
        {right.words}
      </span>
    );
  }
  return (
    <span className={styles.pair}>
      <Line side="A" answer={left} />
      <Line side="B" answer={right} />
    </span>
  );
}

function Line({ side, answer }: { readonly side: 'A' | 'B'; readonly answer: ComparedAnswer }) {
  return (
    <span className={styles.line}>
      <span className={cx(styles.letter, side === 'B' && styles.letterB)}>{side}</span>
      <span className={cx(styles.words, answerClass(answer))} data-cut>
        {answerWords(answer)}
      </span>
    </span>
  );
}
