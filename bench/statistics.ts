/** The few statistics that the benchmarks need. */

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this share of the samples lies, interpolated between its two neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error('A quantile of nothing.');
  return below + (above - below) * (at - Math.floor(at));
}

/** Rounds to this many decimal places, as a number, so that the JSON contains no noise. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
