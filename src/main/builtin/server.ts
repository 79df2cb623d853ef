import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pLimit from 'p-limit';
import { type Admission, admissionFor } from './admission.ts';
import { BUILTIN_MODEL, parseChatRequest, parseTask, TASK_HEADER } from './chat-request.ts';
import { sendCompletion, streamCompletion } from './chat-response.ts';
import type { Engine } from './engine.ts';
import { errorBody, HttpError, sendError } from './http-error.ts';
import { type JobResult, runJob } from './job.ts';
import { ClientGone, readJson } from './request-body.ts';

export interface BuiltinServer {
  readonly port: number;
  /** Stops listening and closes open connections. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly engine: Engine;
  readonly token: string;
}

/** The largest body of a request that is accepted. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * How long an idle connection is kept, in milliseconds: longer than pooled clients keep theirs, as they would otherwise
 * write to a connection that is being closed.
 */
const KEEP_ALIVE_MS = 75_000;

/** Starts the OpenAI-compatible server on a free port on 127.0.0.1, out of reach of other machines. */
export async function startServer({ engine, token }: ServerOptions): Promise<BuiltinServer> {
  const handle = createHandler(engine);
  const server = createServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return;
    const body = errorBody(new HttpError(400, 'invalid_request', 'The request is not valid HTTP.'));
    const length = Buffer.byteLength(body);
    socket.end(
      `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
    );
  });
  const port = await listen(server);
  const admit = admissionFor(token, port);
  server.on('request', (request, response) => {
    void respond(request, response, admit, handle);
  });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

type Handler = (request: IncomingMessage, response: ServerResponse, signal: AbortSignal) => Promise<void>;

/** Answers one request, whatever goes wrong. */
async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  admit: Admission,
  handle: Handler,
): Promise<void> {
  const aborted = new AbortController();
  response.on('close', () => {
    if (!response.writableEnded) aborted.abort();
  });
  response.setHeader('x-request-id', `req_${randomUUID().replaceAll('-', '')}`);
  try {
    admit(request);
    await handle(request, response, aborted.signal);
  } catch (error) {
    if (aborted.signal.aborted || error instanceof ClientGone) {
      response.destroy();
      return;
    }
    const answer = error instanceof HttpError ? error : unexpected(error);
    // The rest of the body is not read, so the connection cannot be reused.
    if (hasBody(request) && !request.complete) {
      response.setHeader('connection', 'close');
      drain(request);
    }
    if (response.headersSent) response.destroy();
    else sendError(response, answer);
  }
}

function unexpected(error: unknown): HttpError {
  console.error('built-in text engine:', error);
  return new HttpError(500, 'internal_error', 'The built-in text engine failed on this text.');
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A client that is still sending would treat a closed socket as broken and never read the response. */
const DRAIN_MS = 2_000;

function drain(request: IncomingMessage): void {
  request.on('error', () => {});
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAIN_MS);
  timer.unref();
  request.on('close', () => clearTimeout(timer));
}

function createHandler(engine: Engine): Handler {
  // Batch files are read one at a time; a chat is read alongside in time slices, so it never waits behind them.
  const inTurn = pLimit(1);

  async function completions(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const task = parseTask(request.headers[TASK_HEADER]);
    const { stream, job } = parseChatRequest(await readJson(request, MAX_BODY_BYTES), task);
    const run = async (): Promise<JobResult> => {
      signal.throwIfAborted();
      return runJob(engine, job, signal);
    };
    const result = await (task === 'chat' ? run() : inTurn(run));
    signal.throwIfAborted();
    if (stream) streamCompletion(response, result);
    else sendCompletion(response, result);
  }

  return async (request, response, signal) => {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/v1/models') {
      allow(request, 'GET');
      sendModels(response);
    } else if (path === '/v1/chat/completions') {
      allow(request, 'POST');
      await completions(request, response, signal);
    } else {
      throw new HttpError(404, 'not_found', 'The built-in text engine only has /v1/models and /v1/chat/completions.');
    }
  };
}

function allow(request: IncomingMessage, method: string): void {
  if (request.method === method) return;
  throw new HttpError(405, 'method_not_allowed', `Use ${method} here.`, { headers: { allow: method } });
}

function sendModels(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  const model = { id: BUILTIN_MODEL, object: 'model', created: 0, owned_by: 'docket' };
  response.end(JSON.stringify({ object: 'list', data: [model], docket: { llm: false } }));
}
