import { CheckCheck, FileX } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { AnswerCell } from '../../../shared/answer.ts';
import { correctionState } from '../../../shared/answer-words.ts';
import type { ItemRow } from '../../../shared/batch-data.ts';
import { folderWithin, partedName } from '../../../shared/inside.ts';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import type { GridCell } from '../ui/grid/grid-row.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { CorrectionMark } from './answer-correction.tsx';
import { answerValue, cellText, placesOf, questionOf } from './item-columns.ts';
import styles from './item-grid.module.css';
import { NoteMark } from './note-mark.tsx';
import { ProofMark } from './proof-mark.tsx';

/** How the rows of a batch are drawn. `root` is its name, the folder that was dropped. */
export function itemCells(root: string, llm: boolean) {
  return (row: ItemRow, columns: readonly GridColumn[]): readonly GridCell[] =>
    placesOf(row, columns).map((place) => {
      const { end, pinned } = columns[place.column] ?? {};
      const look = place.id === 'error' ? reasonCell(row, place.column) : cellOf(row, place.id, root, llm);
      return { ...place, end: place.id === 'error' ? undefined : end, pinned, ...look };
    });
}

type CellLook = Pick<GridCell, 'content' | 'className' | 'dir'>;

function cellOf(row: ItemRow, columnId: string, root: string, llm: boolean): CellLook {
  const question = questionOf(columnId);
  if (question !== null) {
    const text = cellText(row, columnId, llm);
    const answer = row.answers.find((one) => one.question === question);
    const mark = answer === undefined ? null : markOf(answer);
    return {
      content: mark === null ? text : <Marked text={text}>{mark}</Marked>,
      className: styles.answer,
      dir: directionOf(firstWords(row, question)),
    };
  }
  switch (columnId) {
    case 'file':
      return { content: <ListedName name={row.name} root={root} />, className: styles.file };
    case 'status':
      return {
        content: (
          <span className={styles.status}>
            <StatusIcon status={row.status} />
            <NoteMark notes={row.notes} />
            {row.checkedAt !== null && <CheckedMark />}
            {row.goneAt !== null && <GoneMark />}
          </span>
        ),
      };
    default:
      return { content: cellText(row, columnId, llm), className: styles.answer };
  }
}

/** A person's value is marked as that: what was quoted proves the model's. */
function markOf(answer: AnswerCell): ReactNode {
  const state = correctionState(answer);
  if (state !== 'none') return <CorrectionMark state={state} />;
  return answer.proof === null ? null : <ProofMark proof={answer.proof} />;
}

function Marked({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <span className={styles.proven}>
      <span className={styles.provenText} data-cut>
        {text}
      </span>
      {children}
    </span>
  );
}

function CheckedMark() {
  return (
    <span className={styles.checked} role="img" aria-label="Checked" title="Checked">
      <CheckCheck aria-hidden />
    </span>
  );
}

/** Its results stay: the row says why it cannot be opened. */
function GoneMark() {
  return (
    <span className={styles.gone} role="img" aria-label="No longer in its folder" title="No longer in its folder">
      <FileX aria-hidden />
    </span>
  );
}

/** No wider than what a narrow window shows of a table that scrolls sideways. */
function reasonCell(row: ItemRow, column: number): CellLook {
  return {
    content: (
      <span className={styles.reason} data-cut style={{ '--reason-start': `var(--start-${column})` } as CSSProperties}>
        {cellText(row, 'error', true)}
      </span>
    ),
    className: styles.error,
  };
}

/** What was written by others, in a script of its own. */
function firstWords(row: ItemRow, question: string): string | null {
  const value = answerValue(row, question);
  if (value?.type === 'text') return value.text;
  return value?.type === 'list' ? (value.items[0] ?? null) : null;
}

/** The name before its folder or container, which is cut first; the folder that all share is left out. */
export function ListedName({ name, root }: { readonly name: string; readonly root: string }) {
  const { folder, file } = partedName(name);
  const shown = folderWithin(root, folder);
  return (
    <span className={styles.listed} data-full={name} data-cut>
      <MiddleCut text={file} className={styles.base} />
      {shown !== '' && (
        <span className={styles.folder} data-cut>
          {shown}
        </span>
      )}
    </span>
  );
}
