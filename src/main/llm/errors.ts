/** Turns a status or an error into one `Problem`. The only place that does. */
import { APIConnectionError, APIError } from 'openai/core/error';
import { type Problem, problem } from '../../shared/problem.ts';
import { askedWait } from './asked-wait.ts';
import { contextLimitIn } from './context-limit.ts';
import { readErrorBody } from './error-body.ts';
import { hideKey } from './hide-key.ts';
import { MAX_RESPONSE_BYTES } from './pooled-fetch.ts';
import { kindOfRefusal, type RefusalCode } from './refusal-kinds.ts';
import { pictureLimitIn } from './refused-pictures.ts';
import { requestIdIn, ServerError } from './server-error.ts';

const DETAIL_CHARACTERS = 2_000;

const TLS_PATTERN = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Codes of a failed handshake. Other TLS alerts may come in response to a request. */
const BEFORE_REQUEST =
  /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_SSL_WRONG_VERSION_NUMBER|ERR_TLS_CERT_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * Turns a failed request into a problem that the user can act on. Time-outs and cancellation are handled by the
 * gateway.
 * @param key is removed from the result, in case the server repeats it.
 */
export function toProblem(error: unknown, host: string, key = ''): Problem {
  const found = recognise(error, host);
  if (found.detail === undefined) return found;
  return { ...found, detail: hideKey(found.detail, key).slice(0, DETAIL_CHARACTERS) };
}

/** Whether a request failed before any of it could leave: no DNS answer, no connection, or an untrusted certificate. */
export function neverLeft(error: unknown): boolean {
  const cause = rootCause(error);
  // One error per address of the name: every one of them failed.
  if (cause instanceof AggregateError) return true;
  const systemCall = cause instanceof Error && 'syscall' in cause ? cause.syscall : null;
  return systemCall === 'connect' || systemCall === 'getaddrinfo' || BEFORE_REQUEST.test(codeOf(cause));
}

function recognise(error: unknown, host: string): Problem {
  if (error instanceof ServerError) return fromServer(error, host);
  const cause = rootCause(error);
  const code = codeOf(cause);
  const words = cause instanceof Error ? cause.message : String(cause);
  // The code is for looking it up; the sentences for users leave it out.
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
  // Network failures have a code. Anything else never left: a header that cannot be sent, or a bug.
  if (code === 'UND_ERR_INVALID_ARG' || (code === '' && !(cause instanceof APIError))) {
    return problem('unexpected', { where: 'call', host }, { detail });
  }
  return problem('connection_failed', { host, reason: connectionReason(code) }, { detail });
}

type Unreadable =
  | { readonly reason: 'not_http' | 'headers_too_large' | 'wrong_length' }
  | { readonly reason: 'unasked_interim'; readonly status: 100 | 101 };

/** An answer came but is not valid HTTP. A retry would get the same, and the request may have been processed. */
function whyUnreadable(cause: unknown): Unreadable | null {
  if (!(cause instanceof Error)) return null;
  // There is no code of its own if even the first bytes are not HTTP.
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

/** undici's errors for interim responses that HTTP allows (RFC 9110 §15.2) but undici rejects. */
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

/** An error the server sent, either with its status or inside a 2xx reply. */
function fromServer(error: ServerError, host: string): Problem {
  const { status = null, headers, body: said } = error;
  const about = { httpStatus: status ?? undefined, requestId: requestIdIn(headers) };
  if (status !== null && status < 400) {
    const detail = `Location: ${headers?.get('location') ?? 'none'}`;
    return problem('bad_response', { host, reason: 'redirect' }, { ...about, detail });
  }
  const body = readErrorBody(said);
  const code = kindOfRefusal(status, body);
  const mayPass = code === 'rate_limited' || code === 'server_error';
  const retryAfterMs = mayPass ? askedWait(headers, body, code === 'rate_limited') : undefined;
  const facts = { ...about, detail: body.detail, retryAfterMs };
  if (code === 'context_too_long') return problem(code, { what: 'request', ...contextLimitIn(body) }, facts);
  if (code === 'too_many_pictures') return problem(code, { host, ...pictureLimitIn(body.detail) }, facts);
  return ofCode(code, host, status === null ? 'reply' : 'request', facts);
}

function ofCode(
  code: Exclude<RefusalCode, 'context_too_long' | 'too_many_pictures'>,
  host: string,
  during: 'request' | 'reply',
  facts: Parameters<typeof problem>[2],
): Problem {
  switch (code) {
    case 'content_refused':
      return problem(code, { host, what: 'text' }, facts);
    case 'server_error':
      return problem(code, { host, during }, facts);
    default:
      return problem(code, { host }, facts);
  }
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
