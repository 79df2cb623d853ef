/** Offsets in a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of a text that is marked alike. */
export interface MarkedRun extends Span {
  readonly mark: 'shown' | 'other' | null;
}

/** Splits a part of a text where marks begin and end; they may overlap, and the one that is shown lies above the others. */
export function markedRuns(
  from: number,
  to: number,
  shown: Span | null,
  others: readonly Span[],
): readonly MarkedRun[] {
  const here = others.filter(({ start, end }) => end > from && start < to);
  const edges = [shown ?? [], here].flat().flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([from, ...edges.filter((edge) => edge > from && edge < to), to])].sort((a, b) => a - b);
  const runs: { start: number; end: number; mark: MarkedRun['mark'] }[] = [];
  cuts.slice(0, -1).forEach((start, at) => {
    const end = cuts[at + 1] ?? to;
    const mark = covers(shown, start) ? 'shown' : here.some((span) => covers(span, start)) ? 'other' : null;
    const last = runs.at(-1);
    if (last?.mark === mark) last.end = end;
    else runs.push({ start, end, mark });
  });
  return runs;
}

function covers(span: Span | null, at: number): boolean {
  return span !== null && span.start <= at && at < span.end;
}
