/** Status and error → one `Problem`, once, here. */
import { APIConnectionError, APIError, APIUserAbortError } from 'openai/core/error';
import { type Problem, type ProblemCode, problem } from '../../shared/problem.ts';
import { hideKey } from './hide-key.ts';

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
    return problem('response_too_large', `${host} sent more than 16 MB for one reply; Docket stopped reading.`, {
      detail,
    });
  }
  if (cause instanceof SyntaxError) {
    return problem(
      'bad_response',
      `${host} answered with something that is not the JSON it promised. Check that the base URL is that of an OpenAI-compatible API (it usually ends in /v1).`,
      { detail },
    );
  }
  if (TLS_PATTERN.test(code)) return problem('tls_failed', tlsSentence(code, host), { detail });
  const unreadable = whyUnreadable(cause, host);
  if (unreadable !== null) return problem('bad_response', unreadable, { detail });
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return problem('shutting_down', 'Docket closed the connection before the reply was complete.', { detail });
  }
  // What the network does has a code. The rest never left: a header that cannot be sent, or a bug.
  if (code === 'UND_ERR_INVALID_ARG' || (code === '' && !(cause instanceof APIError))) {
    return problem('unexpected', `The request to ${host} could not be sent or its reply not be read.`, { detail });
  }
  return problem('connection_failed', connectionSentence(code, host), { detail });
}

/** An error that the server sent as an event of a stream, after a good status. */
function isErrorEvent(error: unknown): error is APIError {
  return error instanceof APIError && !(error instanceof APIConnectionError) && !(error instanceof APIUserAbortError);
}

function fromEvent(error: APIError, host: string): Problem {
  const named: unknown = error.code;
  const code = codeForStatus(error, typeof named === 'number' && named >= 400 ? named : 500);
  const message =
    code === 'server_error'
      ? `${host} broke off its reply with a failure of its own.`
      : sentence(code, 200, host, undefined);
  return problem(code, message, { detail: error.message, requestId: error.requestID ?? undefined });
}

/** Where the answer came and is no proper HTTP: it would be the same again, and the request may have been worked on. */
function whyUnreadable(cause: unknown, host: string): string | null {
  if (!(cause instanceof Error)) return null;
  // Its own code is missing where the first bytes already are none of HTTP.
  if (cause.name === 'HTTPParserError') return `What answers at ${host} does not speak HTTP. Is the port right?`;
  const proxy = 'Often a proxy in between does that.';
  switch (codeOf(cause)) {
    case 'UND_ERR_HEADERS_OVERFLOW':
      return `${host} sent more than 16 KB of headers with its reply, which Docket does not read. ${proxy}`;
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return `The reply of ${host} has another length than it said, so nothing of it can be trusted. ${proxy}`;
    case 'UND_ERR_SOCKET':
      return unaskedInterim.has(cause.message)
        ? `${host} answered ${unaskedInterim.get(cause.message)} although nobody asked for that, which Docket cannot read. ${proxy}`
        : null;
    default:
      return null;
  }
}

/** How undici calls what it does not take although HTTP has it (RFC 9110 §15.2). */
const unaskedInterim: ReadonlyMap<string, string> = new Map([
  ['bad response', '"100 Continue"'],
  ['bad upgrade', '"101 Switching Protocols"'],
]);

function connectionSentence(code: string, host: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${host}. Is the server running, and is the port right?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The address ${host} could not be found. Check the network and the spelling.`;
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return `${host} did not answer in time. Check the network, a proxy or a firewall.`;
    default:
      return `The connection to ${host} broke before the reply was complete.`;
  }
}

function tlsSentence(code: string, host: string): string {
  const failed = `The secure connection to ${host} failed`;
  switch (code) {
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `${host} does not answer as a secure server does. If it has no encryption, its address begins with http://.`;
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `${failed}: by this machine's clock its certificate is not valid now.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `${failed}: its certificate is for another name. Check the address.`;
    default:
      return code.startsWith('ERR_SSL_')
        ? `${failed}: the two sides could not agree on an encryption.`
        : `${failed}: its certificate is not trusted here.`;
  }
}

function fromStatus(error: APIError, status: number, host: string): Problem {
  const code = codeForStatus(error, status);
  const retryAfterMs = retryAfter(error.headers);
  return problem(code, sentence(code, status, host, retryAfterMs), {
    detail: status < 400 ? `Location: ${error.headers?.get('location') ?? 'none'}` : error.message,
    httpStatus: status,
    requestId: error.requestID ?? undefined,
    retryAfterMs,
  });
}

function codeForStatus(error: APIError, status: number): ProblemCode {
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

function sentence(code: ProblemCode, status: number, host: string, retryAfterMs: number | undefined): string {
  switch (code) {
    case 'quota_exhausted':
      return `${host} refuses further calls because the account's quota or credit is used up. Check plan and billing there; waiting does not help.`;
    case 'context_too_long':
      return 'The text is longer than this model can read in one request. Choose a model with a larger context, or a shorter text.';
    case 'content_refused':
      return `${host} refused this text by its content policy.`;
    case 'model_not_found':
      return `${host} does not know this model, or the key may not use it. Choose another in Settings.`;
    case 'unauthorized':
      return `${host} does not accept the API key. Enter a valid key in Settings.`;
    case 'forbidden':
      return `${host} does not allow this with the present API key (HTTP 403).`;
    case 'not_found':
      return `${host} has no such address (HTTP 404). The base URL usually ends in /v1.`;
    case 'rate_limited':
      return retryAfterMs === undefined || retryAfterMs === 0
        ? `${host} asks for fewer calls at a time (HTTP 429).`
        : `${host} asks to wait ${waitWords(retryAfterMs)} before the next call (HTTP 429).`;
    case 'bad_response':
      return `${host} sends requests on to another address (HTTP ${status}), which Docket does not follow. Enter the final address as base URL.`;
    case 'server_error':
      return `${host} had a failure of its own (HTTP ${status}). Trying again later usually helps.`;
    default:
      return `${host} refused the request (HTTP ${status}).`;
  }
}

function waitWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 120) return `${seconds} s`;
  return seconds <= 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
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
