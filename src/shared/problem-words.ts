/** Puts a problem into words: the only place that says what went wrong. */

import type { Problem, ProblemCode } from './problem.ts';
import { docketWording } from './problem-words/docket.ts';
import { fileWording } from './problem-words/file.ts';
import { providerWording } from './problem-words/provider.ts';
import type { Edge, ProblemWords, Wording } from './problem-words/words.ts';

export type { Edge, ProblemWords } from './problem-words/words.ts';

const wording: Wording<ProblemCode> = { ...providerWording, ...fileWording, ...docketWording };

/** What happened, and what the user can do about it. */
export function problemWords(problem: Problem, edge: Edge = 'window'): ProblemWords {
  // The entry belongs to this code, which TypeScript cannot infer from the lookup.
  const say = wording[problem.code] as (problem: Problem, edge: Edge) => ProblemWords;
  const { what, advice } = say(problem, edge);
  return { what: problem.partialKept === true ? `${what} The part that arrived is kept.` : what, advice };
}

/** Both parts as one text. */
export function problemSentence(problem: Problem, edge: Edge = 'window'): string {
  const { what, advice } = problemWords(problem, edge);
  return advice === '' ? what : `${what} ${advice}`;
}

/** Only what happened, for use while Docket itself is retrying. */
export function whatHappened(problem: Problem): string {
  return problemWords(problem).what;
}

/** A problem for another program: unchanged, with its sentence added. */
export function exportedProblem(problem: Problem): Problem & { readonly message: string } {
  return { ...problem, message: problemSentence(problem) };
}
