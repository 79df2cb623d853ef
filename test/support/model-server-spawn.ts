/** Starts the model server in a process of its own, so that it shares no event loop with what is measured. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ModelServer, ModelServerOptions } from './model-server.ts';
import type { Reply } from './model-server-replies.ts';

export interface ProcessOptions extends Omit<ModelServerOptions, 'onChatRequest'> {
  /** What chat requests are answered with; handlers cannot cross over. */
  readonly script?: { readonly queue?: readonly Reply[]; readonly otherwise?: Reply };
}

export interface SpawnOptions extends ProcessOptions {
  /** Gets a line with the SHA-256 of each chat request's body before that request is answered. */
  readonly logFile?: string;
}

export interface ModelServerStats
  extends Pick<ModelServer, 'chatRequestCount' | 'sockets' | 'inFlight' | 'maxInFlight' | 'hanging'> {
  readonly violations: readonly string[];
}

export interface ModelServerProcess {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly pid: number;
  stats(): Promise<ModelServerStats>;
  /** Resolves with the counts when this many chat requests have arrived. */
  waitForRequests(count: number): Promise<ModelServerStats>;
  /** Lets everything that hangs or stalls now go on to its end. */
  release(): void;
  /** Ends the process. */
  close(): Promise<void>;
}

/** Starts the process and waits until it listens. It ends with its parent, however that ends. */
export async function spawnModelServer(options: SpawnOptions = {}): Promise<ModelServerProcess> {
  const { logFile, ...processOptions } = options;
  const script = fileURLToPath(new URL('./model-server-process.ts', import.meta.url));
  const log = logFile === undefined ? [] : ['--log', logFile];
  const child = fork(script, [JSON.stringify(processOptions), ...log], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await readUrl(child);
  const waitForRequests = (count: number) => askChild(child, count);
  return {
    url,
    pid: child.pid ?? 0,
    stats: () => waitForRequests(0),
    waitForRequests,
    release: () => void child.send('release'),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** What the process is asked: its counts, once this many chat requests have arrived. */
export interface StatsQuestion {
  readonly id: number;
  readonly requests: number;
}

export interface StatsAnswer {
  readonly id: number;
  readonly stats: ModelServerStats;
}

let lastQuestion = 0;

function askChild(child: ChildProcess, requests: number): Promise<ModelServerStats> {
  lastQuestion += 1;
  const question: StatsQuestion = { id: lastQuestion, requests };
  return new Promise((resolve, reject) => {
    const settle = () => {
      child.off('message', hear);
      child.off('exit', fail);
    };
    const hear = (answer: StatsAnswer) => {
      if (answer.id !== question.id) return;
      settle();
      resolve(answer.stats);
    };
    const fail = () => {
      settle();
      reject(new Error('the model server ended before it answered'));
    };
    child.on('message', hear);
    child.on('exit', fail);
    child.send(question, (cause) => {
      if (cause) fail();
    });
  });
}

/** Reads the first line that the process prints; rejects when it ends without one. */
async function readUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the model server has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const { url }: { url: string } = JSON.parse(line);
    return url;
  }
  throw new Error('the model server ended before it listened');
}
