/** Each surface loads its style sheets when it is first opened. The order must not affect its appearance. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, launch, test } from './app.ts';

type SurfaceName = 'chat' | 'batch' | 'history' | 'settings';

const shortcuts: Readonly<Record<SurfaceName, string>> = {
  chat: 'Control+1',
  batch: 'Control+2',
  history: 'Control+3',
  settings: 'Control+4',
};

const orders: readonly (readonly SurfaceName[])[] = [
  ['chat', 'batch', 'history', 'settings'],
  ['history', 'batch', 'chat', 'settings'],
  ['settings', 'history', 'chat', 'batch'],
];

test('surfaces look the same in any loading order', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  let first: Looks | null = null;
  let app = await launch({ dataDir });
  await app.request('batch.createSample', undefined);
  await expect.poll(async () => (await app.request('batch.list', undefined))[0]?.status).toBe('finished');
  for (const order of orders) {
    await startOn(app, order[0] ?? 'chat');
    await app.quit();
    app = await launch({ dataDir });
    const looks = await visit(app, order);
    first ??= looks;
    for (const name of order) expect(looks[name], `${name}, opened in the order ${order}`).toEqual(first[name]);
  }
  await app.quit();
});

test('no column of the history overflows the smallest window', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  let app = await launch({ dataDir });
  await app.request('batch.createSample', undefined);
  await expect.poll(async () => (await app.request('batch.list', undefined))[0]?.status).toBe('finished');
  await startOn(app, 'history');
  await app.quit();
  app = await launch({ dataDir });
  const { page } = app;
  await small(app);
  const took = page.getByRole('grid', { name: /Calls/ }).getByRole('columnheader', { name: 'Took' });
  await expect(took).toBeVisible();
  // The style sheets of the batch are loaded when idle, after the first frame.
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('grid', { name: /Files of/ })).toBeVisible();
  await page.keyboard.press('Control+3');
  const right = await took.evaluate((cell) => cell.getBoundingClientRect().right);
  expect(right).toBeLessThanOrEqual(800);
  await app.quit();
});

type Looks = Partial<Record<SurfaceName, readonly string[]>>;

function small(app: App): Promise<void> {
  return app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
}

async function startOn({ page }: App, surface: SurfaceName): Promise<void> {
  await page.keyboard.press(shortcuts[surface]);
  await page.locator(`main[data-surface="${surface}"] h1`).waitFor();
}

/** Opens the surfaces in this order. @returns the appearance of each once all have been opened. */
async function visit(app: App, order: readonly SurfaceName[]): Promise<Looks> {
  const { page } = app;
  await small(app);
  for (const name of order) await settled(app.page, name);
  const looks: Looks = {};
  for (const name of order) {
    await settled(page, name);
    looks[name] = await looksOf(page, name);
  }
  return looks;
}

async function settled(page: Page, name: SurfaceName): Promise<void> {
  await page.keyboard.press(shortcuts[name]);
  const surface = page.locator(`main[data-surface="${name}"]`);
  await surface.locator('h1').first().waitFor();
  if (name === 'history') await surface.getByRole('grid').getByRole('gridcell').first().waitFor();
  if (name === 'batch') await surface.getByRole('grid').getByRole('gridcell').first().waitFor();
  // What main is asked for comes after the rest of the page.
  if (name === 'settings') for (const late of ['fieldset', 'code']) await surface.locator(late).first().waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  });
}

/**
 * For each kind of element, the properties that decide its position and colour, ignoring those that depend on its text.
 */
function looksOf(page: Page, surface: SurfaceName): Promise<readonly string[]> {
  return page.locator(`main[data-surface="${surface}"]`).evaluate((main) => {
    const names = ['display', 'position', 'padding', 'margin', 'gap', 'overflow', 'color', 'background-color'];
    const further = ['font-size', 'font-weight', 'line-height', 'text-align', 'border', 'flex', 'outline', 'z-index'];
    const tracks = (style: CSSStyleDeclaration) => style.gridTemplateColumns.split(' ').length;
    const looks = [...main.querySelectorAll('*')].map((element) => {
      const style = getComputedStyle(element);
      const values = [...names, ...further].map((name) => style.getPropertyValue(name));
      return `${element.tagName} .${element.getAttribute('class') ?? ''} ${values.join('; ')}; ${tracks(style)} columns`;
    });
    return [...new Set(looks)].sort();
  });
}
