import { median, rounded } from './statistics.ts';

/** What one contender measured in each round. */
export type Series = Readonly<Record<string, readonly number[]>>;

export const DOCKET = 'Docket';

/** One line of the results. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** Values by contender; ours is `Docket`. */
  readonly series: Series;
  /** The target, and whether it was met. */
  readonly aim?: Aim;
  /** Digits after the decimal point. */
  readonly digits: number;
}

export interface Aim {
  readonly text: string;
  readonly met: (medians: Readonly<Record<string, number>>) => boolean;
}

/** A part of the benchmarks: its metrics, and how they were measured. */
export interface Section {
  readonly title: string;
  readonly method: readonly string[];
  readonly metrics: readonly Metric[];
}

export function medians(metric: Pick<Metric, 'series' | 'digits'>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(metric.series).map(([name, values]) => [name, rounded(median(values), metric.digits)]),
  );
}

/** Compares ours with one peer's: at most `factor` times as much. */
export function atMostTimes(factor: number, peer: string): Aim {
  return {
    text: `≤ ${factor} × ${peer}`,
    met: (values) => (values[DOCKET] ?? Number.NaN) <= factor * (values[peer] ?? Number.NaN),
  };
}

export function atMost(limit: number, unit: string): Aim {
  return { text: `≤ ${limit} ${unit}`, met: (values) => (values[DOCKET] ?? Number.NaN) <= limit };
}

/** Collects one number per round from each contender. */
export function createSeries(): { add(contender: string, value: number): void; readonly values: Series } {
  const values: Record<string, number[]> = {};
  return {
    values,
    add: (contender, value) => {
      const list = values[contender] ?? [];
      list.push(value);
      values[contender] = list;
    },
  };
}
