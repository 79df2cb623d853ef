import type { Problem, ProblemCode } from '../problem.ts';

/** Where the user reads it, which determines what they can do about it. */
export type Edge = 'window' | 'terminal';

/** Two parts, so that `what` can be shown alone while Docket is retrying. */
export interface ProblemWords {
  /** What happened, in whole sentences. */
  readonly what: string;
  /** What the user can do about it, in whole sentences; empty if nothing. */
  readonly advice: string;
}

/** Puts each of a set of codes into words. */
export type Wording<Code extends ProblemCode> = {
  readonly [Each in Code]: (problem: Problem<Each>, edge: Edge) => ProblemWords;
};

export function words(what: string, advice = ''): ProblemWords {
  return { what, advice };
}

/** Chooses the words for where something is set: Settings in the window, the environment or options in a terminal. */
export function setWith(edge: Edge, inWindow: string, inTerminal: string): string {
  return edge === 'window' ? inWindow : inTerminal;
}
