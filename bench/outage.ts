/** What an unreachable server, and files that it refuses, cost a batch. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import OpenAI from 'openai';
import pLimit from 'p-limit';
import { usualTimes } from '../src/main/llm/host-health.ts';
import type { Batch } from '../src/shared/batch-data.ts';
import { writeManyFiles } from '../test/support/corpus.ts';
import { batchNow, must, openDocket, type TestDocket } from '../test/support/docket.ts';
import { type ModelServer, startModelServer } from '../test/support/model-server.ts';
import { status } from '../test/support/model-server-replies.ts';
import { API_KEY, MAX_TOKENS, MODEL, TEMPERATURE } from './contender.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { makePrompts } from './prompts.ts';
import { inTempFolder } from './temp-folder.ts';

const CONCURRENCY = 20;
const LATENCY_MS = 50;
const FILE_BYTES = 2_000;
const SDK = 'OpenAI SDK + p-limit, its retries';

export function measureOutage(plan: Plan): Promise<Section> {
  return inTempFolder(async (folder) => {
    const recovery = createSeries();
    const failed = createSeries();
    const repeated = createSeries();
    const done = createSeries();
    for (let round = 0; round < plan.outage.rounds; round += 1) {
      const docket = await outageOfDocket(plan, join(folder, `outage ${round}`));
      recovery.add(DOCKET, docket.recoveryS);
      failed.add(DOCKET, docket.failed);
      repeated.add(DOCKET, docket.repeated);
      failed.add(SDK, await outageOfSdk(plan));
      plan.say(`outage, round ${round + 1}: back at full rate after ${docket.recoveryS.toFixed(2)} s`);
    }
    for (let round = 0; round < plan.poison.rounds; round += 1) {
      const batch = await poisoned(plan, join(folder, `poison ${round}`));
      done.add(DOCKET, batch.counts.done);
      plan.say(`poison, round ${round + 1}: ${batch.counts.done} done, ${batch.counts.failed} failed`);
    }
    return toSection(plan, { recovery, failed, repeated, done });
  });
}

type Series = ReturnType<typeof createSeries>;

function toSection(
  { outage, poison }: Plan,
  series: Readonly<Record<'recovery' | 'failed' | 'repeated' | 'done', Series>>,
): Section {
  const lower = { better: 'lower' as const, digits: 0 };
  return {
    title: 'Outages',
    method: [
      `${outage.files} files, three calls each, ${CONCURRENCY} in flight, a server that answers after ${LATENCY_MS} ms. After a fifth of the files it cuts every connection and stops listening for ${outage.awayMs / 1_000} s.`,
      `outageRecoveryS: from its return until ${CONCURRENCY} calls are in flight again. outageFailedFiles: files that failed (of the peer, calls that threw, out of as many as Docket makes). outageRepeatedCalls: tasks of files that were answered more than once.`,
      `poisonedFiles: of ${poison.files} files the first, the middle and the last meet a 403 (a firewall); files that are done when the one run has ended.`,
    ],
    metrics: [
      {
        name: 'batch.outageRecoveryS',
        unit: 's',
        ...lower,
        digits: 2,
        series: series.recovery.values,
        aim: atMost(outage.awayMs / 4_000, 's'),
      },
      {
        name: 'batch.outageFailedFiles',
        unit: 'files',
        ...lower,
        series: series.failed.values,
        aim: atMost(0, 'files'),
      },
      {
        name: 'batch.outageRepeatedCalls',
        unit: 'calls',
        ...lower,
        series: series.repeated.values,
        aim: atMost(0, 'calls'),
      },
      {
        name: 'batch.poisonedFiles',
        unit: 'files',
        better: 'higher',
        digits: 0,
        series: series.done.values,
        aim: { text: `${poison.files - 3} files`, met: (values) => values[DOCKET] === poison.files - 3 },
      },
    ],
  };
}

async function withDocket<T>(
  folder: string,
  files: number,
  use: (docket: TestDocket, model: ModelServer, notes: string) => Promise<T>,
) {
  const notes = join(folder, 'notes');
  await writeManyFiles(notes, files, { bytes: FILE_BYTES });
  const model = await startModelServer({ latencyMs: LATENCY_MS, validateRequests: false });
  const docket = await openDocket({
    dataDir: join(folder, 'data'),
    baseUrl: model.url,
    settings: { concurrency: CONCURRENCY },
    hostTimes: usualTimes,
  });
  try {
    return await use(docket, model, notes);
  } finally {
    await docket.close();
    await model.close();
  }
}

function outageOfDocket({ outage }: Plan, folder: string) {
  return withDocket(folder, outage.files, async (docket, model, notes) => {
    const { id } = must(await docket.batches.create([notes]));
    await docket.waitFor('batch.progress', ({ batch }) => batch.counts.done >= outage.files / 5);
    await model.goAway();
    await delay(outage.awayMs);
    await model.comeBack();
    const backAt = performance.now();
    await model.waitUntil(() => model.inFlight >= CONCURRENCY);
    const recoveryS = (performance.now() - backAt) / 1_000;
    await docket.batches.settled(id);
    const { counts } = await batchNow(docket, id);
    return { recoveryS, failed: counts.total - counts.done, repeated: await repeatedCalls(docket, outage.files) };
  });
}

async function repeatedCalls(docket: TestDocket, files: number): Promise<number> {
  await docket.audit.drain();
  let before: number | undefined;
  let answered = 0;
  for (;;) {
    const page = await docket.store.read.pageOfCalls({ status: 'ok', kind: 'analysis', before, limit: 500 });
    answered += page.rows.length;
    if (page.nextBefore === null) return answered - files * 3;
    before = page.nextBefore;
  }
}

/** Makes as many calls as Docket does, with the SDK's own retries. @returns how many threw. */
async function outageOfSdk({ outage }: Plan): Promise<number> {
  const model = await startModelServer({ latencyMs: LATENCY_MS, validateRequests: false });
  const client = new OpenAI({ baseURL: model.url, apiKey: API_KEY });
  const limit = pLimit(CONCURRENCY);
  const ask = (content: string) =>
    client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content }],
      temperature: TEMPERATURE,
      max_tokens: MAX_TOKENS,
    });
  const prompts = makePrompts(1, outage.files * 3, FILE_BYTES);
  const calls = Promise.allSettled(
    prompts.map(({ instruction, document }) => limit(() => ask(instruction + document))),
  );
  await model.waitForRequests((outage.files * 3) / 5);
  await model.goAway();
  await delay(outage.awayMs);
  await model.comeBack();
  const ended = await calls;
  await model.close();
  return ended.filter(({ status: how }) => how === 'rejected').length;
}

function poisoned({ poison }: Plan, folder: string): Promise<Batch> {
  return withDocket(folder, poison.files, async (docket, model, notes) => {
    const texts = [1, poison.files / 2, poison.files].map((n) => `Note ${n}. `);
    model.respond(({ prompt }) => (texts.some((text) => prompt.includes(text)) ? status(403) : undefined));
    const { id } = must(await docket.batches.create([notes]));
    await docket.batches.settled(id);
    return batchNow(docket, id);
  });
}
