/** Whether any reply, of whatever shape, blocks the chat window, both while streaming and when reopened. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { startModelServer } from '../test/support/model-server.ts';
import { inElectron, SETTLE_MS } from './batch-app.ts';
import { appFolder } from './electron-program.ts';
import { framesDuring, nextFrame } from './frame-times.ts';
import { type HostileReply, hostileReplies } from './hostile-replies.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';
import { buildWholePage, WHOLE, type WholePage, wholeFolder } from './whole-page.ts';

const AIM_MS = 100;
/** Number of pieces per reply. */
const PIECES = 60;
const PIECE_EVERY_MS = 30;
/** Allows for work after the last piece: deferred drawing, highlighting, the line under the reply. */
const AFTERMATH_MS = 400;
/** The peer is abandoned after this long, which then counts as its time. */
const LONGEST_WAIT_MS = 5_000;
/** A page with nothing in it is ready sooner than the app. */
const PEER_SETTLE_MS = 500;

/** What became of a reply that the peer was given. */
interface PeerResult {
  readonly name: string;
  readonly end: 'drew' | 'drew nothing' | 'given up';
  readonly maxMs: number;
}

export function measureHostileFrames(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, texts } = plan.hostileFrames;
  const series = createSeries();
  const replies = hostileReplies.slice(0, texts);
  const page = await buildWholePage(join(folder, 'page'));
  const peerResults: PeerResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    series.add(DOCKET, await docketFrame(replies, join(folder, `data ${round}`), plan));
    const theirs: PeerResult[] = [];
    for (const reply of replies) theirs.push(await wholeFrame(reply, join(folder, 'whole'), page, plan));
    // Who draws nothing has no frame time.
    series.add(WHOLE, Math.max(...theirs.filter(({ end }) => end !== 'drew nothing').map(({ maxMs }) => maxMs)));
    peerResults.push(...theirs);
  }
  return {
    title: 'Hostile replies',
    method: [
      `The longest time from one frame to the next while each of ${replies.length} replies that have stopped a chat somewhere (walls of 400 KB of one mark, line or row, nesting without an end) streams into the window in ${PIECES} pieces, and when its conversation is opened again.`,
      `The peer is a page with nothing but React and react-markdown, which is given each reply once and whole. It is given up on after ${LONGEST_WAIT_MS / 1_000} s, which is then the least it takes: ${namesOf(peerResults, 'given up')}. Where it exhausts its stack it draws nothing, which is not counted: ${namesOf(peerResults, 'drew nothing')}.`,
    ],
    metrics: [
      {
        name: 'markdown.hostileFrameMs.max',
        unit: 'ms',
        better: 'lower',
        series: series.values,
        aim: atMost(AIM_MS, 'ms'),
        digits: 0,
      },
    ],
  };
}

function namesOf(results: readonly PeerResult[], wanted: PeerResult['end']): string {
  const names = new Set(results.filter(({ end }) => end === wanted).map(({ name }) => name));
  return names.size === 0 ? 'never' : [...names].join(', ');
}

async function docketFrame(replies: readonly HostileReply[], dataDir: string, plan: Plan): Promise<number> {
  const server = await startModelServer({ validateRequests: false, keepRequests: false });
  server.respond(replies.map(streamedReply));
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'sk-bench' };
  const frames: number[] = [];
  const watch = async (page: Page, what: string, act: () => Promise<void>) => {
    const { maxMs } = await framesDuring(page, act);
    frames.push(maxMs);
    plan.say(`hostile, ${what}: ${maxMs.toFixed(0)} ms`);
  };
  const inApp = (use: (page: Page) => Promise<void>) =>
    inElectron([appFolder, '--data-dir', dataDir], env, async (_app, page) => {
      await delay(SETTLE_MS);
      await use(page);
    });
  await inApp(async (page) => {
    for (const [place, { name }] of replies.entries()) {
      await watch(page, `${name}, streaming`, () => streamed(page, questionOf(place)));
      await page.getByRole('button', { name: 'New chat' }).click();
    }
  });
  await inApp(async (page) => {
    for (const [place, { name }] of replies.entries())
      await watch(page, `${name}, opening`, () => opened(page, questionOf(place)));
  });
  await server.close();
  return Math.max(...frames);
}

/** All of the same length, so that none is part of another. */
const questionOf = (place: number) => `Question ${100 + place}`;

function streamedReply({ text }: HostileReply) {
  const size = Math.ceil(text.length / PIECES);
  const pieces = Array.from({ length: PIECES }, (_, place) => text.slice(place * size, (place + 1) * size));
  return {
    kind: 'text',
    content: text,
    chunks: pieces.filter((piece) => piece !== ''),
    delayBetweenChunksMs: PIECE_EVERY_MS,
    ending: 'complete',
    afterChunks: 0,
  } as const;
}

/** Until a frame after the aftermath has come: what holds the page up then is counted, too. */
async function settled(page: Page): Promise<void> {
  await delay(AFTERMATH_MS);
  await nextFrame(page);
}

async function streamed(page: Page, question: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(question);
  await composer.press('Enter');
  await page.getByRole('button', { name: 'Regenerate' }).waitFor();
  await settled(page);
}

async function opened(page: Page, question: string): Promise<void> {
  await page.getByRole('option', { name: question }).click();
  await page.getByRole('button', { name: 'Regenerate' }).waitFor();
  await settled(page);
}

async function wholeFrame({ name, text }: HostileReply, data: string, page: string, plan: Plan): Promise<PeerResult> {
  let result: PeerResult = { name, end: 'given up', maxMs: LONGEST_WAIT_MS };
  await inElectron([`--user-data-dir=${data}`, wholeFolder, page], {}, async (app, window) => {
    await delay(PEER_SETTLE_MS);
    const drawn = drawWhole(window, text).then(({ drew, maxMs }) => {
      result = { name, end: drew ? 'drew' : 'drew nothing', maxMs };
    });
    await Promise.race([drawn, delay(LONGEST_WAIT_MS)]).catch(() => undefined);
    // A page that hangs or has crashed could not be closed.
    if (result.end === 'given up') app.process().kill('SIGKILL');
  }).catch(() => undefined);
  plan.say(`hostile, ${name}, ${WHOLE}: ${result.end}, ${result.maxMs.toFixed(0)} ms`);
  return result;
}

async function drawWhole(window: Page, text: string): Promise<{ readonly drew: boolean; readonly maxMs: number }> {
  const { maxMs } = await framesDuring(window, async () => {
    await window.evaluate((given) => (globalThis as unknown as WholePage).stream([given], 0), text);
    await settled(window);
  });
  const drew = await window.locator('#reply').evaluate((element) => element.childElementCount > 0);
  return { drew, maxMs };
}
