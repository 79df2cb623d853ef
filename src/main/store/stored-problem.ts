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

/** What the columns of a call do not hold of its problem: code, detail and status have their own. */
export function callProblemParameters({ code: _, detail: __, httpStatus: ___, ...rest }: Problem): string {
  return JSON.stringify(rest);
}

/** The columns that a call's problem is kept in. */
interface CallProblemColumns {
  readonly error_code: string | null;
  readonly error_params: string | null;
  /** Of Docket 0.1, in place of parameters. */
  readonly error_message: string | null;
  readonly error_detail: string | null;
  readonly http_status: number | null;
}

export function readCallProblem(row: CallProblemColumns): Problem | null {
  if (row.error_code === null) return null;
  const facts = {
    ...(row.error_detail === null ? {} : { detail: row.error_detail }),
    ...(row.http_status === null ? {} : { httpStatus: row.http_status }),
  };
  return row.error_params === null
    ? asProblem({ code: row.error_code, message: row.error_message ?? '', ...facts })
    : asProblem({ code: row.error_code, ...JSON.parse(row.error_params), ...facts });
}
