/**
 * What the model server can answer: plain data, so that a reply also crosses a process boundary as JSON.
 * Each constructor names one behaviour of a real provider, or one way in which it fails.
 */

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** The last stands for those that no client knows. */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'solar_flare';

/**
 * How a text reply ends: as it should, by closing without `[DONE]` and finish reason, with silence until
 * released, with a destroyed socket, or with data that is not JSON.
 */
type Ending = 'complete' | 'noDone' | 'stall' | 'cut' | 'badJson';

export interface TextOptions {
  /** Token counts to report. `null`: the server reports none. By default they are counted from the text. */
  readonly usage?: Usage | null;
  /** How many deltas a stream is cut into, or the deltas themselves. One word each by default. */
  readonly chunks?: number | readonly string[];
  readonly delayBetweenChunksMs?: number;
  /** Time from the request to the first byte of the reply. */
  readonly latencyMs?: number;
  readonly finishReason?: FinishReason;
  /** The model that the reply claims to come from; the one asked for by default. */
  readonly model?: string;
}

export interface TextReply extends TextOptions {
  readonly kind: 'text';
  readonly content: string;
  readonly ending: Ending;
  /** Content deltas sent before an ending other than `complete`. */
  readonly afterChunks: number;
}

interface StatusReply {
  readonly kind: 'status';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body: unknown;
  readonly latencyMs?: number;
}

export interface HugeReply {
  readonly kind: 'huge';
  /** Bytes of content, the JSON around it not counted. */
  readonly bytes: number;
}

interface BytesReply {
  readonly kind: 'bytes';
  /** Sent as they are, each by itself. */
  readonly parts: readonly string[];
  readonly everyMs: number;
  /** What follows the last: the end of the response, a broken socket, or silence until released and then the end. */
  readonly ending: 'end' | 'cut' | 'hang';
  readonly headers: Readonly<Record<string, string>>;
}

interface StreamOptionsRejection {
  readonly kind: 'rejectsStreamOptions';
  /** The answer to a request without `stream_options`. */
  readonly otherwise: Reply;
}

export type Reply =
  | TextReply
  | StatusReply
  | HugeReply
  | BytesReply
  | StreamOptionsRejection
  | { readonly kind: 'prompted'; readonly options: TextOptions }
  | { readonly kind: 'emptyChoices' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

interface StatusOptions {
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly latencyMs?: number;
}

/** What a reply that fails midway would have said: twelve words, so twelve chunks. */
export const faultText = 'The committee met on Tuesday and agreed to publish its report today.';

/** The shape of an OpenAI error body. */
export function errorBody(message: string, type: string, code: string | null, param: string | null = null): unknown {
  return { error: { message, type, param, code } };
}

/** A good reply with this text; JSON or a stream, as the request asks. */
export function text(content: string, options: TextOptions = {}): TextReply {
  return { kind: 'text', content, ending: 'complete', afterChunks: 0, ...options };
}

/** The default: an answer made from the prompt, the same for the same prompt (see `answerPrompt`). */
export function prompted(options: TextOptions = {}): Reply {
  return { kind: 'prompted', options };
}

/** One word a chunk, `delayMs` between them. */
export function slowTokens(content: string = faultText, delayMs = 50): TextReply {
  return text(content, { delayBetweenChunksMs: delayMs });
}

/** Any status, with a custom `Retry-After`, headers and body. */
export function status(code: number, options: StatusOptions = {}): StatusReply {
  const { retryAfter, headers = {}, body = errorBody(`Status ${code}.`, 'server_error', null), latencyMs } = options;
  return {
    kind: 'status',
    status: code,
    headers: retryAfter === undefined ? headers : { ...headers, 'retry-after': String(retryAfter) },
    body,
    ...(latencyMs === undefined ? {} : { latencyMs }),
  };
}

/** Status 200 followed by exactly these bytes, which no careful server would send. */
export function bytes(parts: readonly string[], options: Partial<Omit<BytesReply, 'kind' | 'parts'>> = {}): BytesReply {
  return {
    kind: 'bytes',
    parts,
    everyMs: 0,
    ending: 'end',
    headers: { 'content-type': 'text/event-stream' },
    ...options,
  };
}

/** A transient 429. */
export function rateLimited(options: { readonly retryAfterSeconds?: number } = {}): StatusReply {
  const { retryAfterSeconds } = options;
  const message = 'Rate limit reached for requests. Please try again later.';
  return status(429, {
    body: errorBody(message, 'requests', 'rate_limit_exceeded'),
    headers: { 'x-ratelimit-limit-requests': '500', 'x-ratelimit-remaining-requests': '0' },
    ...(retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds }),
  });
}

