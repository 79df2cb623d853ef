import { type Problem, problem } from '../../shared/problem.ts';

/** A problem as stored: its code, parameters and facts. It is put into words when it is shown. */
export function storedProblem(value: Problem | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

export function readProblem(json: string | null): Problem | null {
  return json === null ? null : asProblem(JSON.parse(json));
}

/** What Docket 0.1 stored instead of parameters. */
interface Worded {
  readonly code: string;
  readonly message: string;
}

/** Rows from Docket 0.1 hold a sentence, which is kept as it is. */
export function asProblem(stored: Problem | Worded | null): Problem | null {
  if (stored === null || 'params' in stored) return stored;
  const { code, message, ...facts } = stored;
  return problem('recorded', { code, message }, facts);
}

/** The parameters of a call's problem; its code, detail and status have columns of their own. */
export function callProblemParameters({ code: _, detail: __, httpStatus: ___, ...rest }: Problem): string {
  return JSON.stringify(rest);
}

/** The columns that hold a call's problem. */
interface CallProblemColumns {
  readonly error_code: string | null;
  readonly error_params: string | null;
  /** From Docket 0.1, instead of parameters. */
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
