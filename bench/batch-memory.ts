/** Whether the memory of the app depends on how many files a batch has. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeManyFiles } from '../test/support/corpus.ts';
import { batchProgress, CONCURRENCY, onBatchSurface, SETTLE_MS, startBatch, startModelServer } from './batch-app.ts';
import { atMostTimes, createSeries, DOCKET, type Metric, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { pageProcesses, processTree, residentMegabytes } from './process-tree.ts';
import { inTempFolder } from './temp-folder.ts';

const POLL_MS = 1_000;
const FILE_BYTES = 400;

export function measureBatchMemory(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, small, large, watched } = plan.batchMemory;
  const server = await startModelServer();
  const sizes = createSeries();
  for (const files of [small, large]) await writeManyFiles(nameOf(folder, files), files, { bytes: FILE_BYTES });
  for (let round = 0; round < rounds; round += 1) {
    for (const files of [small, large]) {
      const megabytes = await peakOf(server.url, folder, files, Math.min(files, watched), round);
      sizes.add(sizeName(files), megabytes);
      plan.say(`memory, batch of ${files}: ${megabytes.toFixed(0)} MB`);
    }
  }
  await server.close();
  const smallName = sizeName(small);
  const of = (files: number) => sizes.values[sizeName(files)] ?? [];
  const metric = (files: number, rest: Pick<Metric, 'series' | 'aim'>): Metric => ({
    name: `batch.rssMb.n${files}`,
    unit: 'MB',
    better: 'lower',
    digits: 0,
    ...rest,
  });
  return {
    title: 'Memory of a batch',
    method: [
      `The built app with its window on the table of a batch of ${small.toLocaleString('en-US')} or ${large.toLocaleString('en-US')} files of ${FILE_BYTES} bytes, ${CONCURRENCY} calls in flight, until it is done or ${watched.toLocaleString('en-US')} files are.`,
      'rssMb: the most resident memory of the main process, with its threads, and of the page together, from the drop of the folder on, looked at every second. Memory that they share is counted in both, so that other programs change nothing.',
    ],
    metrics: [
      metric(small, { series: { [DOCKET]: of(small) } }),
      metric(large, {
        series: { [DOCKET]: of(large), [smallName]: of(small) },
        aim: atMostTimes(1.2, smallName),
      }),
    ],
  };
}

function nameOf(folder: string, files: number): string {
  return join(folder, `${files} files`);
}

function sizeName(files: number): string {
  return `${files.toLocaleString('en-US')} files`;
}

async function peakOf(url: string, folder: string, files: number, until: number, round: number): Promise<number> {
  let most = 0;
  await onBatchSurface(url, join(folder, `data ${files} ${round}`), async (app, page) => {
    await delay(SETTLE_MS);
    const root = app.process().pid ?? 0;
    const batchId = await startBatch(app, page, nameOf(folder, files));
    for (;;) {
      most = Math.max(most, residentMegabytes([root, ...pageProcesses(processTree(root))]));
      const { counts } = (await batchProgress(page, batchId)).batch;
      if (counts.done + counts.failed >= until) return;
      await delay(POLL_MS);
    }
  });
  return most;
}
