/** One contender makes its calls: a warm-up, then the measured run. */
import { setTimeout as delay } from 'node:timers/promises';
import { collectGarbage, readTask, sendReport } from './child.ts';
import type { OpenContender } from './contender.ts';
import { makePrompts } from './prompts.ts';

export interface BatchTask {
  /** A file in `peers/`. */
  readonly contender: string;
  readonly url: string;
  readonly concurrency: number;
  readonly calls: number;
  readonly warmUpCalls: number;
  readonly characters: number;
}

export interface BatchReport {
  /** Time until the last reply arrived. */
  readonly wallMs: number;
  /** Processor time of all threads, until background work has ended too. */
  readonly cpuMs: number;
}

const PAUSE_MS = 150;

const task = readTask<BatchTask>();
const { open }: { open: OpenContender } = await import(`./peers/${task.contender}.ts`);
const contender = await open(task.url, task.concurrency);

await contender.run(makePrompts(1, task.warmUpCalls, task.characters));
await contender.settle();
const prompts = makePrompts(1 + task.warmUpCalls, task.calls, task.characters);
collectGarbage();
await delay(PAUSE_MS);

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const replies = await contender.run(prompts);
const wallMs = performance.now() - startedAt;
await contender.settle();
const cpu = process.cpuUsage(cpuBefore);

if (replies.length !== task.calls || replies.some((reply) => reply === ''))
  throw new Error('Not every call was answered.');
const report: BatchReport = { wallMs, cpuMs: (cpu.user + cpu.system) / 1_000 };
await sendReport(report);
await contender.close();
process.exit(0);
