/** The built app in a real Electron window, driven as a user would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test';
import type { RouteInput, RouteName, RouteOutput, RouteResult } from '../../src/shared/contract.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import type { Settings } from '../../src/shared/settings-data.ts';
import { defaultSettings } from '../../src/shared/settings-schema.ts';
import type { ModelServer } from '../support/model-server.ts';
import { startModelServer } from '../support/model-server.ts';

export const projectRoot = join(import.meta.dirname, '..', '..');
// The main module of the electron package exports the path of its binary.
export const electronPath: string = createRequire(import.meta.url)('electron');

/** Chromium refuses to sandbox root; for any other user the tests run with the sandbox. */
export const sandboxSwitch = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface App {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Sends a request to main, as the page does; throws on a problem. */
  request<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>>;
  /** Drops files, as the system does when they are released over the window. */
  drop(paths: readonly string[]): Promise<void>;
  /** Quits as a user does and waits until the process is gone. */
  quit(): Promise<void>;
}

export interface LaunchOptions {
  readonly dataDir: string;
  /** The working directory at the start. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** An installation other than the checkout's. */
  readonly installation?: Installation;
}

export interface Installation {
  readonly executable: string;
  readonly appPath: string;
  readonly switches: readonly string[];
}

/** A start may take this long on a slow machine. */
const START_MS = 120_000;

/** As it was built here. */
export const checkout: Installation = { executable: electronPath, appPath: projectRoot, switches: sandboxSwitch };

/**
 * Starts the app and waits until its window can be used. Environment variables of the developer's own provider are
 * removed.
 */
export async function launch({ dataDir, cwd, env = {}, installation = checkout }: LaunchOptions): Promise<App> {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...clean } = process.env;
  const app = await electron.launch({
    executablePath: installation.executable,
    // Otherwise Playwright disables the sandbox for every user.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...installation.switches, installation.appPath, '--data-dir', dataDir],
    ...(cwd === undefined ? {} : { cwd }),
    // The tests expect English, whatever this machine's language, in a locale that every system has.
    env: { ...definedOnly(clean), LC_ALL: 'C.UTF-8', LANGUAGE: 'en', ...env },
    timeout: START_MS,
  });
  const page = await app.firstWindow({ timeout: START_MS });
  await page.getByRole('navigation', { name: 'Surfaces' }).waitFor({ timeout: START_MS });
  // The page is ready before its window is, and a drag that starts in between is lost when the window appears.
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible, { timeout: START_MS }).toBe(true);
  return { electron: app, page, request: requestOver(page), drop: (paths) => drop(page, paths), quit: () => quit(app) };
}

function requestOver(page: Page): App['request'] {
  return async <Name extends RouteName>(name: Name, input: RouteInput<Name>) => {
    const result = await page.evaluate(
      async ([route, value]) =>
        (
          globalThis as unknown as { docket: { request(name: string, input: unknown): Promise<unknown> } }
        ).docket.request(route, value),
      [name, input] as const,
    );
    const answer = result as RouteResult<Name>;
    if (!answer.ok) throw new Error(`${name}: ${problemSentence(answer.error)}`);
    return answer.value;
  };
}

/** A page that records whether a drop arrived. */
interface DropPage {
  heardDrop: boolean;
}

/**
 * Uses Chromium's own drag and drop, so that the page gets real files with real paths. In a window that has just
 * appeared, Chromium may abort a drag before it tells the page of the drop, so the drag is then repeated.
 */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data });
  await page.evaluate(() => {
    const self = globalThis as unknown as DropPage;
    self.heardDrop = false;
    addEventListener('drop', () => (self.heardDrop = true), { capture: true, once: true });
  });
  await expect(async () => {
    await send('dragEnter');
    await send('dragOver');
    await expect(page.getByText(/^Drop to /)).toBeVisible({ timeout: 1_000 });
    await send('drop');
    expect(await page.evaluate(() => (globalThis as unknown as DropPage).heardDrop)).toBe(true);
  }).toPass();
  await session.detach();
}

async function quit(app: ElectronApplication): Promise<void> {
  const gone = new Promise<void>((resolve) => void app.process().once('exit', () => resolve()));
  await app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => {});
  await gone;
}

function definedOnly(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Settings for a test server. */
export function settingsFor(server: Pick<ModelServer, 'url'>, changes: Partial<Settings> = {}): Settings {
  return { ...defaultSettings, provider: 'other', baseUrl: server.url, model: 'gpt-4o-mini', ...changes };
}

/** Settles that Docket asks this server, and what: a recipe of the test's own. */
export async function useRecipe(app: App, server: ModelServer, recipe: Recipe): Promise<void> {
  await app.request('settings.save', settingsFor(server));
  await app.request('recipe.save', { recipe });
  await app.request('recipe.use', { recipeId: recipe.id });
}

interface Fixtures {
  readonly folder: string;
  readonly server: ModelServer;
}

/** Each test has its own folder and model server. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-e2e-'));
    await use(folder);
    // Chromium's other processes may still write there for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  server: async ({}, use) => {
    const server = await startModelServer();
    await use(server);
    await server.close();
  },
});

export { expect } from '@playwright/test';
