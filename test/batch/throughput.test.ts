import { describe, expect, it } from 'vitest';
import { createThroughput } from '../../src/main/batch/throughput.ts';

/** The rate right after the last of the files that end at these seconds. */
function rateAfter(seconds: readonly number[]): number | null {
  const throughput = createThroughput(0);
  for (const second of seconds) throughput.finished(second * 1_000);
  return throughput.perSecond((seconds.at(-1) ?? 0) * 1_000);
}

const steps = (count: number, every: number, from = every) => Array.from({ length: count }, (_, n) => from + n * every);

describe('the rate of a batch', () => {
  it('is unknown until two files have ended', () => {
    expect(rateAfter([])).toBeNull();
    expect(rateAfter([1])).toBeNull();
    expect(rateAfter([1, 2])).toBe(1);
  });

  it('is known of a slow model too, which takes half a minute for a file', () => {
    expect(rateAfter(steps(4, 30))).toBeCloseTo(1 / 30);
  });

  it('counts the time before the first file, so that twenty that end together are no burst', () => {
    expect(rateAfter(steps(20, 0.001, 2))).toBeCloseTo(10, 0);
  });

  it('follows a run that becomes faster', () => {
    expect(rateAfter([...steps(30, 1), ...steps(400, 0.1, 30.1)])).toBeCloseTo(10, 0);
  });

  it('falls while nothing ends, and is unknown after a minute', () => {
    const throughput = createThroughput(0);
    for (const second of steps(20, 0.5)) throughput.finished(second * 1_000);
    const before = throughput.perSecond(10_000);
    expect(before).toBe(2);
    expect(throughput.perSecond(40_000)).toBe(0.5);
    expect(throughput.perSecond(70_001)).toBeNull();
  });

  it('is not given up for a file that takes a little longer than the slow ones before it', () => {
    const throughput = createThroughput(0);
    for (const second of steps(3, 90)) throughput.finished(second * 1_000);
    expect(throughput.perSecond(400_000)).toBeCloseTo(3 / 400);
    expect(throughput.perSecond(541_000)).toBeNull();
  });
});
