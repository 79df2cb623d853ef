/** Puts a problem into words: the only place that says what went wrong. */

import { waitOf } from './amounts.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { contentWording } from './problem-words/content.ts';
import { docketWording } from './problem-words/docket.ts';
import { fileWording } from './problem-words/file.ts';
import { providerWording } from './problem-words/provider.ts';
import { type Edge, type ProblemWords, setWith, type Wording } from './problem-words/words.ts';

export type { Edge, ProblemWords } from './problem-words/words.ts';

const wording: Wording<ProblemCode> = { ...providerWording, ...fileWording, ...contentWording, ...docketWording };

/** What happened, and what the user can do about it. */
export function problemWords(problem: Problem, edge: Edge = 'window'): ProblemWords {
  // The entry belongs to this code, which TypeScript cannot infer from the lookup.
  const say = wording[problem.code] as (problem: Problem, edge: Edge) => ProblemWords;
  const { what, advice } = say(problem, edge);
  const facts = [
    what,
    problem.waitedMs === undefined ? '' : waitedWords(problem.waitedMs),
    problem.partialKept === true ? 'The part that arrived is kept.' : '',
  ];
  const advices = [advice, problem.waitedMs === undefined ? '' : waitAdvice(edge)];
  return { what: sentences(facts), advice: sentences(advices) };
}

function sentences(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function waitedWords(ms: number): string {
  return ms === 0 ? 'Docket did not wait for it.' : `Docket waited ${waitOf(ms)} for it.`;
}

function waitAdvice(edge: Edge): string {
  return setWith(
    edge,
    'Resume the batch once it is back; how long a batch waits is set in Settings.',
    'Once it runs, the same command continues from here; --wait, as in --wait 2h, lets a batch wait longer.',
  );
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
