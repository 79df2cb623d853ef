/** How long the main process blocks while it works through a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import type { BatchProgress } from '../src/shared/batch-data.ts';
import {
  answered,
  batchProgress,
  CONCURRENCY,
  FILE_BYTES,
  IDLE,
  LATENCY_MS,
  onBatchSurface,
  SETTLE_MS,
  startBatch,
  startModelServer,
  writeFiles,
} from './batch-app.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

/** Node's own default: a timer that should fire this often, and how late it does. */
const RESOLUTION_MS = 10;
const POLL_MS = 250;
const BATCH_DEADLINE_MS = 120_000;
const LONG_MEGABYTES = 15;
const LONG = `one file of ${LONG_MEGABYTES} MB`;
const PARAGRAPH =
  'On 13/4/2025 the “committee” met and agreed to publish its report. It was long,\nand nobody read it, or so they said.\n\n';

export function measureEventLoop(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, files, idleMs } = plan.eventLoop;
  await writeFiles(join(folder, 'files'), files);
  await writeLongFile(join(folder, 'long'));
  const server = await startModelServer();
  const p99 = createSeries();
  const max = createSeries();
  const filesPerSecond = createSeries();
  const add = (name: string, delays: Delays) => {
    p99.add(name, delays.p99Ms);
    max.add(name, delays.maxMs);
    plan.say(`event loop, ${name}: p99 ${delays.p99Ms.toFixed(2)} ms, longest ${delays.maxMs.toFixed(1)} ms`);
  };
  for (let round = 0; round < rounds; round += 1) {
    await onBatchSurface(server.url, join(folder, `data ${round}`), async (app, page) => {
      await delay(SETTLE_MS);
      add(IDLE, await delaysDuring(app, () => delay(idleMs)));
      let tookMs = 0;
      const busy = await delaysDuring(app, async () => {
        tookMs = await runBatch(app, page, join(folder, 'files'), files);
      });
      add(DOCKET, busy);
      add(LONG, await delaysDuring(app, () => runBatch(app, page, join(folder, 'long'), 1)));
      filesPerSecond.add(DOCKET, (files * 1_000) / tookMs);
    });
  }
  await server.close();
  return {
    title: 'Main process',
    method: [
      `The built app in real Electron with its window open on the batch table, during a batch of ${files.toLocaleString('en-US')} files of ${FILE_BYTES} bytes (three calls each, ${CONCURRENCY} in flight, every call audited) against a server that answers after ${LATENCY_MS} ms; the peer is the same app before the batch, idle for ${idleMs / 1_000} s.`,
      `perf_hooks.monitorEventLoopDelay in the main process at its default resolution of ${RESOLUTION_MS} ms; that resolution, which it counts in, is taken off.`,
      `The last column is the same for a batch of one text of ${LONG_MEGABYTES} MB, which is asked about in parts.`,
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

async function writeLongFile(folder: string): Promise<void> {
  await mkdir(folder);
  const text = PARAGRAPH.repeat(Math.ceil((LONG_MEGABYTES * 1e6) / Buffer.byteLength(PARAGRAPH)));
  await writeFile(join(folder, 'long.txt'), text);
}

interface Delays {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What the main process measures about itself during some work. */
async function delaysDuring(app: ElectronApplication, action: () => Promise<unknown>): Promise<Delays> {
  await answered(() =>
    app.evaluate((_electron, resolution) => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
      const histogram = monitorEventLoopDelay({ resolution });
      histogram.enable();
      Object.assign(globalThis, { docketBench: histogram });
    }, RESOLUTION_MS),
  );
  await action();
  const [p99, max] = await answered(() =>
    app.evaluate(() => {
      const { docketBench } = globalThis as unknown as { docketBench: import('node:perf_hooks').IntervalHistogram };
      docketBench.disable();
      return [docketBench.percentile(99) / 1e6, docketBench.max / 1e6] as const;
    }),
  );
  return { p99Ms: Math.max(0, p99 - RESOLUTION_MS), maxMs: Math.max(0, max - RESOLUTION_MS) };
}

/** Returns how long the run took. */
async function runBatch(app: ElectronApplication, page: Page, folder: string, files: number): Promise<number> {
  const batchId = await startBatch(app, page, folder);
  const { batch } = await until(page, batchId, (progress) => progress.batch.status === 'finished');
  if (batch.counts.done !== files) throw new Error(`${batch.counts.done} of ${files} files finished.`);
  return (batch.finishedAt ?? Number.NaN) - (batch.startedAt ?? Number.NaN);
}

async function until(page: Page, batchId: string, holds: (progress: BatchProgress) => boolean): Promise<BatchProgress> {
  const deadline = performance.now() + BATCH_DEADLINE_MS;
  for (;;) {
    const progress = await batchProgress(page, batchId);
    if (holds(progress)) return progress;
    if (performance.now() > deadline) throw new Error(`Not in time: ${JSON.stringify(progress)}`);
    await delay(POLL_MS);
  }
}
