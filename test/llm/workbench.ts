/** The real gateway over the real pool, audit and store, in a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Audit, createAudit } from '../../src/main/audit/audit.ts';
import type { CallOptions } from '../../src/main/llm/call-options.ts';
import type { CallFailure, Reply } from '../../src/main/llm/call-result.ts';
import { type Connection, type ConnectionSettings, createConnection } from '../../src/main/llm/connection.ts';
import { createGateway, type Gateway } from '../../src/main/llm/gateway.ts';
import type { ModelCall } from '../../src/main/llm/model-call.ts';
import { openStore, type Store, storeFile } from '../../src/main/store/store.ts';
import type { CallDetail } from '../../src/shared/call-data.ts';
import { exportedProblem } from '../../src/shared/problem-words.ts';
import { ok, type Result } from '../../src/shared/result.ts';

export const workerUrl = new URL('../../src/main/store/store-worker.ts', import.meta.url);
export const testKey = 'sk-test-3f9d2c71a8b64e05';
/** Long enough never to expire in a test that is not about time-outs. */
const PATIENT_MS = 60_000;

export function connectionSettings(baseUrl: string, over: Partial<ConnectionSettings> = {}): ConnectionSettings {
  const { host } = new URL(baseUrl);
  return {
    provider: { kind: 'other', name: 'Test server', host, llm: true, local: true, model: 'gpt-4o-mini' },
    endpoint: async () => ok({ baseUrl, apiKey: testKey }),
    poolConnections: 8,
    firstTokenTimeoutMs: PATIENT_MS,
    idleTimeoutMs: PATIENT_MS,
    contextTokens: () => 128_000,
    effort: { chat: 'model', batch: 'least' },
    userAgent: 'Docket/0.1.0',
    ...over,
  };
}

export function chatCall(content: string, over: Partial<ModelCall> = {}): ModelCall {
  return {
    kind: 'chat',
    task: 'chat',
    model: 'gpt-4o-mini',
    turns: [{ role: 'user', content }],
    temperature: 0,
    stream: false,
    links: {},
    ...over,
  };
}

export interface Workbench {
  readonly store: Store;
  readonly audit: Audit;
  readonly gateway: Gateway;
  readonly connection: Connection;
  readonly dataDir: string;
  /** Calls use a fresh connection from now on, and `records` leaves out earlier calls. */
  connect(baseUrl: string, over?: Partial<ConnectionSettings>): Promise<void>;
  complete(call: ModelCall, options?: Partial<CallOptions>): Promise<Result<Reply, CallFailure>>;
  /** The recorded calls, oldest first, once every outcome is written. */
  records(): Promise<readonly CallDetail[]>;
  /** A second, read-only connection, which sees only committed data. */
  openReader(): Database.Database;
  close(): Promise<void>;
}

export async function openWorkbench(): Promise<Workbench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docket-llm-'));
  const store = await openStore(dataDir, workerUrl);
  const audit = await createAudit({
    write: store.write,
    departuresSince: store.read.departuresSince,
    onChange: () => {},
    onTrouble: (error) => {
      throw error;
    },
    now: Date.now,
  });
  const gateway = createGateway(audit);
  const readers: Database.Database[] = [];
  let connection = createConnection(connectionSettings('http://127.0.0.1:9/v1'));
  let lastIdBefore = 0;
  const newestId = async () => (await store.read.pageOfCalls({ limit: 1 })).rows[0]?.id ?? 0;
  return {
    store,
    audit,
    gateway,
    get connection() {
      return connection;
    },
    dataDir,
    connect: async (baseUrl, over) => {
      await connection.close(0);
      connection = createConnection(connectionSettings(baseUrl, over));
      lastIdBefore = await newestId();
    },
    complete: (call, options = {}) =>
      gateway.complete(call, { connection, signal: new AbortController().signal, ...options }),
    records: async () => {
      await audit.drain();
      const { rows } = await store.read.pageOfCalls({ limit: 500 });
      const own = rows.filter((row) => row.id > lastIdBefore).reverse();
      const details = await Promise.all(own.map((row) => store.read.callDetail(row.id)));
      return details.filter((detail) => detail !== null);
    },
    openReader: () => {
      const reader = new Database(storeFile(dataDir), { readonly: true });
      readers.push(reader);
      return reader;
    },
    close: async () => {
      for (const reader of readers) reader.close();
      await connection.close(0);
      await audit.drain();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The reply of a call that must succeed. */
export function replyOf(result: Result<Reply, CallFailure>): Reply {
  if (!result.ok) throw new Error(`The call failed: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** A failure whose problem has its words. */
type ToldFailure = Omit<CallFailure, 'problem'> & { readonly problem: ReturnType<typeof exportedProblem> };

/** The failure of a call that must fail. */
export function failureOf(result: Result<Reply, CallFailure>): ToldFailure {
  if (result.ok) throw new Error(`The call succeeded: ${JSON.stringify(result.value).slice(0, 500)}`);
  return { ...result.error, problem: exportedProblem(result.error.problem) };
}
