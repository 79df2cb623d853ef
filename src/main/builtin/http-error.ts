import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** An error in the format of OpenAI's API. Thrown inside the server and turned into a response at its edge. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string | null;
  /** The request field at fault. */
  readonly param: string | null;
  readonly headers: OutgoingHttpHeaders;

  constructor(
    status: number,
    code: string | null,
    message: string,
    more: { param?: string; headers?: OutgoingHttpHeaders } = {},
  ) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.param = more.param ?? null;
    this.headers = more.headers ?? {};
  }
}

export function badRequest(message: string, param?: string): HttpError {
  return new HttpError(400, 'invalid_request', message, param === undefined ? {} : { param });
}

export function errorBody(error: HttpError): string {
  const { message, code, param } = error;
  return JSON.stringify({ error: { message, type: typeOf(error.status), code, param } });
}

export function sendError(response: ServerResponse, error: HttpError): void {
  response.writeHead(error.status, { 'content-type': 'application/json; charset=utf-8', ...error.headers });
  response.end(errorBody(error));
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
