/** The built app on its batch surface, and a batch in it: what those parts share that watch a batch run. */
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { Bridge } from '../src/shared/contract.ts';
import type { BatchProgress } from '../src/shared/data.ts';
import { problemSentence } from '../src/shared/problem-words.ts';
import { writeManyFiles } from '../test/support/corpus.ts';
import { spawnModelServer } from '../test/support/model-server-spawn.ts';
import { appFolder, cleanEnvironment, electronPath, switches } from './electron-program.ts';

/** What preload puts into the page. */
interface DocketPage {
  readonly docket: Bridge;
}

export const LATENCY_MS = 50;
export const CONCURRENCY = 20;
export const FILE_BYTES = 4_000;
/** From a window that shows something to one in which nothing of the start goes on any more. */
export const SETTLE_MS = 2_000;
/** The same app with nothing to do, as a peer. */
export const IDLE = 'idle app';
export const WINDOW = { width: 1_280, height: 800 };

export function startModelServer(): ReturnType<typeof spawnModelServer> {
  return spawnModelServer({ latencyMs: LATENCY_MS, validateRequests: false });
}

export function writeFiles(folder: string, count: number): Promise<unknown> {
  return writeManyFiles(folder, count, { bytes: FILE_BYTES });
}

/** Runs an Electron app for as long as its window is used. */
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
 * Asks the main process once more when V8 has collected the promise by which Playwright waits for its answer: seldom,
 * and mostly while an app starts. Only for what may be done twice.
 */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.message.includes('promise was garbage collected')) return ask();
    throw error;
  }
}

/** Runs Docket on a data folder, connected to a server on this machine, with the batch surface in sight. */
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
 * As a person would, but that the system's picker answers by itself. Nothing leaves this machine for a server on it, so
 * the batch starts by itself.
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
