/** Status and error → one `Problem`, once, here. */
import { APIConnectionError, APIError, APIUserAbortError } from 'openai/core/error';
import { type Problem, problem } from '../../shared/problem.ts';
import { hideKey } from './hide-key.ts';
import { MAX_RESPONSE_BYTES } from './pooled-fetch.ts';

const DETAIL_CHARACTERS = 2_000;

/** OpenAI's codes for "no money left", which waiting does not cure (platform.openai.com/docs/guides/error-codes). */
const QUOTA_CODES: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'access_terminated',
]);

const CONTEXT_PATTERN = /context[ _](length|window|size)|maximum context|too many tokens|prompt is too long/i;
/** Statuses that refuse a request for what is in it; a 429 may speak of tokens a minute. */
const CONTENT_STATUSES: ReadonlySet<number> = new Set([400, 413, 422]);
const TLS_PATTERN = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Codes of a handshake that failed. Other alerts of TLS may answer a request. */
const BEFORE_REQUEST =
  /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_SSL_WRONG_VERSION_NUMBER|ERR_TLS_CERT_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * A failed request as something a person can act on. Watchdogs and cancellation are known to the gateway, not here.
 * @param key never appears in what is returned, also when the server repeats it.
 */
export function toProblem(error: unknown, host: string, key = ''): Problem {
  const found = recognise(error, host);
  if (found.detail === undefined) return found;
  return { ...found, detail: hideKey(found.detail, key).slice(0, DETAIL_CHARACTERS) };
}

/** Whether a request failed before any of it could leave: no name, no connection, or no trust in who answered. */
export function neverLeft(error: unknown): boolean {
  const cause = rootCause(error);
  // Several, when a name has several addresses: each was tried in vain.
  if (cause instanceof AggregateError) return true;
  const systemCall = cause instanceof Error && 'syscall' in cause ? cause.syscall : null;
  return systemCall === 'connect' || systemCall === 'getaddrinfo' || BEFORE_REQUEST.test(codeOf(cause));
}

function recognise(error: unknown, host: string): Problem {
  if (error instanceof APIError && error.status !== undefined) return fromStatus(error, error.status, host);
  if (isErrorEvent(error)) return fromEvent(error, host);
  const cause = rootCause(error);
  const code = codeOf(cause);
  const words = cause instanceof Error ? cause.message : String(cause);
  // For who looks it up; a sentence for a person has none.
  const detail = code === '' || words.includes(code) ? words : `${words} (${code})`;
  if (code === 'DOCKET_RESPONSE_TOO_LARGE') {
    return problem('response_too_large', { host, limitBytes: MAX_RESPONSE_BYTES }, { detail });
  }
  if (cause instanceof SyntaxError) {
    return problem('bad_response', { host, reason: 'not_json' }, { detail });
  }
  if (TLS_PATTERN.test(code)) return problem('tls_failed', { host, reason: tlsReason(code) }, { detail });
  const unreadable = whyUnreadable(cause);
  if (unreadable !== null) return problem('bad_response', { host, ...unreadable }, { detail });
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return problem('shutting_down', { what: 'reply' }, { detail });
  }
  // What the network does has a code. The rest never left: a header that cannot be sent, or a bug.
  if (code === 'UND_ERR_INVALID_ARG' || (code === '' && !(cause instanceof APIError))) {
    return problem('unexpected', { where: 'call', host }, { detail });
  }
  return problem('connection_failed', { host, reason: connectionReason(code) }, { detail });
}

/** An error that the server sent as an event of a stream, after a good status. */
function isErrorEvent(error: unknown): error is APIError {
  return error instanceof APIError && !(error instanceof APIConnectionError) && !(error instanceof APIUserAbortError);
}

function fromEvent(error: APIError, host: string): Problem {
  const named: unknown = error.code;
  const code = codeForStatus(error, typeof named === 'number' && named >= 400 ? named : 500);
  return ofCode(code, host, 'reply', { detail: error.message, requestId: error.requestID ?? undefined });
}

