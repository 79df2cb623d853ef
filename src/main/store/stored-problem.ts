import { type Problem, problem } from '../../shared/problem.ts';

/** As the store keeps a problem: its code, parameters and facts. Its words are made when it is shown. */
export function storedProblem(value: Problem | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

export function readProblem(json: string | null): Problem | null {
  return json === null ? null : asProblem(JSON.parse(json));
}

/** What Docket 0.1 stored in place of parameters. */
interface Worded {
  readonly code: string;
  readonly message: string;
}

/** Rows of Docket 0.1 hold a sentence, which is kept as it is. */
export function asProblem(stored: Problem | Worded | null): Problem | null {
  if (stored === null || 'params' in stored) return stored;
  const { code, message, ...facts } = stored;
  return problem('recorded', { code, message }, facts);
}
