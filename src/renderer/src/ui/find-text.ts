import { foldText, foldWithPlaces } from '../../../shared/fold-text.ts';

/** A span of a text; `end` is exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** All matches in order, without overlaps; none for empty `words`. */
export function findAll(text: string, words: string, limit: number): readonly TextSpan[] {
  const wanted = foldText(words);
  if (wanted.trim() === '') return [];
  const { text: folded, starts } = foldWithPlaces(text);
  const found: TextSpan[] = [];
  for (
    let at = folded.indexOf(wanted);
    at >= 0 && found.length < limit;
    at = folded.indexOf(wanted, at + wanted.length)
  )
    found.push(spanAt(starts, at, at + wanted.length));
  return found;
}

/** Extends a match that ends inside a character to include all of it. */
function spanAt(starts: readonly number[] | null, from: number, to: number): TextSpan {
  if (starts === null) return { start: from, end: to };
  const start = starts[from] ?? 0;
  const last = starts[to - 1] ?? start;
  let next = to;
  while (next < starts.length - 1 && starts[next] === last) next += 1;
  return { start, end: starts[next] ?? last };
}
