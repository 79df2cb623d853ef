import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Proof } from '../../../shared/answer.ts';
import { itemStatuses } from '../../../shared/batch-data.ts';
import { foldText } from '../../../shared/fold-text.ts';
import type {
  AnswerGap,
  ColumnFacet,
  ColumnFilter,
  FileTick,
  ItemColumn,
  ValueCount,
} from '../../../shared/item-view.ts';
import type { Problem } from '../../../shared/problem.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Input } from '../ui/field.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { Skeleton } from '../ui/progress.tsx';
import { statusWord } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { batches } from './batches.ts';
import styles from './column-filter.module.css';
import { ColumnHistogram, type NumberKind } from './column-histogram.tsx';
import { filterOf, toggled, withFilter } from './item-filters.ts';

/** More are found by typing. */
const SEARCHED_FROM = 9;

const gapNames: Readonly<Record<AnswerGap, string>> = {
  not_stated: 'Not stated in the document',
  empty: 'No answer',
  failed: 'Failed',
};
const tickNames: Readonly<Record<FileTick, string>> = { checked: 'Checked', unchecked: 'Not checked' };
const proofNames: Readonly<Record<Proof, string>> = {
  found: 'Found in the document',
  not_found: 'Not found in the document',
  none: 'No proof given',
};

interface ColumnFilterPanelProps {
  readonly column: ItemColumn;
  readonly kind: NumberKind;
}

/** What is in a column over the whole batch; pressing any of it filters the table. */
export function ColumnFilterPanel({ column, kind }: ColumnFilterPanelProps) {
  const view = useStore(batches.table.store, (state) => state.view);
  const [facet, setFacet] = useState<ColumnFacet | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let dropped = false;
    void batches.table.facet(column, view).then((result) => {
      if (dropped) return;
      if (result.ok) setFacet(result.value);
      else setProblem(result.error);
    });
    return () => {
      dropped = true;
    };
  }, [column, view]);
  const filter = filterOf(view, column);
  const change = (changed: Partial<ColumnFilter>) =>
    batches.table.look({ filters: withFilter(view, { ...filter, ...changed }) });
  if (problem !== null) return <ErrorNote problem={problem} />;
  if (facet === null) return <Skeleton lines={4} />;
  const isSet = view.filters.some((other) => other.column === column);
  return (
    <div className={styles.panel}>
      <header className={styles.header}>
        <span>{formatCount(facet.rows, 'file')}</span>
        <Button
          size="small"
          variant="ghost"
          disabled={!isSet}
          onClick={() => batches.table.look({ filters: withFilter(view, { column }) })}
        >
          Clear filter
        </Button>
      </header>
      {facet.histogram !== null && (
        <ColumnHistogram
          bars={facet.histogram}
          kind={kind}
          range={filter.range}
          onRange={(range) => change({ range })}
        />
      )}
      {facet.values.length > 0 && <Values facet={facet} filter={filter} onChange={change} />}
      <Choices
        title="Checked by you"
        names={tickNames}
        counts={facet.ticks}
        chosen={filter.ticks}
        onToggle={(tick) => change({ ticks: toggled(filter.ticks, tick) })}
      />
      <Choices
        title="Without a value"
        names={gapNames}
        counts={facet.gaps}
        chosen={filter.gaps}
        onToggle={(gap) => change({ gaps: toggled(filter.gaps, gap) })}
      />
      <Choices
        title="Proof"
        names={proofNames}
        counts={facet.proofs}
        chosen={filter.proofs}
        onToggle={(proof) => change({ proofs: toggled(filter.proofs, proof) })}
      />
      {(facet.inPart > 0 || filter.inPart) && (
        <Group title="Coverage">
          <CountedChoice
            label="Read in part"
            count={facet.inPart}
            share={facet.inPart / facet.rows}
            chosen={filter.inPart === true}
            onToggle={() => change({ inPart: filter.inPart ? undefined : true })}
          />
        </Group>
      )}
    </div>
  );
}

const statusWords: ReadonlyMap<string, string> = new Map(itemStatuses.map((status) => [status, statusWord(status)]));

interface ValuesProps {
  readonly facet: ColumnFacet;
  readonly filter: ColumnFilter;
  readonly onChange: (change: Partial<ColumnFilter>) => void;
}

function Values({ facet: { values, moreValues }, filter, onChange }: ValuesProps) {
  const [typed, setTyped] = useState('');
  const most = values[0]?.count ?? 1;
  // What is chosen stays to be taken back, however rare it has become.
  const gone = (filter.values ?? []).filter((value) => !values.some((other) => other.value === value));
  const all: readonly ValueCount[] = [...gone.map((value) => ({ value, count: 0, otherSpellings: [] })), ...values];
  const nameOf = (value: string) => (filter.column === 'status' ? (statusWords.get(value) ?? value) : value);
  const shown = all.filter(({ value }) => foldText(nameOf(value)).includes(foldText(typed).trim()));
  return (
    <Group title="Values">
      {all.length >= SEARCHED_FROM && (
        <Input
          aria-label="Find a value"
          placeholder="Find a value"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <div className={styles.values}>
        {shown.map(({ value, count, otherSpellings }) => (
          <CountedChoice
            key={value}
            label={nameOf(value)}
            also={otherSpellings}
            count={count}
            share={count / most}
            chosen={filter.values?.includes(value) === true}
            onToggle={() => onChange({ values: toggled(filter.values, value) })}
          />
        ))}
      </div>
      {moreValues > 0 && (
        <p className={styles.more}>
          {formatCount(moreValues, 'rarer value', 'rarer values')}: search the table for them.
        </p>
      )}
    </Group>
  );
}

interface ChoicesProps<Key extends string> {
  readonly title: string;
  readonly names: Readonly<Record<Key, string>>;
  readonly counts: Readonly<Record<Key, number>>;
  readonly chosen: readonly Key[] | undefined;
  readonly onToggle: (key: Key) => void;
}

/** Those that occur, or are chosen. */
function Choices<Key extends string>({ title, names, counts, chosen, onToggle }: ChoicesProps<Key>) {
  const keys = (Object.keys(names) as Key[]).filter((key) => counts[key] > 0 || chosen?.includes(key));
  const most = Math.max(1, ...keys.map((key) => counts[key]));
  if (keys.length === 0) return null;
  return (
    <Group title={title}>
      {keys.map((key) => (
        <CountedChoice
          key={key}
          label={names[key]}
          count={counts[key]}
          share={counts[key] / most}
          chosen={chosen?.includes(key) === true}
          onToggle={() => onToggle(key)}
        />
      ))}
    </Group>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h4 className={styles.title}>{title}</h4>
      {children}
    </section>
  );
}

interface CountedChoiceProps {
  readonly label: string;
  /** How else the value is written. */
  readonly also?: readonly string[];
  readonly count: number;
  /** Length of its bar, of 1. */
  readonly share: number;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

function CountedChoice({ label, also = [], count, share, chosen, onToggle }: CountedChoiceProps) {
  const title = also.length === 0 ? label : `${label}\nAlso written: ${also.join(', ')}`;
  return (
    <div className={styles.choice} title={title}>
      <Checkbox
        checked={chosen}
        onChange={onToggle}
        label={
          <span className={styles.label}>
            <span className={styles.value} dir={directionOf(label)}>
              {label}
            </span>
            <span className={styles.count}>{formatNumber(count)}</span>
            <span className={styles.bar} style={{ width: `${100 * share}%` }} aria-hidden />
          </span>
        }
      />
    </div>
  );
}
