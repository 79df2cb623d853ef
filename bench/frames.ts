/** Whether the table of a large batch is smooth: frame times while it runs and while it scrolls. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { openStore } from '../src/main/store/store.ts';
import { type StoredRow, storedRows, writeFinishedBatch } from '../test/support/stored-batch.ts';
import {
  batchProgress,
  CONCURRENCY,
  IDLE,
  inElectron,
  LATENCY_MS,
  onBatchSurface,
  SETTLE_MS,
  startBatch,
  startModelServer,
  WINDOW,
  writeFiles,
} from './batch-app.ts';
import { storeWorker } from './docket-parts.ts';
import { createFrameSeries, frameWords } from './frame-series.ts';
import { type Frames, framesDuring, nextFrame, scrollThrough, turnWheel } from './frame-times.ts';
import { DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

/** What the page of the plain table offers. */
interface TablePage {
  fill(rows: readonly (readonly string[])[]): void;
}

type Scene = 'running' | 'wheel' | 'scroll';
type Add = (scene: Scene, contender: string, frames: Frames) => void;

/** How often to scroll on to follow the running files. */
const FOLLOW_EVERY_MS = 500;
/** Rows of the running batch that are done before measuring starts. */
const WARM_UP_FILES = 60;
const FINISHED = 'Finished';
const GRID = '[role="grid"]';
const TABLE = 'plain table';

const tableFolder = fileURLToPath(new URL('./plain-table', import.meta.url));

export function measureFrames(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, rows } = plan.frames;
  const files = join(folder, 'Running');
  await writeFiles(files, rows);
  const stored = storedRows(rows);
  const server = await startModelServer();
  const measures = { running: createFrameSeries(), wheel: createFrameSeries(), scroll: createFrameSeries() };
  const add: Add = (scene, contender, frames) => {
    measures[scene].add(contender, frames);
    plan.say(`frames, ${scene}, ${contender}: ${frameWords(frames)}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = join(folder, `data ${round}`);
    const store = await openStore(dataDir, storeWorker);
    await writeFinishedBatch(store, FINISHED, stored);
    await store.close();
    await onBatchSurface(server.url, dataDir, (app, page) => watchDocket(app, page, plan, files, add));
    await inElectron([`--user-data-dir=${join(folder, 'table')}`, tableFolder], {}, (_app, page) =>
      watchTable(page, plan, stored, add),
    );
  }
  await server.close();
  return {
    title: 'Window',
    method: methodOf(plan),
    metrics: [
      ...measures.running.metrics('running'),
      ...measures.wheel.metrics('wheel'),
      ...measures.scroll.metrics('scroll'),
    ],
  };
}

function methodOf({ frames: { rows, watchMs, scrollSteps } }: Plan): readonly string[] {
  const count = rows.toLocaleString('en-US');
  return [
    `Times between the callbacks of requestAnimationFrame in the built app's page in real Electron (${WINDOW.width} × ${WINDOW.height}, on a virtual screen without a graphics card, so everything is drawn by the processor). late: share of frames that took longer than two refreshes of a 60 Hz screen.`,
    `running: ${watchMs / 1_000} s of a batch of ${count} files (three calls each, ${CONCURRENCY} in flight, a server that answers after ${LATENCY_MS} ms, on the same two cores), its table following the files that run, so that rows in sight change all the time. The peer is the same window on a finished batch with nothing running: what the machine can do.`,
    `wheel: ${watchMs / 1_000} s of wheel events in a finished batch of ${count} rows. scroll: from its first row to its last in ${scrollSteps} steps, one a frame, so that no frame shows a row that the one before it showed. The peer is an HTML table with the same ${count} rows in the document, scrolled in the same way.`,
  ];
}

async function watchDocket(app: ElectronApplication, page: Page, plan: Plan, files: string, add: Add): Promise<void> {
  const { rows, watchMs, scrollSteps } = plan.frames;
  await page.getByRole('grid', { name: `Files of ${FINISHED}` }).waitFor();
  await delay(SETTLE_MS);
  add('running', IDLE, await framesDuring(page, () => delay(watchMs)));
  add('wheel', DOCKET, await framesDuring(page, () => turnWheel(page, GRID, watchMs)));
  add('scroll', DOCKET, await framesDuring(page, () => scrollThrough(page, GRID, scrollSteps)));

  const batchId = await startBatch(app, page, files);
  await page.getByRole('option', { name: 'Running' }).click();
  const grid = page.getByRole('grid', { name: 'Files of Running' });
  await grid.waitFor();
  await follow(page, batchId, (settled) => settled >= WARM_UP_FILES);
  const end = performance.now() + watchMs;
  add('running', DOCKET, await framesDuring(page, () => follow(page, batchId, () => performance.now() > end)));
  if ((await settledFiles(page, batchId)) >= rows) throw new Error('The batch ended while it was watched.');
}

async function watchTable(page: Page, plan: Plan, rows: readonly StoredRow[], add: Add): Promise<void> {
  const { watchMs, scrollSteps } = plan.frames;
  await page.evaluate(
    (lines) => (globalThis as unknown as TablePage).fill(lines),
    rows.map((row) => [
      row.name,
      'Done',
      row.summary,
      row.sentiment,
      row.topics.join(', '),
      String(row.totalTokens),
      String(row.latencyMs),
      '',
    ]),
  );
  // Laying out this many rows takes seconds.
  await nextFrame(page);
  await delay(SETTLE_MS);
  add('wheel', TABLE, await framesDuring(page, () => turnWheel(page, '#list', watchMs)));
  add('scroll', TABLE, await framesDuring(page, () => scrollThrough(page, '#list', scrollSteps)));
}

/** Keeps the running files in view until the number of finished ones meets a condition. */
async function follow(page: Page, batchId: string, until: (settled: number) => boolean): Promise<void> {
  for (;;) {
    const settled = await settledFiles(page, batchId);
    if (until(settled)) return;
    await page.locator(GRID).evaluate((grid, row) => {
      const height = grid.scrollHeight / Number(grid.ariaRowCount ?? grid.getAttribute('aria-rowcount'));
      grid.scrollTop = Math.max(0, (row - 5) * height);
    }, settled);
    await delay(FOLLOW_EVERY_MS);
  }
}

async function settledFiles(page: Page, batchId: string): Promise<number> {
  const { done, failed } = (await batchProgress(page, batchId)).batch.counts;
  return done + failed;
}
