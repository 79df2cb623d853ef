/** How long the app takes to appear, and the memory it then uses, compared with an Electron that does nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openStore } from '../src/main/store/store.ts';
import { newQuestion } from '../src/shared/new-message.ts';
import { storeWorker } from './docket-parts.ts';
import { appFolder, cleanEnvironment, electronPath, switches } from './electron-program.ts';
import { atMostTimes, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { processTree, proportionalMegabytes } from './process-tree.ts';
import { inTempFolder } from './temp-folder.ts';

const BARE = 'bare Electron';
const REST_MS = 3_000;
const READY_DEADLINE_MS = 60_000;
const END_DEADLINE_MS = 6_000;

/** In Docket's data folder; the list of them is what the engine is asked for first. */
const CONVERSATIONS = 40;

const marker = (name: string) => fileURLToPath(new URL(`./${name}-marker.cjs`, import.meta.url));
const bareFolder = fileURLToPath(new URL('./bare-electron', import.meta.url));

/** A moment reported by a marker: the first window has painted, or is ready to use. */
type Moment = 'ready' | 'usable';

interface Contender {
  readonly args: readonly string[];
  readonly moments: readonly Moment[];
}

export function measureStart(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const dataDir = join(folder, 'docket');
  await writeConversations(dataDir);
  const contenders: Readonly<Record<string, Contender>> = {
    [DOCKET]: { args: [appFolder, '--data-dir', dataDir], moments: ['ready', 'usable'] },
    // A one-line page is ready as soon as it has painted.
    [BARE]: { args: [`--user-data-dir=${join(folder, 'bare')}`, bareFolder], moments: ['ready'] },
  };
  const usable = createSeries();
  const cold = createSeries();
  const memory = createSeries();
  // The first start of each creates its data folder and fills the system's file cache.
  for (let round = -1; round < plan.start.rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const { readyMs, usableMs, megabytes } = await startOnce(contender);
      plan.say(
        `start, ${name}: painted ${readyMs.toFixed(0)} ms, usable ${usableMs.toFixed(0)} ms, ${megabytes.toFixed(0)} MB${round < 0 ? ' (warm-up)' : ''}`,
      );
      if (round < 0) continue;
      cold.add(name, readyMs);
      usable.add(name, usableMs);
      memory.add(name, megabytes);
    }
  }
  return {
    title: 'Start',
    method: [
      'coldMs: from the spawn of a new process to the first window\'s "ready-to-show", which Electron tells when the page has painted. Both apps are watched by the same few lines, loaded before their own code. Data folders exist from a first start that is not counted, and files are in the system\'s cache.',
      `usableMs: from the same spawn to the moment at which Docket answers to a person: a letter that is put into the composer after the first paint has been taken (Send is enabled), and the engine, which is loaded after the window, has answered, so that the ${CONVERSATIONS} conversations of the data folder are in the list. Of bare Electron it is the first paint: it has nothing to load.`,
      `rssMb: proportional set size (shared memory counted once) of the whole process tree ${REST_MS / 1_000} s after that, with nothing else done in the window.`,
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
        name: 'start.usableMs',
        unit: 'ms',
        better: 'lower',
        series: usable.values,
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

async function writeConversations(dataDir: string): Promise<void> {
  const store = await openStore(dataDir, storeWorker);
  for (let number = 1; number <= CONVERSATIONS; number += 1) {
    const conversationId = `conversation-${number}`;
    const place = { id: `question-${number}`, conversationId, parentId: null, createdAt: number };
    const title = `What changed in the contract of supplier ${number}?`;
    await store.write.appendMessages({ id: conversationId, title }, [newQuestion(place, title)], number);
  }
  await store.close();
}

interface Start {
  readonly readyMs: number;
  readonly usableMs: number;
  readonly megabytes: number;
}

async function startOnce({ args, moments }: Contender): Promise<Start> {
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(electronPath, [...switches, ...moments.flatMap((moment) => ['-r', marker(moment)]), ...args], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const { ready, usable = ready } = await readMoments(child, moments);
    if (ready === undefined || usable === undefined) throw new Error('The app ended before its window could be used.');
    await delay(REST_MS);
    return {
      readyMs: ready - startedAt,
      usableMs: usable - startedAt,
      megabytes: proportionalMegabytes(processTree(child.pid ?? 0)),
    };
  } finally {
    await end(child);
  }
}

/** What the markers reported, until all have or the app has exited. */
async function readMoments(child: ChildProcess, moments: readonly Moment[]): Promise<Partial<Record<Moment, number>>> {
  if (child.stdout === null) throw new Error('The app has no output.');
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_DEADLINE_MS);
  const told: Partial<Record<Moment, number>> = {};
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, name, time] = /^docket-bench-(\w+) ([\d.]+)$/.exec(line) ?? [];
      const moment = moments.find((one) => one === name);
      if (moment !== undefined) told[moment] = Number(time);
      if (moments.every((one) => told[one] !== undefined)) break;
    }
  } finally {
    clearTimeout(timer);
  }
  return told;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), END_DEADLINE_MS);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
