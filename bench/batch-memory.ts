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
  const [asMany, later] = [createSeries(), createSeries()];
  for (const files of [small, large]) await writeManyFiles(nameOf(folder, files), files, { bytes: FILE_BYTES });
  for (let round = 0; round < rounds; round += 1) {
    for (const files of [small, large]) {
      const peaks = await peaksOf(server.url, folder, files, { first: small, last: Math.min(files, watched) }, round);
      asMany.add(sizeName(files), peaks.first);
      later.add(sizeName(files), peaks.last);
      plan.say(`memory, batch of ${files}: ${peaks.first.toFixed(0)} MB, ${peaks.last.toFixed(0)} MB later`);
    }
  }
  await server.close();
  const smallName = sizeName(small);
  const ofSmall = asMany.values[smallName] ?? [];
  const ofLarge = (series: typeof asMany) => ({
    [DOCKET]: series.values[sizeName(large)] ?? [],
    [smallName]: ofSmall,
  });
  const metric = (name: string, rest: Pick<Metric, 'series' | 'aim'>): Metric => ({
    name: `batch.rssMb.${name}`,
    unit: 'MB',
    better: 'lower',
    digits: 0,
    ...rest,
  });
  return {
    title: 'Memory of a batch',
    method: [
      `The built app with its window on the table of a batch of ${small.toLocaleString('en-US')} or ${large.toLocaleString('en-US')} files of ${FILE_BYTES} bytes, ${CONCURRENCY} calls in flight, until ${small.toLocaleString('en-US')} files are done; in the last line until ${watched.toLocaleString('en-US')} are.`,
      'rssMb: the most resident memory of the main process, with its threads, and of the page together, from the drop of the folder on, looked at every second. Memory that they share is counted in both, so that other programs change nothing.',
    ],
    metrics: [
      metric(`n${small}`, { series: { [DOCKET]: ofSmall } }),
      metric(`n${large}`, { series: ofLarge(asMany), aim: atMostTimes(1.2, smallName) }),
      metric(`n${large}.later`, { series: ofLarge(later) }),
    ],
  };
}

function nameOf(folder: string, files: number): string {
  return join(folder, `${files} files`);
}

function sizeName(files: number): string {
  return `${files.toLocaleString('en-US')} files`;
}

interface Peaks {
  /** Until so many files were done. */
  readonly first: number;
  readonly last: number;
}

async function peaksOf(url: string, folder: string, files: number, until: Peaks, round: number): Promise<Peaks> {
  let [first, last] = [0, 0];
  await onBatchSurface(url, join(folder, `data ${files} ${round}`), async (app, page) => {
    await delay(SETTLE_MS);
    const root = app.process().pid ?? 0;
    const batchId = await startBatch(app, page, nameOf(folder, files));
    for (;;) {
      const { counts } = (await batchProgress(page, batchId)).batch;
      const settled = counts.done + counts.failed;
      last = Math.max(last, residentMegabytes([root, ...pageProcesses(processTree(root))]));
      if (settled < until.first || first === 0) first = last;
      if (settled >= until.last) return;
      await delay(POLL_MS);
    }
  });
  return { first, last };
}
