import { LoaderCircle } from 'lucide-react';
import { cx } from './cx.ts';
import styles from './progress.module.css';

/** Shows that something is in progress. Give it a label if no text beside it says what. */
export function Spinner({ label }: { readonly label?: string | undefined }) {
  return (
    <LoaderCircle
      className={styles.spinner}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}

/** Grey placeholder lines for a text that is loading. */
export function Skeleton({ lines = 3 }: { readonly lines?: number | undefined }) {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}

interface ProgressBarProps {
  /** 0–1; null while it is unknown. */
  readonly value: number | null;
  readonly label: string;
  /** Read by screen readers instead of the percentage, such as "312 of 1,000 files". */
  readonly valueText?: string | undefined;
  readonly tone?: 'accent' | 'green' | undefined;
  /** The part of `value` that failed. */
  readonly failed?: number | undefined;
}

export function ProgressBar({ value, label, valueText, tone = 'accent', failed = 0 }: ProgressBarProps) {
  const good = value === null ? null : Math.min(1, Math.max(0, value - failed));
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(value * 100)}
      aria-valuetext={valueText}
    >
      <div
        className={cx(styles.bar, styles[tone], value === null && styles.unknown)}
        style={good === null ? undefined : { transform: `scaleX(${good})` }}
      />
      {good !== null && failed > 0 && (
        <div
          className={cx(styles.bar, styles.red)}
          style={{ transform: `translate(${good * 100}%, -100%) scaleX(${Math.min(1 - good, failed)})` }}
        />
      )}
    </div>
  );
}
