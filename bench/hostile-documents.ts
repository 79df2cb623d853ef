/** How long a good file waits behind documents crafted to take forever. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExtractor } from '../src/main/documents/extractor.ts';
import { slowPdf } from '../test/documents/hostile-files.ts';
import { pdf } from '../test/support/corpus.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

const HOSTILE = 10;
const ALONE = 'the same file alone';
/** As it is built: from its sources a thread takes five times as long to start. */
const workerUrl = new URL('../out/main/extract-worker.js', import.meta.url);

export function measureHostileDocuments(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const good = join(folder, 'good.pdf');
  writeFileSync(good, await pdf('quarterly-report.txt'));
  const hostile = Array.from({ length: HOSTILE }, (_, number) => join(folder, `hostile ${number}.pdf`));
  for (const file of hostile) writeFileSync(file, slowPdf());
  const waits = createSeries();
  for (let round = 0; round < plan.hostileDocuments.rounds; round += 1) {
    waits.add(ALONE, await waitFor(good, []));
    const waitedMs = await waitFor(good, hostile);
    waits.add(DOCKET, waitedMs);
    plan.say(`a good file behind ${HOSTILE} hostile ones: ${waitedMs.toFixed(0)} ms`);
  }
  return {
    title: 'Hostile documents',
    method: [
      `From the moment that a PDF of five pages is asked for until it is read, ${HOSTILE} PDFs that would take minutes being asked for before it, with the threads that this machine gets by default.`,
    ],
    metrics: [
      {
        name: 'extract.hostileWaitMs.max',
        unit: 'ms',
        better: 'lower',
        series: waits.values,
        aim: atMost(5_000, 'ms'),
        digits: 0,
      },
    ],
  };
}

/** @returns milliseconds until the good file is read. */
async function waitFor(good: string, before: readonly string[]): Promise<number> {
  const extractor = createExtractor({ workerUrl });
  const others = before.map((file) => extractor.extract(file));
  const askedAt = performance.now();
  const read = await extractor.extract(good);
  const waitedMs = performance.now() - askedAt;
  await extractor.close();
  await Promise.all(others);
  if (!read.ok) throw new Error(`The good file was not read: ${read.error.code}.`);
  return waitedMs;
}
