/**
 * A real OpenAI-compatible server on loopback for tests and benchmarks: it answers as told, fails as told,
 * counts sockets, and checks every chat request against OpenAI's published request schema.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { errorBody, prompted, type Reply, unauthorized } from './model-server-replies.ts';
import { clockMs, type OpenRequest, type RecordedRequest, recordRequest } from './model-server-requests.ts';
import { type Exchange, type ReplyDefaults, writeReply } from './model-server-writer.ts';
import { findRequestErrors } from './openai-request-schema.ts';

export interface ModelServerOptions {
  /** Time to the first byte of every text reply that does not set its own. */
  readonly latencyMs?: number;
  readonly delayBetweenChunksMs?: number;
  /** Deltas a streamed reply is cut into; one a word by default. */
  readonly chunks?: number;
  /** What `GET /v1/models` lists. */
  readonly models?: readonly string[];
  /** If set, any other key gets a 401. */
  readonly apiKey?: string;
  /** If off, chat requests are not checked against the schema. */
  readonly validateRequests?: boolean;
  /** If off, `requests` stays empty, for long benchmarks. */
  readonly keepRequests?: boolean;
  /** A private key and its certificate in PEM: the server speaks TLS. */
  readonly identity?: string;
  /** Called with each complete chat request, before anything is answered. */
  readonly onChatRequest?: (request: RecordedRequest) => void;
}

/** Chooses a reply by the request. Without a reply, the default answer is given. */
export type ReplyHandler = (request: RecordedRequest) => Reply | undefined | Promise<Reply | undefined>;

interface Script {
  /** One reply each, in the order in which requests arrive. */
  readonly queue?: readonly Reply[];
  /** For every request once the queue is empty. */
  readonly otherwise?: Reply | ReplyHandler;
}

/** A list is a queue and then the default answers; a single reply or a handler answers every request. */
export type ReplySource = Reply | readonly Reply[] | ReplyHandler | Script;

interface Violation {
  readonly request: RecordedRequest;
  readonly errors: readonly string[];
}

interface SocketCounts {
  readonly open: number;
  readonly everOpened: number;
  readonly maxOpen: number;
}

export interface ModelServer {
  /** `http://127.0.0.1:PORT/v1`, or `https` with an identity. */
  readonly url: string;
  /** Everything received in full, in order, `GET /v1/models` included. */
  readonly requests: readonly RecordedRequest[];
  readonly chatRequests: readonly RecordedRequest[];
  /** Counted even when requests are not kept. */
  readonly chatRequestCount: number;
  /** Chat requests with a shape that OpenAI would refuse, each answered 400, and replies that could not be produced. */
  readonly violations: readonly Violation[];
  readonly sockets: SocketCounts;
  /** Chat requests being answered now. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Replies that wait for `release()`. */
  readonly hanging: number;
  /** Replaces what chat requests are answered with. */
  respond(source: ReplySource): void;
  /** Replaces what `GET /v1/models` is answered with; the list of models without an argument. */
  respondToModels(reply?: Reply): void;
  /** What another request, such as `GET /props`, is answered with. */
  respondTo(request: string, reply: Reply): void;
  /** Lets every request that has arrived finish, whether it hangs or stalls by now or not yet. */
  release(): void;
  /** Resolves when this many chat requests have arrived. */
  waitForRequests(count: number): Promise<void>;
  /** Resolves when the condition holds; checked on every request, reply, hang and socket event. */
  waitUntil(condition: () => boolean): Promise<void>;
  /** Clears requests and violations and restarts the counts from what is open now. */
  reset(): void;
  /** Cuts every socket and stops listening, like a restarting server or a lost network. */
  goAway(): Promise<void>;
  /** Listens again, on the same port. */
  comeBack(): Promise<void>;
  /** Cuts what is on its way and shows another key and certificate from then on. */
  identifyAs(identity: string): Promise<void>;
  /** Ends every hang, destroys every socket and stops listening. */
  close(): Promise<void>;
}

interface Waiter {
  readonly condition: () => boolean;
  readonly resolve: () => void;
  readonly reject: (cause: Error) => void;
}

interface State {
  readonly options: ModelServerOptions;
  readonly defaults: ReplyDefaults;
  requests: OpenRequest[];
  violations: Violation[];
  queue: Reply[];
  otherwise: Reply | ReplyHandler;
  modelsReply: Reply | undefined;
  readonly otherReplies: Map<string, Reply>;
  sockets: { open: number; everOpened: number; maxOpen: number };
  /** The open ones, before any handshake too. */
  readonly connections: Set<Socket>;
  received: number;
  chatRequestCount: number;
  inFlight: number;
  maxInFlight: number;
  isClosing: boolean;
  isAway: boolean;
  readonly hangs: Set<() => void>;
  /** How often everything was released. */
  releases: number;
  readonly waiters: Set<Waiter>;
}

const chatPath = '/v1/chat/completions';

