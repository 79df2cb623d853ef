/**
 * Whether the chat is smooth while a long reply streams into a long conversation and the user types the next question.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { openStore } from '../src/main/store/store.ts';
import { newQuestion, newReply } from '../src/shared/new-message.ts';
import { spawnModelServer } from '../test/support/model-server-spawn.ts';
import { IDLE, inElectron, SETTLE_MS } from './batch-app.ts';
import { storeWorker } from './docket-parts.ts';
import { appFolder } from './electron-program.ts';
import { createFrameSeries, frameWords } from './frame-series.ts';
import { type Frames, framesDuring } from './frame-times.ts';
import { inPieces, longReply } from './long-reply.ts';
import { DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';
import { buildWholePage, WHOLE, type WholePage, wholeFolder } from './whole-page.ts';

/** Six thousand characters per second, like a fast hosted model. */
const PIECE_EVERY_MS = 4;
const TYPE_EVERY_MS = 100;
/** Questions with a reply of 1,500 characters each. */
const TURNS = 60;
const TURN_CHARACTERS = 1_500;
const TITLE = 'A long conversation';

export function measureReplyFrames(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, characters, idleMs } = plan.replyFrames;
  const pieces = inPieces(longReply(characters));
  const server = await spawnModelServer({
    latencyMs: 0,
    validateRequests: false,
    script: {
      otherwise: {
        kind: 'text',
        content: pieces.join(''),
        chunks: pieces,
        delayBetweenChunksMs: PIECE_EVERY_MS,
        ending: 'complete',
        afterChunks: 0,
      },
    },
  });
  const dataDir = join(folder, 'data');
  await writeConversation(dataDir);
  const page = await buildWholePage(join(folder, 'page'));
  const series = createFrameSeries();
  const add = (contender: string, frames: Frames) => {
    series.add(contender, frames);
    plan.say(`frames, streaming, ${contender}: ${frameWords(frames)}`);
  };
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'sk-bench' };
  for (let round = 0; round < rounds; round += 1) {
    await inElectron([appFolder, '--data-dir', dataDir], env, async (_app, window) => {
      await window.getByRole('option', { name: TITLE }).click();
      await delay(SETTLE_MS);
      add(IDLE, await framesDuring(window, () => delay(idleMs)));
      add(DOCKET, await framesDuring(window, () => streamAndType(window)));
    });
    await inElectron([`--user-data-dir=${join(folder, 'whole')}`, wholeFolder, page], {}, async (_app, window) => {
      await delay(SETTLE_MS);
      add(WHOLE, await framesDuring(window, () => streamWhole(window, pieces)));
    });
  }
  await server.close();
  return {
    title: 'Chat window',
    method: [
      `Frames as above, while a Markdown reply of ${characters.toLocaleString('en-US')} characters (headings, lists, tables, code) streams ${1_000 / PIECE_EVERY_MS} times a second into a conversation of ${2 * TURNS} messages, and a letter of the next question is typed every ${TYPE_EVERY_MS} ms.`,
      'The peers: the same window before, and a page with nothing in it but React and react-markdown that is given the same pieces at the same times, renders the whole reply once a frame, and has no conversation, no IPC and nobody who types.',
    ],
    metrics: series.metrics('streaming'),
  };
}

async function writeConversation(dataDir: string): Promise<void> {
  const store = await openStore(dataDir, storeWorker);
  const conversationId = randomUUID();
  let parentId: string | null = null;
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const [asked, answered] = [randomUUID(), randomUUID()];
    const question = newQuestion({ id: asked, conversationId, parentId, createdAt: turn }, `And part ${turn}?`);
    const reply = newReply({ id: answered, conversationId, parentId: asked, createdAt: turn });
    await store.write.appendMessages({ id: conversationId, title: TITLE }, [question, reply], turn);
    await store.write.finishReply({ ...reply, content: longReply(TURN_CHARACTERS), status: 'done' });
    parentId = answered;
  }
  await store.close();
}

async function streamAndType(page: Page): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  const stop = page.getByRole('button', { name: 'Stop' });
  await composer.fill('Go on.');
  await composer.press('Enter');
  await stop.waitFor();
  while (await stop.isVisible()) {
    await composer.press('a');
    await delay(TYPE_EVERY_MS);
  }
}

async function streamWhole(page: Page, pieces: readonly string[]): Promise<void> {
  const task = { pieces, everyMs: PIECE_EVERY_MS };
  await page.evaluate((given) => (globalThis as unknown as WholePage).stream(given.pieces, given.everyMs), task);
}
