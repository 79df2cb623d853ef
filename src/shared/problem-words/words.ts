import type { Problem, ProblemCode } from '../problem.ts';

/** Where a person reads it: what can be done differs. */
export type Edge = 'window' | 'terminal';

/** Two parts, so that who tries again by itself can say the first alone. */
export interface ProblemWords {
  /** What happened, as whole sentences. */
  readonly what: string;
  /** What a person can do about it, as whole sentences; empty when there is nothing. */
  readonly advice: string;
}

/** How each of some causes is put into words. */
export type Wording<Code extends ProblemCode> = {
  readonly [Each in Code]: (problem: Problem<Each>, edge: Edge) => ProblemWords;
};

export function words(what: string, advice = ''): ProblemWords {
  return { what, advice };
}

/** Where something is set: the window has its settings, a terminal the environment and options. */
export function setWith(edge: Edge, inWindow: string, inTerminal: string): string {
  return edge === 'window' ? inWindow : inTerminal;
}
