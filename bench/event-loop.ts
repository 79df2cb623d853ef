/** How long the main process keeps anybody waiting while it works through a folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { Bridge } from '../src/shared/contract.ts';
import type { BatchProgress } from '../src/shared/data.ts';
import { writeManyFiles } from '../test/support/corpus.ts';
import { spawnModelServer } from '../test/support/model-server-spawn.ts';
import { appFolder, cleanEnvironment, electronPath, switches } from './electron-program.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';

/** What preload puts into the page. */
interface DocketPage {
  readonly docket: Bridge;
}

const LATENCY_MS = 50;
const CONCURRENCY = 20;
/** Node's own default: a timer that should fire this often, and how late it does. */
const RESOLUTION_MS = 10;
const FILE_BYTES = 4_000;
const SETTLE_MS = 2_000;
const POLL_MS = 250;
const BATCH_DEADLINE_MS = 120_000;
const IDLE = 'idle app';

export async function measureEventLoop(plan: Plan): Promise<Section> {
  const { rounds, files, idleMs } = plan.eventLoop;
  const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
  await writeManyFiles(join(folder, 'files'), files, { bytes: FILE_BYTES });
  const server = await spawnModelServer({ latencyMs: LATENCY_MS, validateRequests: false });
  const p99 = createSeries();
  const max = createSeries();
  const filesPerSecond = createSeries();
  const add = (name: string, delays: Delays) => {
    p99.add(name, delays.p99Ms);
    max.add(name, delays.maxMs);
    plan.say(`event loop, ${name}: p99 ${delays.p99Ms.toFixed(2)} ms, longest ${delays.maxMs.toFixed(1)} ms`);
  };
  for (let round = 0; round < rounds; round += 1) {
    const app = await launch(server.url, join(folder, `data ${round}`));
    try {
      const page = await openBatchSurface(app);
      await delay(SETTLE_MS);
      add(IDLE, await delaysDuring(app, () => delay(idleMs)));
      let tookMs = 0;
      const busy = await delaysDuring(app, async () => {
        tookMs = await runBatch(app, page, join(folder, 'files'), files);
      });
      add(DOCKET, busy);
      filesPerSecond.add(DOCKET, (files * 1_000) / tookMs);
    } finally {
      await app.close();
    }
  }
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    title: 'Main process',
    method: [
      `The built app in real Electron with its window open on the batch table, during a batch of ${files.toLocaleString('en-US')} files of ${FILE_BYTES} bytes (three calls each, ${CONCURRENCY} in flight, every call audited) against a server that answers after ${LATENCY_MS} ms; the peer is the same app before the batch, idle for ${idleMs / 1_000} s.`,
      `perf_hooks.monitorEventLoopDelay in the main process at its default resolution of ${RESOLUTION_MS} ms; that resolution, which it counts in, is taken off.`,
    ],
    metrics: [
      {
        name: 'main.eventLoopDelayMs.p99',
        unit: 'ms',
        better: 'lower',
        series: p99.values,
        aim: atMost(10, 'ms'),
        digits: 2,
      },
      { name: 'main.eventLoopDelayMs.max', unit: 'ms', better: 'lower', series: max.values, digits: 1 },
      {
        name: 'main.batchFilesPerSecond',
        unit: '1/s',
        better: 'higher',
        series: filesPerSecond.values,
        digits: 1,
      },
    ],
  };
}

function launch(serverUrl: string, dataDir: string): Promise<ElectronApplication> {
  return electron.launch({
    executablePath: electronPath,
    args: [...switches, appFolder, '--data-dir', dataDir],
    env: cleanEnvironment({ OPENAI_BASE_URL: serverUrl, OPENAI_API_KEY: 'sk-bench' }),
  });
}

async function openBatchSurface(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Batch', exact: true }).first().click();
  return page;
}

interface Delays {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What the main process measures of itself while something goes on. */
async function delaysDuring(app: ElectronApplication, action: () => Promise<unknown>): Promise<Delays> {
  await app.evaluate((_electron, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution });
    histogram.enable();
    Object.assign(globalThis, { docketBench: histogram });
  }, RESOLUTION_MS);
  await action();
  const [p99, max] = await app.evaluate(() => {
    const { docketBench } = globalThis as unknown as { docketBench: import('node:perf_hooks').IntervalHistogram };
    docketBench.disable();
    return [docketBench.percentile(99) / 1e6, docketBench.max / 1e6] as const;
  });
  return { p99Ms: Math.max(0, p99 - RESOLUTION_MS), maxMs: Math.max(0, max - RESOLUTION_MS) };
}

/** As a person would, but that the system's picker answers by itself. Returns how long the run took. */
async function runBatch(app: ElectronApplication, page: Page, folder: string, files: number): Promise<number> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  const batchId = await page.evaluate(async (concurrency) => {
    const { docket } = globalThis as unknown as DocketPage;
    await docket.request('batch.setConcurrency', { concurrency });
    const picked = await docket.request('batch.pick', { what: 'folder' });
    if (!picked.ok || picked.value === null) throw new Error('No batch was made.');
    return picked.value.id;
  }, CONCURRENCY);
  // Nothing leaves this machine for a server on it, so the batch starts by itself.
  const { batch } = await until(page, batchId, (progress) => progress.batch.status === 'finished');
  if (batch.counts.done !== files) throw new Error(`${batch.counts.done} of ${files} files finished.`);
  return (batch.finishedAt ?? Number.NaN) - (batch.startedAt ?? Number.NaN);
}

async function until(page: Page, batchId: string, holds: (progress: BatchProgress) => boolean): Promise<BatchProgress> {
  const deadline = performance.now() + BATCH_DEADLINE_MS;
  for (;;) {
    const progress = await page.evaluate(
      (id) => (globalThis as unknown as DocketPage).docket.request('batch.get', { batchId: id }),
      batchId,
    );
    if (!progress.ok) throw new Error(progress.error.message);
    if (holds(progress.value)) return progress.value;
    if (performance.now() > deadline) throw new Error(`Not in time: ${JSON.stringify(progress.value)}`);
    await delay(POLL_MS);
  }
}
