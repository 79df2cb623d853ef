import { PanelRightOpen, X } from 'lucide-react';
import type { BatchComparison } from '../../../shared/batch-comparison.ts';
import type { ComparedAnswer } from '../../../shared/compared-answer.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import pane from '../ui/detail-pane.module.css';
import { FileName } from '../ui/file-name.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { batches } from './batches.ts';
import cells from './compare-cells.module.css';
import { answerClass, answerWords, pairOf } from './compare-cells.tsx';
import styles from './compare-detail.module.css';
import type { ComparedRow } from './compare-store.ts';

interface CompareDetailProps {
  readonly comparison: BatchComparison;
  readonly row: ComparedRow;
  readonly root: string;
  readonly leftId: string;
  readonly rightId: string;
  readonly onClose: () => void;
}

/** Both answers of a file in full, question by question. */
export function CompareDetail({ comparison, row, root, leftId, rightId, onClose }: CompareDetailProps) {
  const { left, right } = row;
  return (
    <>
      <header className={pane.header}>
        <h3 className={cx(pane.cut, styles.name)}>
          <FileName name={(left ?? right)?.name ?? ''} root={root} />
        </h3>
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <div className={pane.body}>
        {comparison.questions.map(({ title, left: id }, place) => {
          const pair = pairOf(comparison, row, place);
          return (
            <section key={id} className={pane.section}>
              <h4 className={pane.title}>{title}</h4>
              {pair.state === 'same' ? (
                <p className={styles.value} dir={directionOf(pair.right.words)} data-selectable>
                  {pair.right.words}
                </p>
              ) : (
                <>
                  <Value side="A" answer={pair.left} />
                  <Value side="B" answer={pair.right} />
                </>
              )}
            </section>
          );
        })}
        <div className={styles.actions}>
          <OpenButton side="A" batchId={leftId} itemId={left?.id} />
          <OpenButton side="B" batchId={rightId} itemId={right?.id} />
        </div>
      </div>
    </>
  );
}

function Value({ side, answer }: { readonly side: 'A' | 'B'; readonly answer: ComparedAnswer }) {
  const words = answerWords(answer);
  return (
    <div className={styles.side}>
      <span className={cx(cells.letter, side === 'B' && cells.letterB)}>{side}</span>
      <p className={cx(styles.value, answerClass(answer))} dir={directionOf(words)} data-selectable>
        {words}
      </p>
    </div>
  );
}

function OpenButton({ side, batchId, itemId }: { side: 'A' | 'B'; batchId: string; itemId: number | undefined }) {
  if (itemId === undefined) return null;
  const open = () => {
    batches.select(batchId);
    void batches.showItem(itemId);
  };
  return (
    <Button size="small" icon={<PanelRightOpen />} onClick={open}>
      Open in {side}
    </Button>
  );
}
