import type { HistogramBar } from '../../../shared/item-view.ts';
import { cx } from '../ui/cx.ts';
import { formatCount, formatDuration, formatNumber } from '../ui/format.ts';
import styles from './column-filter.module.css';

export type NumberKind = 'number' | 'date' | 'duration';
type Range = { readonly from: number; readonly to: number };

interface ColumnHistogramProps {
  readonly bars: readonly HistogramBar[];
  readonly kind: NumberKind;
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
}

/** How often which numbers occur. Pressing a bar shows its rows; with Shift, those up to it. */
export function ColumnHistogram({ bars, kind, range, onRange }: ColumnHistogramProps) {
  const most = Math.max(...bars.map(({ count }) => count));
  const first = bars[0];
  const last = bars.at(-1);
  const press = (bar: HistogramBar, extend: boolean) => {
    const alone = { from: bar.from, to: bar.to };
    if (extend && range !== undefined)
      onRange({ from: Math.min(range.from, bar.from), to: Math.max(range.to, bar.to) });
    else if (range?.from === bar.from && range.to === bar.to) onRange(undefined);
    else onRange(alone);
  };
  return (
    <section aria-label="Distribution">
      <div className={styles.histogram}>
        {bars.map((bar) => (
          <button
            key={bar.from}
            type="button"
            className={cx(styles.column, isIn(bar, range) && styles.in)}
            aria-pressed={isIn(bar, range)}
            aria-label={`${numberWords(bar.from, kind)} to ${numberWords(bar.to, kind)}: ${formatCount(bar.count, 'file')}`}
            title={`${numberWords(bar.from, kind)} to ${numberWords(bar.to, kind)}: ${formatCount(bar.count, 'file')}`}
            onClick={(event) => press(bar, event.shiftKey)}
          >
            <span style={{ height: `${bar.count === 0 ? 0 : Math.max(4, (100 * bar.count) / most)}%` }} />
          </button>
        ))}
      </div>
      <div className={styles.ends}>
        <span>{first === undefined ? '' : numberWords(first.from, kind)}</span>
        <span>{last === undefined ? '' : numberWords(last.to, kind)}</span>
      </div>
      {range !== undefined && (
        <p className={styles.range}>
          Shown: {numberWords(range.from, kind)} to {numberWords(range.to, kind)}
        </p>
      )}
    </section>
  );
}

function isIn({ from, to }: HistogramBar, range: Range | undefined): boolean {
  return range !== undefined && from >= range.from && to <= range.to;
}

function numberWords(value: number, kind: NumberKind): string {
  switch (kind) {
    case 'date':
      return new Date(value).toLocaleDateString(undefined, { timeZone: 'UTC', dateStyle: 'medium' });
    case 'duration':
      return formatDuration(value);
    case 'number':
      return formatNumber(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
  }
}
