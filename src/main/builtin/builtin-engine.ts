import { randomBytes } from 'node:crypto';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { OwnProcess } from '../common/own-process.ts';
import { isFromChild, type ToChild } from './messages.ts';

/** The engine's process as its supervisor sees it. */
export type BuiltinChild = OwnProcess<ToChild>;

/** The engine's address and token. Both change at every start. */
export interface BuiltinEndpoint {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly token: string;
}

export interface BuiltinEngine {
  /** Starts the process on first use, and again if it has died. */
  endpoint(): Promise<Result<BuiltinEndpoint, Problem>>;
  /** Starts the process ahead of its first use. */
  prewarm(): void;
  /** Ends the process; resolves once it is gone. */
  close(): Promise<void>;
}

export interface BuiltinEngineOptions {
  readonly fork: () => BuiltinChild;
  readonly startTimeoutMs?: number;
  /** How long the process may take to exit before it is killed. */
  readonly stopTimeoutMs?: number;
}

interface Running {
  readonly child: BuiltinChild;
  readonly ready: Promise<Result<BuiltinEndpoint, Problem>>;
  readonly gone: Promise<void>;
}

const TOKEN_BYTES = 32;

/** Keeps at most one process of the built-in text engine. */
export function createBuiltinEngine({
  fork,
  startTimeoutMs = 60_000,
  stopTimeoutMs = 1_000,
}: BuiltinEngineOptions): BuiltinEngine {
  let running: Running | null = null;
  let closed = false;

  function launch(): Running {
    const child = fork();
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const gone = new Promise<void>((resolve) => child.onExit(resolve));
    const ready = startedWithin(child, gone, token, startTimeoutMs);
    const launched = { child, ready, gone };
    const forget = (): void => {
      if (running === launched) running = null;
    };
    void gone.then(forget);
    void ready.then((result) => {
      if (result.ok) return;
      forget();
      child.kill();
    });
    child.postMessage({ type: 'start', token });
    return launched;
  }

  async function endpoint(): Promise<Result<BuiltinEndpoint, Problem>> {
    if (closed) return err(problem('shutting_down', { what: 'docket' }));
    try {
      running ??= launch();
    } catch (error) {
      return err(notStarted(error instanceof Error ? error.message : String(error)));
    }
    return running.ready;
  }

  async function close(): Promise<void> {
    closed = true;
    const last = running;
    if (last === null) return;
    last.child.postMessage({ type: 'stop' });
    const timer = setTimeout(() => last.child.kill(), stopTimeoutMs);
    await last.gone;
    clearTimeout(timer);
  }

  return { endpoint, prewarm: () => void endpoint(), close };
}

/** Resolves when the process is listening, fails, exits or takes too long. Never rejects. */
function startedWithin(
  child: BuiltinChild,
  gone: Promise<void>,
  token: string,
  timeoutMs: number,
): Promise<Result<BuiltinEndpoint, Problem>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(err(notStarted(`It did not respond within ${timeoutMs / 1_000} s.`)));
    }, timeoutMs);
    const settle = (result: Result<BuiltinEndpoint, Problem>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    child.onMessage((message) => {
      if (!isFromChild(message)) return;
      if (message.type === 'failed') settle(err(notStarted(message.message)));
      else settle(ok({ baseUrl: `http://127.0.0.1:${message.port}/v1`, token }));
    });
    void gone.then(() => settle(err(notStarted('Its process exited while starting.'))));
  });
}

function notStarted(detail: string): Problem {
  return problem('connection_failed', { host: '127.0.0.1', reason: 'builtin_not_started' }, { detail });
}
