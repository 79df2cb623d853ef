/** Whether the table of a large batch with many questions is smooth while it is sorted and scrolled and a batch runs. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { openStore } from '../src/main/store/store.ts';
import type { Recipe } from '../src/shared/recipe.ts';
import { makeAnswer } from '../test/support/answers.ts';
import { type StoredFile, storedRows, writeAnsweredBatch } from '../test/support/stored-batch.ts';
import {
  batchProgress,
  CONCURRENCY,
  LATENCY_MS,
  onBatchSurface,
  SETTLE_MS,
  startBatch,
  startModelServer,
  WINDOW,
  writeFiles,
} from './batch-app.ts';
import { storeWorker } from './docket-parts.ts';
import { frameWords } from './frame-series.ts';
import { framesDuring, scrollThrough, turnWheel } from './frame-times.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

const QUESTIONS = 12;
const FINISHED = 'Finished';
const GRID = '[role="grid"]';
/** Two refreshes of a 60 Hz screen. */
const AIM_MS = 34;
/** How many columns are pressed. */
const SORTS = 6;

const recipe: Recipe = {
  id: 'bench',
  name: 'Twelve questions',
  asked: 'separately',
  order: 'document_first',
  questions: Array.from({ length: QUESTIONS }, (_, place) => ({
    id: `q${place}`,
    title: `Question ${place + 1}`,
    ask: 'What does it say?',
    answer: { type: 'text' },
    proof: false,
    maxTokens: 50,
  })),
};

export function measureTableFrames(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, rows, watchMs } = plan.tableFrames;
  const files = join(folder, 'Running');
  await writeFiles(files, rows);
  const dataDir = join(folder, 'data');
  const store = await openStore(dataDir, storeWorker);
  await writeAnsweredBatch(store, FINISHED, recipe, answeredFiles(rows));
  await store.close();
  const server = await startModelServer();
  const p95 = createSeries();
  for (let round = 0; round < rounds; round += 1) {
    await onBatchSurface(server.url, dataDir, async (app, page) => {
      const frames = await watch(app, page, plan, files);
      p95.add(DOCKET, frames.p95Ms);
      plan.say(`table frames: ${frameWords(frames)}`);
    });
  }
  await server.close();
  return {
    title: 'Table',
    method: [
      `The built app's page in real Electron (${WINDOW.width} × ${WINDOW.height}, drawn by the processor) with a batch of ${rows.toLocaleString('en-US')} files × ${QUESTIONS} answers: ${SORTS} columns are sorted one after the other, the wheel is turned for ${watchMs / 1_000} s and the table scrolled from end to end, while another batch runs (${CONCURRENCY} calls in flight, a server that answers after ${LATENCY_MS} ms, on the same two cores).`,
    ],
    metrics: [
      {
        name: `table.frames.${rows}x${QUESTIONS}.p95Ms`,
        unit: 'ms',
        better: 'lower',
        series: p95.values,
        aim: atMost(AIM_MS, 'ms'),
        digits: 1,
      },
    ],
  };
}

function answeredFiles(count: number): readonly StoredFile[] {
  return storedRows(count).map(({ name, summary, sentiment, topics, totalTokens, latencyMs }, row) => ({
    name,
    totalTokens,
    latencyMs,
    answers: recipe.questions.map(({ id }, place) => {
      const said = [summary, sentiment, topics, `Case ${(row * (place + 7)) % 9_973}`][place % 4] ?? summary;
      return makeAnswer(id, said);
    }),
  }));
}

async function watch(app: ElectronApplication, page: Page, plan: Plan, files: string) {
  const { rows, watchMs, scrollSteps } = plan.tableFrames;
  const batchId = await startBatch(app, page, files);
  await page.getByRole('option', { name: FINISHED }).click();
  const grid = page.getByRole('grid', { name: `Files of ${FINISHED}` });
  await grid.getByRole('row', { name: /Delivery 1\.txt/ }).waitFor();
  await delay(SETTLE_MS);
  const frames = await framesDuring(page, async () => {
    for (let place = 0; place < SORTS; place += 1) {
      await grid.getByRole('columnheader').nth(place).click();
      await turnWheel(page, GRID, watchMs / SORTS);
    }
    await scrollThrough(page, GRID, scrollSteps);
  });
  const { done, failed } = (await batchProgress(page, batchId)).batch.counts;
  if (done + failed >= rows) throw new Error('The batch ended while the table was watched.');
  await page.evaluate(
    (id) =>
      (globalThis as unknown as { docket: { request(name: string, input: unknown): Promise<unknown> } }).docket.request(
        'batch.cancel',
        { batchId: id },
      ),
    batchId,
  );
  return frames;
}
