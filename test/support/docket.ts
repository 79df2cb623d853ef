/** A real Docket without a window: SQLite, threads and the built-in engine's process, started from their sources. */

import { fileURLToPath } from 'node:url';
import type { CreateOptions } from '../../src/main/batch/batches.ts';
import type { WatchTimes } from '../../src/main/batch/watch/watched.ts';
import type { Emit } from '../../src/main/common/emit.ts';
import { forkWithNode } from '../../src/main/common/fork-node.ts';
import { composeDocket, type Docket } from '../../src/main/compose.ts';
import type { HostTimes } from '../../src/main/llm/host-health.ts';
import { noCipher } from '../../src/main/settings/key-store.ts';
import { openStore } from '../../src/main/store/store.ts';
import type { Batch, ItemRow } from '../../src/shared/batch-data.ts';
import type { EventName, Events } from '../../src/shared/contract.ts';
import type { Problem } from '../../src/shared/problem.ts';
import { exportedProblem } from '../../src/shared/problem-words.ts';
import type { Result } from '../../src/shared/result.ts';
import type { Settings } from '../../src/shared/settings-data.ts';
import { pageOfItems } from './items.ts';

export const xlsxWorker = new URL('../../src/main/batch/export/xlsx-worker.ts', import.meta.url);
const source = (path: string) => new URL(`../../src/main/${path}`, import.meta.url);

export type RecordedEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly payload: Events[Name]; readonly at: number };
}[EventName];

export interface TestDocket extends Docket {
  readonly dataDir: string;
  /** Every event a window would have received, oldest first, with `performance` times. */
  readonly events: readonly RecordedEvent[];
  /** What went into the log. */
  readonly logged: readonly string[];
  payloads<Name extends EventName>(name: Name): readonly Events[Name][];
  /** The first accepted event, past or future. */
  waitFor<Name extends EventName>(name: Name, accept: (payload: Events[Name]) => boolean): Promise<Events[Name]>;
}

export interface DocketOptions {
  readonly dataDir: string;
  /** Address of a model server; by default, the saved settings decide, and initially the built-in engine. */
  readonly baseUrl?: string | undefined;
  readonly settings?: Partial<Settings>;
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a batch waits for its server; by default, the setting. */
  readonly hostWaitMs?: (hasAnswered: boolean) => number | null;
  /** Pauses while the server is away; by default, a tenth of the usual ones or less. */
  readonly hostTimes?: Partial<HostTimes>;
  readonly watchTimes?: Partial<WatchTimes>;
  /** Types of file systems that are taken for network shares; by default, those that are. */
  readonly networkTypes?: ReadonlySet<number>;
  /** Replaces the thread that watches folders. */
  readonly watchWorker?: URL;
  /** Replaces the store's own thread, to inject a fault. */
  readonly storeWorker?: URL;
}

/** Tests do not wait for time. */
const quick: HostTimes = {
  firstPauseMs: 20,
  longestPauseMs: 100,
  probeLeaseMs: 60_000,
  idleMs: 20,
  refusesForMs: 0,
};

export async function openDocket({
  dataDir,
  baseUrl,
  settings,
  environment = {},
  hostTimes = {},
  watchTimes = {},
  hostWaitMs = () => null,
  networkTypes,
  watchWorker = source('batch/watch/watch-worker.ts'),
  storeWorker = source('store/store-worker.ts'),
}: DocketOptions): Promise<TestDocket> {
  const record = createRecord();
  const logged: string[] = [];
  const docket = await composeDocket({
    dataDir,
    store: await openStore(dataDir, storeWorker),
    version: '0.0.0-test',
    environment,
    environmentWins: false,
    cipher: noCipher,
    workers: {
      extract: source('documents/extract-worker.ts'),
      text: source('recipes/text-worker.ts'),
      xlsx: xlsxWorker,
      watch: watchWorker,
    },
    forkBuiltin: () => forkWithNode(fileURLToPath(source('builtin/process.ts'))),
    forkRecognition: () => forkWithNode(fileURLToPath(source('recognition/process.ts'))),
    forkPages: () => forkWithNode(fileURLToPath(source('pages/process.ts'))),
    hostTimes: { ...quick, ...hostTimes },
    hostWaitMs,
    watchTimes: { tickMs: 50, settleMs: 100, ...watchTimes },
    ...(networkTypes === undefined ? {} : { networkTypes }),
    emit: record.emit,
    log: (message, error) => logged.push(`${message} ${error instanceof Error ? error.stack : ''}`),
  });
  const server = baseUrl === undefined ? {} : serverSettings(baseUrl);
  if (baseUrl !== undefined || settings !== undefined) {
    await docket.settings.save({ ...docket.settings.current(), ...server, ...settings });
  }
  return { ...docket, dataDir, logged, events: record.events, payloads: record.payloads, waitFor: record.waitFor };
}

/** Settings for a server that speaks OpenAI's API at an address. */
function serverSettings(baseUrl: string): Pick<Settings, 'provider' | 'baseUrl' | 'model'> {
  return { provider: 'other', baseUrl, model: 'gpt-4o-mini' };
}

function createRecord() {
  const events: RecordedEvent[] = [];
  const waiting = new Set<(event: RecordedEvent) => void>();
  const emit: Emit = (name, payload) => {
    // The pair of a name and its payload: TypeScript does not see that they still belong together.
    const event = { name, payload, at: performance.now() } as RecordedEvent;
    events.push(event);
    for (const look of waiting) look(event);
  };
  const isNamed =
    <Name extends EventName>(name: Name) =>
    (event: RecordedEvent): event is Extract<RecordedEvent, { name: Name }> =>
      event.name === name;
  const payloads = <Name extends EventName>(name: Name) =>
    events.filter(isNamed(name)).map((event) => event.payload as Events[Name]);
  const waitFor = <Name extends EventName>(name: Name, accept: (payload: Events[Name]) => boolean) =>
    new Promise<Events[Name]>((resolve) => {
      const look = (event: RecordedEvent) => {
        if (!isNamed(name)(event)) return;
        const payload = event.payload as Events[Name];
        if (!accept(payload)) return;
        waiting.delete(look);
        resolve(payload);
      };
      waiting.add(look);
      for (const event of events) look(event);
    });
  return { events, emit, payloads, waitFor };
}

/** The value of something that must succeed. */
export function must<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw new Error(`It failed: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The problem of something that must fail, with its words. */
export function problemOf(result: Result<unknown, Problem>): ReturnType<typeof exportedProblem> {
  if (result.ok) throw new Error(`It succeeded: ${JSON.stringify(result.value).slice(0, 500)}`);
  return exportedProblem(result.error);
}

/** The batch as it is now. */
export async function batchNow(docket: Docket, batchId: string): Promise<Batch> {
  return must(await docket.batches.progress(batchId)).batch;
}

/** Creates a batch, starts it whatever its provider, and resolves once it has ended. */
export async function runBatch(docket: Docket, paths: readonly string[], options: CreateOptions = {}): Promise<Batch> {
  const { id } = must(await docket.batches.create(paths, { ...options, start: true }));
  await docket.batches.settled(id);
  return batchNow(docket, id);
}

export async function startAgain(docket: Docket, batchId: string): Promise<Batch> {
  must(await docket.batches.start(batchId));
  await docket.batches.settled(batchId);
  return batchNow(docket, batchId);
}

export async function rowsOf(docket: Docket, batchId: string): Promise<readonly ItemRow[]> {
  return pageOfItems(docket.store.read, { batchId, offset: 0, limit: 500 });
}