/** A permanent 429: the account is out of credit. */
export function quotaExhausted(): StatusReply {
  const message = 'You exceeded your current quota, please check your plan and billing details.';
  return status(429, { body: errorBody(message, 'insufficient_quota', 'insufficient_quota') });
}

/** 500 and 503 as OpenAI says them, 502 as the proxy before it does: a page of HTML. */
export function serverError(code: 500 | 502 | 503 = 500): StatusReply {
  if (code === 502) {
    const body = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return status(502, { body, headers: { 'content-type': 'text/html' } });
  }
  const message =
    code === 500
      ? 'The server had an error while processing your request. Sorry about that!'
      : 'The engine is currently overloaded, please try again later.';
  return status(code, { body: errorBody(message, 'server_error', null) });
}

export function unauthorized(): StatusReply {
  return status(401, { body: errorBody('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key') });
}

export function modelNotFound(model = 'the requested model'): StatusReply {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return status(404, { body: errorBody(message, 'invalid_request_error', 'model_not_found') });
}

export function contextTooLong(
  limitTokens = 128_000,
  message = `This model's maximum context length is ${limitTokens} tokens. Please reduce the length of the messages.`,
): StatusReply {
  return status(400, { body: errorBody(message, 'invalid_request_error', 'context_length_exceeded', 'messages') });
}

/** Accepts the request and sends nothing until `release()`, then the default answer. */
export function hangBeforeHeaders(): Reply {
  return { kind: 'hang' };
}

/** Headers and some chunks, then silence until `release()`; then the rest. */
export function stallMidStream(afterChunks = 3, content: string = faultText, options: TextOptions = {}): TextReply {
  return { ...text(content, options), ending: 'stall', afterChunks };
}

/** Headers and some chunks, then the socket is destroyed. */
export function cutMidStream(afterChunks = 3, content: string = faultText, options: TextOptions = {}): TextReply {
  return { ...text(content, options), ending: 'cut', afterChunks };
}

/** All the text, then the stream closes in good order but without finish reason and `[DONE]`. */
export function noDone(content: string = faultText, options: TextOptions = {}): TextReply {
  return { ...text(content, options), ending: 'noDone' };
}

/** Status 200, a JSON content type, and a body that breaks off; for streamed requests too. */
export function invalidJson(): StatusReply {
  return status(200, { body: '{"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,"mess' });
}

/** Some good chunks, then a `data:` line that is not JSON. */
export function invalidSseJson(afterChunks = 2, content: string = faultText): TextReply {
  return { ...text(content), ending: 'badJson', afterChunks };
}

/** A good reply with this many bytes of text, written no faster than the client reads. */
export function huge(bytes: number = 50 * 1024 * 1024): HugeReply {
  return { kind: 'huge', bytes };
}

/** 400 while the request has `stream_options`, the other reply once it has none. */
export function rejectsStreamOptions(otherwise: Reply = prompted()): StreamOptionsRejection {
  return { kind: 'rejectsStreamOptions', otherwise };
}

/** Accepts the connection, reads the request, then resets the socket. */
export function connectionReset(): Reply {
  return { kind: 'reset' };
}

/** A reply whose `choices` are an empty list. */
export function emptyChoices(): Reply {
  return { kind: 'emptyChoices' };
}

/** A reply that the provider's filter stopped after this text. */
export function contentFilter(content = ''): TextReply {
  return text(content, { finishReason: 'content_filter' });
}