/** Starts a server on a free port of 127.0.0.1. Until told otherwise it answers the analysis's prompts. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const state = createState(options);
  const server = createHttpServer(options, (message, response) => void serve(state, message, response));
  countSockets(state, server);
  await listen(server, 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the model server has no port');
  return createHandle(state, server, address.port);
}

function createHttpServer(
  { identity }: ModelServerOptions,
  listener: (message: IncomingMessage, response: ServerResponse) => void,
): Server | SecureServer {
  const settings = { keepAliveTimeout: 60_000, requestTimeout: 0 };
  if (identity === undefined) return createServer(settings, listener);
  return createSecureServer({ ...settings, key: identity, cert: identity }, listener);
}

function listen(server: Server | SecureServer, port: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function createState(options: ModelServerOptions): State {
  const { latencyMs = 0, delayBetweenChunksMs = 0, chunks } = options;
  return {
    options,
    defaults: { latencyMs, delayBetweenChunksMs, chunks },
    requests: [],
    violations: [],
    queue: [],
    otherwise: prompted(),
    modelsReply: undefined,
    otherReplies: new Map(),
    sockets: { open: 0, everOpened: 0, maxOpen: 0 },
    connections: new Set(),
    received: 0,
    chatRequestCount: 0,
    inFlight: 0,
    maxInFlight: 0,
    isClosing: false,
    isAway: false,
    hangs: new Set(),
    releases: 0,
    waiters: new Set(),
  };
}

function createHandle(state: State, server: Server | SecureServer, port: number): ModelServer {
  const waitUntil = (condition: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      if (condition()) return resolve();
      if (state.isClosing) return reject(new Error('the model server is closed'));
      state.waiters.add({ condition, resolve, reject });
    });
  return {
    url: `${state.options.identity === undefined ? 'http' : 'https'}://127.0.0.1:${port}/v1`,
    get requests() {
      return state.requests;
    },
    get chatRequests() {
      return state.requests.filter(isChat);
    },
    get chatRequestCount() {
      return state.chatRequestCount;
    },
    get violations() {
      return state.violations;
    },
    get sockets() {
      return { ...state.sockets };
    },
    get inFlight() {
      return state.inFlight;
    },
    get maxInFlight() {
      return state.maxInFlight;
    },
    get hanging() {
      return state.hangs.size;
    },
    respond: (source) => setReplies(state, source),
    respondToModels(reply) {
      state.modelsReply = reply;
    },
    respondTo: (request, reply) => void state.otherReplies.set(request, reply),
    release: () => releaseHangs(state),
    waitForRequests: (count) => waitUntil(() => state.chatRequestCount >= count),
    waitUntil,
    reset: () => resetCounts(state),
    goAway: async () => {
      state.isAway = true;
      await stopListening(state, server);
    },
    comeBack: async () => {
      await listen(server, port);
      state.isAway = false;
    },
    identifyAs: async (identity) => {
      if (!('setSecureContext' in server)) throw new Error('the model server was not started with an identity');
      state.isAway = true;
      await stopListening(state, server);
      server.setSecureContext({ key: identity, cert: identity });
      await listen(server, port);
      state.isAway = false;
    },
    close: () => closeServer(state, server),
  };
}

function setReplies(state: State, source: ReplySource): void {
  const script: Script = isList(source) ? { queue: source } : isScript(source) ? source : { otherwise: source };
  state.queue = [...(script.queue ?? [])];
  state.otherwise = script.otherwise ?? prompted();
}

function isList(source: ReplySource): source is readonly Reply[] {
  return Array.isArray(source);
}

function isScript(source: Exclude<ReplySource, readonly Reply[]>): source is Script {
  return typeof source === 'object' && !('kind' in source);
}

function resetCounts(state: State): void {
  state.requests = [];
  state.violations = [];
  state.chatRequestCount = 0;
  state.maxInFlight = state.inFlight;
  state.sockets = { open: state.sockets.open, everOpened: state.sockets.open, maxOpen: state.sockets.open };
}

async function closeServer(state: State, server: Server | SecureServer): Promise<void> {
  state.isClosing = true;
  for (const waiter of state.waiters) waiter.reject(new Error('the model server closed before the condition held'));
  state.waiters.clear();
  releaseHangs(state);
  await stopListening(state, server);
}

async function stopListening(state: State, server: Server | SecureServer): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    // The server itself does not know of those whose handshake has not ended.
    for (const socket of state.connections) socket.destroy();
  });
}

function releaseHangs(state: State): void {
  state.releases += 1;
  for (const resume of [...state.hangs]) resume();
}

function countSockets(state: State, server: Server | SecureServer): void {
  server.on('connection', (socket: Socket) => {
    const { connections, sockets } = state;
    connections.add(socket);
    sockets.open += 1;
    sockets.everOpened += 1;
    sockets.maxOpen = Math.max(sockets.maxOpen, sockets.open);
    notify(state);
    socket.once('close', () => {
      connections.delete(socket);
      state.sockets.open -= 1;
      notify(state);
    });
  });
}

/** Checks what tests are waiting for. A condition that throws rejects its waiter. */
function notify(state: State): void {
  for (const waiter of state.waiters) {
    try {
      if (!waiter.condition()) continue;
      waiter.resolve();
    } catch (cause) {
      waiter.reject(cause instanceof Error ? cause : new Error(String(cause)));
    }
    state.waiters.delete(waiter);
  }
}

