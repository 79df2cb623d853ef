import { useMemo } from 'react';
import { useStore } from 'zustand';
import {
  type Agreement,
  type BatchComparison,
  comparedCells,
  countRows,
  rowsToCompare,
} from '../../../shared/batch-comparison.ts';
import { formatNumber } from '../ui/format.ts';
import { Segmented } from '../ui/segmented.tsx';
import { comparing } from './compare.ts';
import styles from './compare-toolbar.module.css';
import { agreementShare, agreementWords, rowNames } from './compare-words.ts';

interface CompareToolbarProps {
  readonly comparison: BatchComparison;
  readonly agreements: readonly Agreement[];
}

/** Which files are shown; and how far the two agree, question by question. */
export function CompareToolbar({ comparison, agreements }: CompareToolbarProps) {
  const view = useStore(comparing.store, (state) => state.view);
  const { question } = view;
  const counts = useMemo(() => countRows(comparison, question), [comparison, question]);
  // Rows without an answer in either are rare: nothing to choose where there are none.
  const rows = rowsToCompare.filter((value) => value !== 'none' || counts.none > 0 || view.only === 'none');
  return (
    <div className={styles.toolbar}>
      <Segmented
        label="Files to show"
        value={view.only}
        onChange={(only) => comparing.look({ only })}
        options={rows.map((value) => ({
          value,
          label: (
            <>
              {rowNames[value]}
              <span className={styles.count}>{formatNumber(counts[value])}</span>
            </>
          ),
        }))}
      />
      <div className={styles.questions} role="toolbar" aria-label="Agreement by question">
        {comparison.questions.map(({ left, title }, place) => {
          const agreement = agreements[place];
          return agreement === undefined ? null : (
            <Question key={left} title={title} place={place} agreement={agreement} isChosen={question === place} />
          );
        })}
      </div>
    </div>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly place: number;
  readonly agreement: Agreement;
  readonly isChosen: boolean;
}

/** Shows the files that differ in this question, and all again. */
function Question({ title, place, agreement, isChosen }: QuestionProps) {
  const share = comparedCells(agreement) === 0 ? 0 : agreement.same / comparedCells(agreement);
  return (
    <button
      type="button"
      className={styles.question}
      aria-pressed={isChosen}
      title={`${title}: ${agreementWords(agreement)}`}
      onClick={() =>
        comparing.look(isChosen ? { only: 'all', question: null } : { only: 'different', question: place })
      }
    >
      <span className={styles.title}>{title}</span>
      <span className={styles.share}>{agreementShare(agreement)}</span>
      <span className={styles.bar} aria-hidden>
        <span className={styles.part} style={{ width: `${share * 100}%` }} />
      </span>
    </button>
  );
}
