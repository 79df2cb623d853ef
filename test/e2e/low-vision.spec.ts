import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { hangBeforeHeaders, status } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('in the smallest window at 200 % no control is cut off or covered', async ({ folder, server }) => {
  const documents = join(folder, 'Supplier correspondence');
  mkdirSync(documents);
  for (let n = 1; n <= 3; n += 1) writeFileSync(join(documents, `letter ${n}.txt`), `Letter ${n}.`);
  server.respond((request) => (request.prompt.includes('Letter 1') ? status(400) : undefined));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await page.keyboard.press('Control+2');
  await app.drop([documents]);
  await expect(page.getByText('3 of 3 files')).toBeVisible();
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(800, 600);
    window?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(400);

  for (const name of ['Retry failed', 'Export', 'More actions', 'New batch'])
    await expect
      .poll(() => isInReach(page.getByRole('main').getByRole('button', { name, exact: true })), name)
      .toBe(true);
  await page.keyboard.press('Control+1');
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello');
  for (const name of [/^Attach files/, /gpt-4o-mini/, /^Send/])
    await expect.poll(() => isInReach(page.getByRole('main').getByRole('button', { name })), String(name)).toBe(true);
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'Provider' })).toBeVisible();
  const fits = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('main[data-surface="settings"] *')].every((part) => part.scrollWidth <= innerWidth),
    );
  await expect.poll(fits).toBe(true);
  await app.quit();
});

test('nothing moves if the system asks for reduced motion', async ({ folder, server }) => {
  server.respond(hangBeforeHeaders());
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Hello');
  await composer.press('Enter');
  await expect(page.getByText('Waiting for the first words')).toBeVisible();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .flatMap(({ effect }) => (effect instanceof KeyframeEffect ? effect.getKeyframes() : []))
      .filter((frame) => Object.keys(frame).some((name) => /transform|translate|rotate|scale|left|top/.test(name))),
  );
  expect(moving).toEqual([]);
  await app.quit();
});

/** Its centre is in the window and not covered. */
function isInReach(button: Locator): Promise<boolean> {
  return button.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left >= 0 && right <= innerWidth && hit !== null && element.contains(hit);
  });
}
