import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/main/store/store.ts';
import { cellsOf } from '../support/answers.ts';
import { rowsOf, startAgain } from '../support/docket.ts';
import { type ModelServerProcess, spawnModelServer } from '../support/model-server-spawn.ts';
import { docketAt, folderOfNotes, tempFolder } from '../support/workspace.ts';
import { collectEvidence, countUnrecorded, type Evidence } from './evidence.ts';
import type { VictimMessage } from './victim.ts';

const ROUNDS = 20;
const FILES = 400;
/** A victim is killed within this many of its requests plus a little time; every fifth one while opening its store. */
const WORK_REQUESTS = 50;
const WORK_MS = 30;
const OPENING_MS = 900;

const victim = fileURLToPath(new URL('./victim.ts', import.meta.url));
const storeWorker = new URL('../../src/main/store/store-worker.ts', import.meta.url);

/** Reproduces a run: DOCKET_CRASH_MOMENTS_FROM=… */
const momentsFrom = Number(process.env.DOCKET_CRASH_MOMENTS_FROM ?? Date.now() % 1_000_000_000);

interface Scene {
  readonly dataDir: string;
  readonly folder: string;
  readonly serverLog: string;
  readonly model: ModelServerProcess;
  /** Questions that Docket reported as stored. */
  readonly promised: Set<string>;
}

async function setScene(): Promise<Scene> {
  const serverLog = join(await tempFolder(), 'received.log');
  const model = await spawnModelServer({
    logFile: serverLog,
    latencyMs: 15,
    delayBetweenChunksMs: 10,
    validateRequests: false,
  });
  onTestFinished(() => model.close());
  return { dataDir: await tempFolder(), folder: await folderOfNotes(FILES), serverLog, model, promised: new Set() };
}

/** Lets a process work, then kills it at a random moment. */
async function killOne(
  { dataDir, folder, model, promised }: Scene,
  round: number,
  random: () => number,
): Promise<void> {
  const child = fork(victim, [dataDir, model.url, folder], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  child.on('message', ({ messageId }: VictimMessage) => promised.add(messageId));
  const isEarly = round % 5 === 4;
  if (!isEarly) {
    const { chatRequestCount } = await model.stats();
    await Promise.race([ended, model.waitForRequests(chatRequestCount + Math.ceil(random() * WORK_REQUESTS))]);
  }
  await wait(random() * (isEarly ? OPENING_MS : WORK_MS));
  await kill(child, ended);
}

async function kill(child: ChildProcess, ended: Promise<unknown[]>): Promise<void> {
  expect(child.exitCode, 'the victim ended by itself').toBeNull();
  child.kill('SIGKILL');
  await ended;
}

/** Checks everything that must hold after a crash at any moment. @returns what was lost. */
function judge(now: Evidence, before: Evidence | null, { promised }: Scene): number {
  expect(now.integrity).toBe('ok');
  expect(now.openCalls).toBe(0);
  expect(now.streamingReplies).toBe(0);
  if (now.batch?.started) expect(new Set(now.items.map((item) => item.path)).size).toBe(FILES);
  expect(now.items.filter((item) => item.status === 'running')).toEqual([]);
  expect(now.items.filter((item) => item.status === 'done' && item.answered !== 3)).toEqual([]);
  const lostRequests = countUnrecorded(now);
  const lostItems = now.batch?.started ? FILES - now.items.length : 0;
  const lostQuestions = [...promised].filter((id) => !now.messageIds.has(id)).length;
  return lostRequests + lostItems + lostQuestions + countUndone(now, before);
}

/** Files that were done before but no longer are, or that were sent again. */
function countUndone(now: Evidence, before: Evidence | null): number {
  const done = new Map(before?.items.filter((item) => item.status === 'done').map((item) => [item.id, item]));
  return now.items.filter((item) => {
    const then = done.get(item.id);
    return then !== undefined && (item.status !== 'done' || item.lastCallId !== then.lastCallId);
  }).length;
}

it(`loses nothing when it is killed at ${ROUNDS} random moments`, { timeout: 600_000 }, async () => {
  console.log(`crash test: DOCKET_CRASH_MOMENTS_FROM=${momentsFrom}`);
  const random = randomFrom(momentsFrom);
  const scene = await setScene();
  let before: Evidence | null = null;
  let [lost, inDoubt, killedAtWork] = [0, 0, 0];

  for (let round = 0; round < ROUNDS; round += 1) {
    await killOne(scene, round, random);
    const store = await openStore(scene.dataDir, storeWorker);
    inDoubt += store.recovery.callsInDoubt;
    killedAtWork += store.recovery.batchesInterrupted;
    await store.close();
    const now = await collectEvidence(scene.dataDir, scene.serverLog);
    lost += judge(now, before, scene);
    before = now;
  }
  // Kills that met nothing would prove nothing.
  expect(killedAtWork).toBeGreaterThanOrEqual(ROUNDS / 2);
  expect(inDoubt).toBeGreaterThan(ROUNDS / 2);

  const docket = await docketAt({ dataDir: scene.dataDir });
  const [batch] = await docket.batches.list();
  const finished = await startAgain(docket, batch?.id ?? '');
  expect(finished).toMatchObject({ status: 'finished', counts: { total: FILES, done: FILES } });
  expect(new Set((await rowsOf(docket, finished.id)).map((row) => cellsOf(row).summary)).size).toBe(FILES);
  await docket.close();
  const end = await collectEvidence(scene.dataDir, scene.serverLog);
  lost += judge(end, before, scene);

  const requests = [...end.received.values()].reduce((sum, times) => sum + times, 0);
  console.log(
    `crash test: ${ROUNDS} kills, ${requests} requests received, ${inDoubt} in doubt, ` +
      `${scene.promised.size} questions stored, lost=${lost}`,
  );
  expect(requests).toBeGreaterThanOrEqual(FILES * 3);
  expect(lost).toBe(0);
});

/** Mulberry32. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
