/** An error reported by a server, whatever its status and shape. */
import { APIError } from 'openai/core/error';
import { messageOf, readErrorBody } from './error-body.ts';
import { at, isObject, listOf } from './json-value.ts';

/** Keeps everything the server said; the client's own error keeps one field. */
export class ServerError extends APIError<number | undefined, Headers | undefined> {
  /** Parsed JSON, or text. */
  readonly body: unknown;

  /** @param status undefined if the error came with a 2xx status. */
  constructor(status: number | undefined, body: unknown, headers: Headers | undefined) {
    super(status, undefined, readErrorBody(body).message, headers);
    this.body = body;
  }
}

/** OpenAI and most; Anthropic; Azure; AWS; OpenRouter. */
export const REQUEST_ID_HEADERS = [
  'x-request-id',
  'request-id',
  'apim-request-id',
  'x-ms-request-id',
  'x-amzn-requestid',
  'x-generation-id',
] as const;

/** The server's id of this request, which its support team asks for. */
export function requestIdIn(headers: Headers | undefined): string | undefined {
  for (const name of REQUEST_ID_HEADERS) {
    const id = headers?.get(name);
    if (id) return id;
  }
  return undefined;
}

/** @throws the error in a reply, or in a piece of one, under the field name that all servers use. */
export function throwIfError(value: unknown, headers: Headers): void {
  if (at(value, 'error')) throw new ServerError(undefined, value, headers);
}

/** What servers put beside an empty reply instead of an error: MiniMax, vLLM, Baidu, Alibaba, FastAPI, proxies. */
const SAYS_FAILED: readonly ((value: unknown) => boolean)[] = [
  (value) => at(value, 'object') === 'error' || at(value, 'type') === 'error',
  (value) => at(value, 'success') === false || at(value, 'status') === 'error',
  (value) => isFailure(at(value, 'base_resp', 'status_code')),
  (value) => ['code', 'error_code', 'errorCode', 'statusCode'].some((name) => isFailure(at(value, name))),
  (value) => listOf(at(value, 'errors')).length > 0,
  (value) => ['error_msg', 'errorMessage', 'errMsg', 'detail', 'fault'].some((name) => Boolean(at(value, name))),
];

/** @throws the value in place of a reply, if it is the server's reason for sending none. */
export function throwIfOnlyError(value: unknown, headers: Headers): void {
  if (isObject(value) && messageOf(value) !== '' && SAYS_FAILED.some((says) => says(value))) {
    throw new ServerError(undefined, value, headers);
  }
}

function isFailure(code: unknown): boolean {
  return typeof code === 'number'
    ? code !== 0 && code !== 200
    : typeof code === 'string' && !/^(|0|200|ok)$/i.test(code);
}
