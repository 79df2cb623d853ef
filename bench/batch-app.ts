/** The built app with a batch on its batch surface, for the benchmarks that watch a batch run. */
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { BatchProgress } from '../src/shared/batch-data.ts';
import type { Bridge } from '../src/shared/contract.ts';
import { problemSentence } from '../src/shared/problem-words.ts';
import { writeManyFiles } from '../test/support/corpus.ts';
import { spawnModelServer } from '../test/support/model-server-spawn.ts';
import { appFolder, cleanEnvironment, electronPath, switches } from './electron-program.ts';

/** What preload exposes to the page. */
interface DocketPage {
  readonly docket: Bridge;
}

export const LATENCY_MS = 50;
export const CONCURRENCY = 20;
export const FILE_BYTES = 4_000;
/** How long after the window first shows something until start-up work has finished. */
export const SETTLE_MS = 2_000;
/** The same app, idle, for comparison. */
export const IDLE = 'idle app';
export const WINDOW = { width: 1_280, height: 800 };

export function startModelServer(): ReturnType<typeof spawnModelServer> {
  return spawnModelServer({ latencyMs: LATENCY_MS, validateRequests: false });
}

export function writeFiles(folder: string, count: number): Promise<unknown> {
  return writeManyFiles(folder, count, { bytes: FILE_BYTES });
}

/** Runs an Electron app for as long as its window is in use. */
export async function inElectron(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  use: (app: ElectronApplication, page: Page) => Promise<void>,
): Promise<void> {
  const app = await electron.launch({
    executablePath: electronPath,
    args: [...switches, ...args],
    env: cleanEnvironment(env),
  });
  try {
    const page = await app.firstWindow();
    await answered(() =>
      app.evaluate(({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
      }, WINDOW),
    );
    await use(app, page);
  } finally {
    await app.close();
  }
}

/**
 * Asks the main process again if V8 has garbage-collected the promise on which Playwright waits for the answer. This is
 * rare and happens mostly while an app starts. Only for operations that may be repeated.
 */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.message.includes('promise was garbage collected')) return ask();
    throw error;
  }
}

/** Runs Docket on a data folder, connected to a local server, with the batch surface visible. */
export function onBatchSurface(
  serverUrl: string,
  dataDir: string,
  use: (app: ElectronApplication, page: Page) => Promise<void>,
): Promise<void> {
  const env = { OPENAI_BASE_URL: serverUrl, OPENAI_API_KEY: 'sk-bench' };
  return inElectron([appFolder, '--data-dir', dataDir], env, async (app, page) => {
    await page.getByRole('button', { name: 'Batch', exact: true }).first().click();
    await use(app, page);
  });
}

/**
 * As a user would, except that the system's file picker answers automatically. With a local server nothing leaves this
 * machine, so the batch starts by itself.
 *
 * @returns its id
 */
export async function startBatch(app: ElectronApplication, page: Page, folder: string): Promise<string> {
  await answered(() =>
    app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, folder),
  );
  return page.evaluate(async (concurrency) => {
    const { docket } = globalThis as unknown as DocketPage;
    await docket.request('batch.setConcurrency', { concurrency });
    const picked = await docket.request('batch.pick', { what: 'folder' });
    if (!picked.ok || picked.value === null) throw new Error('No batch was made.');
    return picked.value.id;
  }, CONCURRENCY);
}

export async function batchProgress(page: Page, batchId: string): Promise<BatchProgress> {
  const progress = await page.evaluate(
    (id) => (globalThis as unknown as DocketPage).docket.request('batch.get', { batchId: id }),
    batchId,
  );
  if (!progress.ok) throw new Error(problemSentence(progress.error));
  return progress.value;
}
