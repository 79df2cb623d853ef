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
/** The peer is abandoned after this long; the time so far then counts as its time. */
const LONGEST_WAIT_MS = 10_000;

export function measureHostileFrames(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, texts } = plan.hostileFrames;
  const series = createSeries();
  const replies = hostileReplies.slice(0, texts);
  const page = await buildWholePage(join(folder, 'page'));
  for (let round = 0; round < rounds; round += 1) {
    series.add(DOCKET, await docketFrame(replies, join(folder, `data ${round}`), plan));
    const theirs: number[] = [];
    for (const reply of replies) theirs.push(await wholeFrame(reply, join(folder, 'whole'), page, plan));
    series.add(WHOLE, Math.max(...theirs));
  }
  return {
    title: 'Hostile replies',
    method: [
      `The longest time from one frame to the next while each of ${replies.length} replies that have stopped a chat somewhere (walls of 400 KB of one mark, line or row, nesting without an end) streams into the window in ${PIECES} pieces, and when its conversation is opened again.`,
      `The peer is a page with nothing but React and react-markdown, which is given each reply once and whole; where it exhausts its stack it draws nothing. It is given up on after ${LONGEST_WAIT_MS / 1_000} s.`,
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

async function wholeFrame({ name, text }: HostileReply, data: string, page: string, plan: Plan): Promise<number> {
  let longest = LONGEST_WAIT_MS;
  await inElectron([`--user-data-dir=${data}`, wholeFolder, page], {}, async (app, window) => {
    await delay(SETTLE_MS);
    const shown = framesDuring(window, async () => {
      await window.evaluate((given) => (globalThis as unknown as WholePage).stream([given], 0), text);
      await settled(window);
    }).then(({ maxMs }) => maxMs);
    longest = await Promise.race([shown, delay(LONGEST_WAIT_MS, LONGEST_WAIT_MS)]).catch(() => LONGEST_WAIT_MS);
    // A page that hangs or has crashed could not be closed.
    if (longest === LONGEST_WAIT_MS) app.process().kill('SIGKILL');
    plan.say(`hostile, ${name}, ${WHOLE}: ${longest.toFixed(0)} ms`);
  }).catch(() => undefined);
  return longest;
}
