/**
 * Everything that can go wrong in a way that a person can act on, by its cause. A code is stable:
 * it is stored in the history and exported.
 */
export const problemCodes = [
  // the provider
  'unauthorized',
  'forbidden',
  'model_not_found',
  'not_found',
  'rate_limited',
  'quota_exhausted',
  'context_too_long',
  'content_refused',
  'bad_request',
  'server_error',
  'bad_response',
  'incomplete',
  'response_too_large',
  // the way there
  'connection_failed',
  'tls_failed',
  'timeout_first_token',
  'timeout_idle',
  // a file
  'file_vanished',
  'file_unreadable',
  'file_unwritable',
  'file_empty',
  'file_too_large',
  'file_unsupported',
  'file_binary',
  'file_encrypted',
  'file_damaged',
  'file_no_text',
  'file_loop',
  'extract_timeout',
  'extract_memory',
  // Docket itself
  'cancelled',
  'interrupted',
  'in_doubt',
  'not_configured',
  'invalid_input',
  'not_allowed',
  'store_failed',
  'shutting_down',
  'unexpected',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** An expected failure, made once, at the boundary where it happened. */
export interface Problem {
  readonly code: ProblemCode;
  /** One or two sentences for a person: what happened and what to do about it. */
  readonly message: string;
  /** What the other side said, verbatim and bounded to 2,000 characters; never a key. */
  readonly detail?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  /** Milliseconds that the server asked to wait (`Retry-After`). */
  readonly retryAfterMs?: number | undefined;
}

export function problem(code: ProblemCode, message: string, more: Omit<Problem, 'code' | 'message'> = {}): Problem {
  return { code, message, ...more };
}

/** What happened, without the advice that follows: said while Docket itself tries again. */
export function whatHappened({ message }: Problem): string {
  return /^.*?[.?!](?=\s|$)/s.exec(message)?.[0] ?? message;
}