type Unreadable =
  | { readonly reason: 'not_http' | 'headers_too_large' | 'wrong_length' }
  | { readonly reason: 'unasked_interim'; readonly status: 100 | 101 };

/** Where the answer came and is no proper HTTP: it would be the same again, and the request may have been worked on. */
function whyUnreadable(cause: unknown): Unreadable | null {
  if (!(cause instanceof Error)) return null;
  // Its own code is missing where the first bytes already are none of HTTP.
  if (cause.name === 'HTTPParserError') return { reason: 'not_http' };
  switch (codeOf(cause)) {
    case 'UND_ERR_HEADERS_OVERFLOW':
      return { reason: 'headers_too_large' };
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return { reason: 'wrong_length' };
    case 'UND_ERR_SOCKET': {
      const status = unaskedInterim.get(cause.message);
      return status === undefined ? null : { reason: 'unasked_interim', status };
    }
    default:
      return null;
  }
}

/** How undici calls what it does not take although HTTP has it (RFC 9110 §15.2). */
const unaskedInterim: ReadonlyMap<string, 100 | 101> = new Map([
  ['bad response', 100],
  ['bad upgrade', 101],
]);

function connectionReason(code: string): 'refused' | 'no_such_name' | 'timed_out' | 'broken' {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no_such_name';
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'timed_out';
    default:
      return 'broken';
  }
}

function tlsReason(code: string): Problem<'tls_failed'>['params']['reason'] {
  switch (code) {
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'not_tls';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'clock';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'wrong_name';
    default:
      return code.startsWith('ERR_SSL_') ? 'no_agreement' : 'untrusted';
  }
}

function fromStatus(error: APIError, status: number, host: string): Problem {
  return ofCode(codeForStatus(error, status), host, 'request', {
    detail: status < 400 ? `Location: ${error.headers?.get('location') ?? 'none'}` : error.message,
    httpStatus: status,
    requestId: error.requestID ?? undefined,
    retryAfterMs: retryAfter(error.headers),
  });
}

/** What a status or an event of an error can stand for. */
type StatusCode =
  | 'bad_response'
  | 'quota_exhausted'
  | 'context_too_long'
  | 'content_refused'
  | 'model_not_found'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'server_error'
  | 'bad_request';

function ofCode(
  code: StatusCode,
  host: string,
  during: 'request' | 'reply',
  facts: Parameters<typeof problem>[2],
): Problem {
  switch (code) {
    case 'bad_response':
      return problem(code, { host, reason: 'redirect' }, facts);
    case 'context_too_long':
      return problem(code, { what: 'request' }, facts);
    case 'content_refused':
      return problem(code, { host, what: 'text' }, facts);
    case 'server_error':
      return problem(code, { host, during }, facts);
    default:
      return problem(code, { host }, facts);
  }
}

function codeForStatus(error: APIError, status: number): StatusCode {
  const named = [error.code, error.type].filter((value): value is string => typeof value === 'string');
  if (status < 400) return 'bad_response';
  if (named.some((name) => QUOTA_CODES.has(name)) || status === 402) return 'quota_exhausted';
  if (
    named.includes('context_length_exceeded') ||
    (CONTENT_STATUSES.has(status) && CONTEXT_PATTERN.test(error.message))
  )
    return 'context_too_long';
  if (named.includes('content_filter') || named.includes('content_policy_violation')) return 'content_refused';
  if (named.includes('model_not_found')) return 'model_not_found';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return /model/i.test(error.message) ? 'model_not_found' : 'not_found';
  if (status === 429) return 'rate_limited';
  if (status === 408 || status >= 500) return 'server_error';
  return 'bad_request';
}

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), and OpenAI's `retry-after-ms`. */
export function retryAfter(headers: Headers | undefined, now: number = Date.now()): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const value = headers?.get('retry-after');
  if (value === null || value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The SDK and undici wrap the system's error, sometimes twice. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (
    cause instanceof Error &&
    cause.cause instanceof Error &&
    !(codeOf(cause) !== '' && !(cause instanceof APIConnectionError))
  ) {
    cause = cause.cause;
  }
  return cause;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
