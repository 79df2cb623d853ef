/** Whether the table of a large batch with many questions is smooth while it is sorted and scrolled and a batch runs. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { openStore } from '../src/main/store/store.ts';
import { valueWords } from '../src/shared/answer-words.ts';
import type { Question, Recipe } from '../src/shared/recipe.ts';
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
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { quantile } from './statistics.ts';
import {
  AG_GRID,
  docketParts,
  EMPTY,
  SORTS,
  type Watched,
  watchAgGrid,
  watchEmptyPage,
  watchTable,
} from './table-contenders.ts';
import { inTempFolder } from './temp-folder.ts';

const QUESTIONS = 12;
const FINISHED = 'Finished';
/** Two refreshes of a 60 Hz screen. */
const AIM_MS = 34;
/** More than are done while the tables are watched. */
const RUNNING_FILES = 20_000;

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
  await writeFiles(files, RUNNING_FILES);
  const answered = answeredFiles(rows);
  const dataDir = join(folder, 'data');
  const store = await openStore(dataDir, storeWorker);
  await writeAnsweredBatch(store, FINISHED, recipe, answered);
  await store.close();
  const server = await startModelServer();
  const [p95, late, landed] = [createSeries(), createSeries(), createSeries()];
  const add = (contender: string, { frames, landedMs }: Watched) => {
    p95.add(contender, frames.p95Ms);
    late.add(contender, 100 * frames.lateShare);
    if (landedMs.length > 0) landed.add(contender, quantile(landedMs, 0.95));
    plan.say(`table frames, ${contender}: ${frameWords(frames)}`);
  };
  const lines = answered.map(({ name, answers }) => [
    name,
    ...answers.map(({ value }) => (value === null ? '' : valueWords(value))),
  ]);
  for (let round = 0; round < rounds; round += 1) {
    await onBatchSurface(server.url, dataDir, async (app, page) => {
      const batchId = await startBatch(app, page, files);
      add(DOCKET, await watchDocket(page, plan));
      // While the same batch runs on.
      add(AG_GRID, await watchAgGrid(join(folder, 'peer'), plan, ['File', ...recipe.questions.map(titleOf)], lines));
      add(EMPTY, await watchEmptyPage(join(folder, 'peer'), plan));
      await endBatch(page, batchId);
    });
  }
  await server.close();
  const name = (what: string) => `table.${what}.${rows}x${QUESTIONS}`;
  return {
    title: 'Table',
    method: [
      `The built app's page in real Electron (${WINDOW.width} × ${WINDOW.height}, drawn by the processor) with a batch of ${rows.toLocaleString('en-US')} files × ${QUESTIONS} answers: ${SORTS} columns are sorted one after the other, the wheel is turned for ${watchMs / 1_000} s and the table scrolled from end to end, while another batch runs (${CONCURRENCY} calls in flight, a server that answers after ${LATENCY_MS} ms, on the same two cores).`,
      'The peers are another Electron on the same machine while that batch goes on, handled in the same way: a page with AG Grid Community and all rows in its memory, and an empty page, which tells what the machine can do meanwhile. late: share of frames that took longer than two refreshes of a 60 Hz screen.',
      'landMs.p95: from a jump to a far place until its rows are drawn. Docket reads them from its store then; AG Grid has them.',
    ],
    metrics: [
      {
        name: `${name('frames')}.p95Ms`,
        unit: 'ms',
        better: 'lower',
        series: p95.values,
        aim: atMost(AIM_MS, 'ms'),
        digits: 1,
      },
      { name: `${name('frames')}.late`, unit: '%', better: 'lower', series: late.values, digits: 1 },
      { name: `${name('landMs')}.p95`, unit: 'ms', better: 'lower', series: landed.values, digits: 0 },
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

function titleOf({ title }: Question): string {
  return title;
}

async function watchDocket(page: Page, plan: Plan): Promise<Watched> {
  await page.getByRole('option', { name: FINISHED }).click();
  const grid = page.getByRole('grid', { name: `Files of ${FINISHED}` });
  await grid.getByRole('row', { name: /Delivery 1\.txt/ }).waitFor();
  await delay(SETTLE_MS);
  return watchTable(page, docketParts, plan);
}

async function endBatch(page: Page, batchId: string): Promise<void> {
  const { done, failed } = (await batchProgress(page, batchId)).batch.counts;
  if (done + failed >= RUNNING_FILES) throw new Error('The batch ended while the tables were watched.');
  await page.evaluate(
    (id) =>
      (globalThis as unknown as { docket: { request(name: string, input: unknown): Promise<unknown> } }).docket.request(
        'batch.cancel',
        { batchId: id },
      ),
    batchId,
  );
}
