import type { Problem, ProblemCode } from '../../shared/problem.ts';
import { asksTooLong } from './retry.ts';

/**
 * What the end of an attempt says of the host that was asked.
 * - `alive`: it took the request, whatever it thought of it.
 * - `away`: nothing answers, or only to say that it cannot work now.
 * - `refuses`: it takes no requests of this account, or does not know what is asked for.
 * - `wordless`: it keeps the connection alive and writes nothing. A long text may take that long, or the model hangs.
 * - `none`: nothing; the end was made here, or may be meant for this request alone.
 */
export type Sign = 'alive' | 'away' | 'refuses' | 'wordless' | 'none';

/** Left out: `none`. `foreign`: what answers is not the host that was meant. After a good reply that passes, as a sign-in page of a network does. */
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
  content_refused: 'alive',
  bad_request: 'alive',
  response_too_large: 'alive',
  read_in_part: 'alive',
};

/** Whether a model server answers so, or what stands in its place: a network's sign-in page, a proxy, another server. */
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

/** What else is known of an attempt that failed. */
export interface Circumstances {
  /** The host has given a good sign before. */
  readonly wasAlive: boolean;
  /** The call would not be tried again: then a host that asks for fewer calls takes none of it. */
  readonly isLast?: boolean;
  /** It was a short question that holds nothing of anybody: that takes no model long. */
  readonly isNeutral?: boolean;
}

export function signOf(failure: Problem | null, { wasAlive, isLast = false, isNeutral = false }: Circumstances): Sign {
  if (failure === null) return 'alive';
  if (failure.code === 'rate_limited' && (isLast || asksTooLong(failure))) return 'away';
  if (isWordless(failure) && !isNeutral) return 'wordless';
  const sign = isOfAnother(failure) ? 'foreign' : (signs[failure.code] ?? 'none');
  return sign === 'foreign' ? (wasAlive ? 'away' : 'refuses') : sign;
}

function isWordless(failure: Problem): boolean {
  return failure.code === 'timeout_first_token' && failure.params.wasAlive;
}

function isOfAnother(failure: Problem): boolean {
  return failure.code === 'bad_response' && !isOfAModel[failure.params.reason];
}
