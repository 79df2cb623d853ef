import type { Problem, ProblemCode } from '../../shared/problem.ts';
import { asksTooLong } from './retry.ts';

/**
 * What the end of an attempt says about the host.
 * - `alive`: it accepted the request, whatever it answered.
 * - `away`: no answer, or only that it cannot work now.
 * - `refuses`: it accepts no requests of this account, or does not know the model.
 * - `wordless`: it keeps the connection alive without writing anything. A long text may take that long, or the model
 * hangs.
 * - `none`: nothing. The end came from this side, or may concern this request alone.
 */
export type Sign = 'alive' | 'away' | 'refuses' | 'wordless' | 'none';

/**
 * Anything left out is `none`. `foreign`: the answer is not from the intended host. Once the host has answered, that is
 * temporary, like a network's sign-in page.
 */
const signs: Readonly<Partial<Record<ProblemCode, Sign | 'foreign'>>> = {
  unauthorized: 'refuses',
  forbidden: 'refuses',
  model_not_found: 'refuses',
  not_found: 'refuses',
  quota_exhausted: 'refuses',
  connection_failed: 'away',
  server_error: 'away',
  timeout_first_token: 'away',
  tls_failed: 'foreign',
  bad_response: 'alive',
  context_too_long: 'alive',
  pictures_not_seen: 'alive',
  too_many_pictures: 'alive',
  content_refused: 'alive',
  bad_request: 'alive',
  response_too_large: 'alive',
  read_in_part: 'alive',
};

/**
 * Whether such an answer is a model server's, or that of something in its place: a network's sign-in page, a proxy,
 * another server.
 */
const isOfAModel: Readonly<Record<Problem<'bad_response'>['params']['reason'], boolean>> = {
  tool_call: true,
  only_reasoning: true,
  no_words: true,
  no_model_list: false,
  not_json: false,
  not_http: false,
  headers_too_large: false,
  wrong_length: false,
  redirect: false,
  unasked_interim: false,
  no_reply: false,
  web_page: false,
};

/** What else is known about a failed attempt. */
export interface Circumstances {
  /** The host has shown a sign of life before. */
  readonly wasAlive: boolean;
  /** The call would not be retried, so a rate limit counts against the host. */
  readonly isLast?: boolean;
  /** It was a short question without user content, which no model takes long to answer. */
  readonly isNeutral?: boolean;
}

export function signOf(failure: Problem | null, { wasAlive, isLast = false, isNeutral = false }: Circumstances): Sign {
  if (failure === null) return 'alive';
  if (failure.code === 'rate_limited' && (isLast || asksTooLong(failure))) return 'away';
  if (isWordless(failure) && !isNeutral) return 'wordless';
  const sign = isOfAnother(failure) ? 'foreign' : (signs[failure.code] ?? 'none');
  return sign === 'foreign' ? (wasAlive ? 'away' : 'refuses') : sign;
}

/** Whether something at the address of the host answered at all, whatever it said. */
export function isAnswer(failure: Problem | null): boolean {
  if (failure === null || failure.httpStatus !== undefined) return true;
  return failure.code in signs && failure.code !== 'connection_failed' && failure.code !== 'timeout_first_token';
}

function isWordless(failure: Problem): boolean {
  return failure.code === 'timeout_first_token' && failure.params.wasAlive;
}

function isOfAnother(failure: Problem): boolean {
  return failure.code === 'bad_response' && !isOfAModel[failure.params.reason];
}
