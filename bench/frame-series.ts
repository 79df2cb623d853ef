import type { Frames } from './frame-times.ts';
import { atMost, createSeries, type Metric } from './metric.ts';

/** A frame longer than two refreshes of a 60 Hz screen may be visible to the user. */
const AIM_MS = 34;

/** Collects how smooth one scene was, per contender and round. */
export interface FrameSeries {
  add(contender: string, frames: Frames): void;
  /** @param scene part of the metric names. */
  metrics(scene: string): readonly Metric[];
}

export function createFrameSeries(): FrameSeries {
  const [p50, p95, p99, late] = [createSeries(), createSeries(), createSeries(), createSeries()];
  return {
    add: (contender, frames) => {
      p50.add(contender, frames.p50Ms);
      p95.add(contender, frames.p95Ms);
      p99.add(contender, frames.p99Ms);
      late.add(contender, 100 * frames.lateShare);
    },
    metrics: (scene) => {
      const name = (what: string) => `frames.${scene}.${what}`;
      return [
        { name: name('p50Ms'), unit: 'ms', better: 'lower', series: p50.values, digits: 1 },
        { name: name('p95Ms'), unit: 'ms', better: 'lower', series: p95.values, aim: atMost(AIM_MS, 'ms'), digits: 1 },
        { name: name('p99Ms'), unit: 'ms', better: 'lower', series: p99.values, digits: 1 },
        { name: name('late'), unit: '%', better: 'lower', series: late.values, digits: 1 },
      ];
    },
  };
}

export function frameWords({ p50Ms, p95Ms, p99Ms, lateShare }: Frames): string {
  return `p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, late ${(100 * lateShare).toFixed(1)} %`;
}