async function serve(state: State, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const receivedAt = clockMs();
  state.received += 1;
  const id = `req_${String(state.received).padStart(6, '0')}`;
  const bytesBefore = response.socket?.bytesWritten ?? 0;
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  let request: OpenRequest;
  try {
    request = await recordRequest(message, id, receivedAt);
  } catch {
    return; // The client left while it was still sending; there is nobody to answer.
  }
  const exchange = openExchange(state, request, response, closed.signal, bytesBefore);
  try {
    await writeReply(await chooseReply(state, request), exchange);
  } catch (cause) {
    state.violations.push({ request, errors: [`the reply failed: ${String(cause)}`] });
    response.destroy();
  }
}

/** Records the request, counts it in, and out again when its response is closed. */
function openExchange(
  state: State,
  request: OpenRequest,
  response: ServerResponse,
  closed: AbortSignal,
  bytesBefore: number,
): Exchange {
  const { socket } = response;
  let didServerCut = false;
  const { releases } = state;
  countIn(state, request);
  whenAborted(closed, () => {
    const isBroken = didServerCut || state.isClosing || state.isAway;
    request.outcome = response.writableFinished ? 'answered' : isBroken ? 'cutByServer' : 'clientLeft';
    request.closedAt = clockMs();
    request.bytesSent = (socket?.bytesWritten ?? bytesBefore) - bytesBefore;
    if (isChat(request)) state.inFlight -= 1;
    notify(state);
  });
  response.setHeader('x-request-id', request.id);
  return {
    request,
    response,
    defaults: state.defaults,
    closed,
    hang: () => (state.releases > releases ? Promise.resolve() : hang(state, closed)),
    cut(how) {
      didServerCut = true;
      if (how === 'reset') socket?.resetAndDestroy();
      else socket?.destroy();
    },
  };
}

function countIn(state: State, request: OpenRequest): void {
  if (state.options.keepRequests !== false) state.requests.push(request);
  if (isChat(request)) {
    state.chatRequestCount += 1;
    state.inFlight += 1;
    state.maxInFlight = Math.max(state.maxInFlight, state.inFlight);
    state.options.onChatRequest?.(request);
  }
  notify(state);
}

function whenAborted(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
}

function hang(state: State, closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const resume = () => {
      if (!state.hangs.delete(resume)) return;
      closed.removeEventListener('abort', resume);
      resolve();
      notify(state);
    };
    if (closed.aborted) return resolve();
    state.hangs.add(resume);
    closed.addEventListener('abort', resume);
    notify(state);
  });
}

async function chooseReply(state: State, request: RecordedRequest): Promise<Reply> {
  const { apiKey } = state.options;
  if (apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`) return unauthorized();
  if (request.method === 'GET' && request.path === '/v1/models') return state.modelsReply ?? listModels(state);
  if (!isChat(request)) return state.otherReplies.get(`${request.method} ${request.path}`) ?? notFound(request);
  const errors = state.options.validateRequests === false ? [] : findViolations(request);
  if (errors.length > 0) {
    state.violations.push({ request, errors });
    return {
      kind: 'status',
      status: 400,
      headers: {},
      body: errorBody(errors.join('; '), 'invalid_request_error', null),
    };
  }
  const reply = state.queue.shift() ?? state.otherwise;
  return typeof reply === 'function' ? ((await reply(request)) ?? prompted()) : reply;
}

function findViolations(request: RecordedRequest): readonly string[] {
  const contentType = request.headers['content-type'] ?? 'none';
  if (!contentType.startsWith('application/json')) return [`content type is ${contentType}, not application/json`];
  try {
    return findRequestErrors(JSON.parse(request.rawBody));
  } catch {
    return ['the body is not JSON'];
  }
}

function listModels(state: State): Reply {
  const { models = ['gpt-4o-mini', 'gpt-4o'] } = state.options;
  const data = models.map((id) => ({ id, object: 'model', created: 1_721_172_741, owned_by: 'system' }));
  return { kind: 'status', status: 200, headers: {}, body: { object: 'list', data } };
}

function notFound(request: RecordedRequest): Reply {
  const message = `Invalid URL (${request.method} ${request.path})`;
  return { kind: 'status', status: 404, headers: {}, body: errorBody(message, 'invalid_request_error', null) };
}

function isChat(request: RecordedRequest): boolean {
  return request.method === 'POST' && request.path === chatPath;
}
