/** Many calls with a concurrency limit: wall time against the ideal, and processor time per call. */
import { spawnModelServer } from '../test/support/model-server-spawn.ts';
import type { BatchReport, BatchTask } from './batch-child.ts';
import { runChild } from './child.ts';
import { atMostTimes, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';

const contenders: Readonly<Record<string, string>> = {
  [DOCKET]: 'docket',
  'node:http': 'node-http',
  'fetch + p-limit': 'fetch-p-limit',
  'OpenAI SDK + p-limit': 'openai-sdk',
  'LangChain .batch': 'langchain',
  'AI SDK + p-limit': 'ai-sdk',
};

const LATENCY_MS = 50;
const CHARACTERS = 5_000;
/** Five times as many as are in flight, and enough for the JIT compiler to have optimised the code. */
const warmUpCalls = (concurrency: number) => Math.max(100, concurrency * 2);
/** The concurrency at which processor time is measured. */
const CPU_CONCURRENCY = 20;

export async function measureBatch(plan: Plan): Promise<Section> {
  const { calls } = plan.batch;
  const server = await spawnModelServer({
    latencyMs: LATENCY_MS,
    validateRequests: false,
    script: {
      otherwise: { kind: 'text', content: 'Revenue rose in every region.', ending: 'complete', afterChunks: 0 },
    },
  });
  const wall = new Map<number, ReturnType<typeof createSeries>>();
  const cpu = createSeries();
  for (const { concurrency, rounds } of plan.batch.loads) {
    const series = createSeries();
    wall.set(concurrency, series);
    const idealMs = Math.ceil(calls / concurrency) * LATENCY_MS;
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, contender] of Object.entries(contenders)) {
        const task: BatchTask = {
          contender,
          url: server.url,
          concurrency,
          calls,
          warmUpCalls: warmUpCalls(concurrency),
          characters: CHARACTERS,
        };
        const report = await runChild<BatchReport>('./batch-child.ts', task);
        series.add(name, report.wallMs / idealMs);
        if (concurrency === CPU_CONCURRENCY) cpu.add(name, report.cpuMs / calls);
        plan.say(`batch c=${concurrency}, round ${round + 1}, ${name}: ${report.wallMs.toFixed(0)} ms`);
      }
    }
  }
  await server.close();
  return {
    title: 'Batch',
    method: [
      `${calls} calls of ${CHARACTERS} characters each, every document different, not streamed; the server, in a process of its own, answers each after ${LATENCY_MS} ms.`,
      `wallOverIdeal: time to the last reply / (⌈${calls} / c⌉ × ${LATENCY_MS} ms). cpuMsPerCall: user and system time of the contender's whole process, threads included, until its background work has ended.`,
      'Docket: the real gateway on its pool and p-limit, with each intent committed (synchronous=FULL) before its request leaves and each outcome written after. No peer records anything.',
    ],
    metrics: [
      ...[...wall].map(([concurrency, { values }]) => ({
        name: `batch.wallOverIdeal.c${concurrency}`,
        unit: 'ratio',
        better: 'lower' as const,
        series: values,
        aim: atMostTimes(1.05, 'fetch + p-limit'),
        digits: 3,
      })),
      { name: `batch.cpuMsPerCall.c${CPU_CONCURRENCY}`, unit: 'ms', better: 'lower', series: cpu.values, digits: 2 },
    ],
  };
}
