/** How long the app takes to show itself, and what it takes up then, beside an Electron that does nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { appFolder, cleanEnvironment, electronPath, switches } from './electron-program.ts';
import { atMostTimes, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { processTree, proportionalMegabytes } from './process-tree.ts';

const BARE = 'bare Electron';
const REST_MS = 3_000;
const READY_DEADLINE_MS = 60_000;
const END_DEADLINE_MS = 6_000;

const marker = fileURLToPath(new URL('./ready-marker.cjs', import.meta.url));
const bareFolder = fileURLToPath(new URL('./bare-electron', import.meta.url));

export async function measureStart(plan: Plan): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
  const contenders: Readonly<Record<string, readonly string[]>> = {
    [DOCKET]: [appFolder, '--data-dir', join(folder, 'docket')],
    [BARE]: [`--user-data-dir=${join(folder, 'bare')}`, bareFolder],
  };
  const cold = createSeries();
  const memory = createSeries();
  // The first start of each makes its data folder and fills the system's file cache.
  for (let round = -1; round < plan.start.rounds; round += 1) {
    for (const [name, args] of Object.entries(contenders)) {
      const { readyMs, megabytes } = await startOnce(args);
      plan.say(`start, ${name}: ${readyMs.toFixed(0)} ms, ${megabytes.toFixed(0)} MB${round < 0 ? ' (warm-up)' : ''}`);
      if (round < 0) continue;
      cold.add(name, readyMs);
      memory.add(name, megabytes);
    }
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    title: 'Start',
    method: [
      'coldMs: from the spawn of a new process to the first window\'s "ready-to-show", which Electron tells when the page has painted. Both apps are watched by the same few lines, loaded before their own code. Data folders exist from a first start that is not counted, and files are in the system\'s cache.',
      `rssMb: proportional set size (shared memory counted once) of the whole process tree ${REST_MS / 1_000} s after that, with nothing done in the window.`,
    ],
    metrics: [
      {
        name: 'start.coldMs',
        unit: 'ms',
        better: 'lower',
        series: cold.values,
        aim: atMostTimes(1.3, BARE),
        digits: 0,
      },
      {
        name: 'start.rssMb',
        unit: 'MB',
        better: 'lower',
        series: memory.values,
        aim: atMostTimes(1.15, BARE),
        digits: 1,
      },
    ],
  };
}

async function startOnce(args: readonly string[]): Promise<{ readyMs: number; megabytes: number }> {
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(electronPath, [...switches, '-r', marker, ...args], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const readyAt = await readReadyTime(child);
    await delay(REST_MS);
    return { readyMs: readyAt - startedAt, megabytes: proportionalMegabytes(processTree(child.pid ?? 0)) };
  } finally {
    await end(child);
  }
}

async function readReadyTime(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('The app has no output.');
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_DEADLINE_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const match = /^docket-bench-ready ([\d.]+)$/.exec(line);
      if (match !== null) return Number(match[1]);
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error('The app ended before it showed a window.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), END_DEADLINE_MS);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
