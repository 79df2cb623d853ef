import { join } from 'node:path';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a call is found by a word of its reply and shown in full without its provider', async ({ folder, server }) => {
  server.respond((request) => text(request.prompt.includes('bird') ? 'The kingfisher is blue.' : 'Oaks grow slowly.'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  for (const [question, answer] of [
    ['Name a bird', 'The kingfisher is blue.'],
    ['Name a tree', 'Oaks grow slowly.'],
  ] as const) {
    await composer.fill(question);
    await composer.press('Enter');
    await expect(app.page.getByRole('article', { name: 'Reply' }).last()).toContainText(answer);
    await expect(app.page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  }
  await expect
    .poll(async () => (await app.request('history.page', { limit: 10 })).rows.map((row) => row.status))
    .toEqual(['ok', 'ok']);
  await server.close();

  await app.page.keyboard.press('Control+3');
  const calls = app.page.getByRole('grid', { name: /Calls/ });
  await expect(calls.getByText('Name a tree')).toBeVisible();
  await app.page.getByRole('searchbox', { name: /Search questions/ }).fill('kingfisher');
  await expect(calls.getByText('Name a tree')).toHaveCount(0);
  await calls.getByText('Name a bird').click();
  await app.page.keyboard.press('Enter');
  await expect(calls.getByText('The kingfisher is blue.')).toBeVisible();
  const detail = app.page.getByRole('region', { name: 'Call', exact: true });
  await expect(detail.getByText('The kingfisher is blue.')).toBeVisible();
  await expect(detail.getByText('gpt-4o-mini').last()).toBeVisible();
  await app.quit();
});

test('a search shows the list from its top, even if an open call covered it', async ({ folder, server }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
  await app.request('settings.save', settingsFor(server));
  for (let n = 1; n <= 20; n += 1) await app.request('settings.test', undefined);

  await page.keyboard.press('Control+3');
  const calls = page.getByRole('grid', { name: /Calls/ });
  await expect(calls.getByText('Reply with the word OK.').first()).toBeVisible();
  await calls.press('End');
  await calls.press('Enter');
  await expect(page.getByRole('button', { name: 'Close' })).toBeVisible();
  await page.getByRole('searchbox', { name: /Search questions/ }).fill('word');
  await expect(page.getByRole('button', { name: 'Close' })).toHaveCount(0);
  await expect(calls.getByText('GET /models')).toHaveCount(0);
  await expect.poll(() => calls.evaluate((grid) => grid.scrollTop)).toBe(0);
  await app.quit();
});

test('a reply leads to its call in the list, even if the current search does not match it', async ({
  folder,
  server,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Name a bird');
  await composer.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  for (let n = 1; n <= 60; n += 1) await app.request('settings.test', undefined);
  await page.keyboard.press('Control+3');
  const calls = page.getByRole('grid', { name: /Calls/ });
  await page.getByRole('searchbox', { name: /Search questions/ }).fill('word');
  await expect(calls.getByText('GET /models')).toHaveCount(0);
  await expect(page.getByText('60 of 121 calls')).toBeVisible();

  await page.keyboard.press('Control+1');
  await page.getByRole('article', { name: 'Reply' }).hover();
  await page.getByRole('button', { name: 'Show the call in the history' }).click();
  await expect(calls.getByRole('row', { selected: true })).toBeInViewport();
  await expect(calls.getByRole('row', { selected: true })).toContainText('Name a bird');
  await expect(page.getByRole('region', { name: 'Call', exact: true })).toContainText('Name a bird');
  await expect(page.getByRole('searchbox', { name: /Search questions/ })).toHaveValue('');
  await app.quit();
});

test('Ctrl+F searches an open call, and elsewhere the history', async ({ folder, server }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.request('settings.test', undefined);
  await page.keyboard.press('Control+3');
  const calls = page.getByRole('grid', { name: /Calls/ });
  await calls.getByText('Reply with the word OK.').click();
  const call = page.getByRole('region', { name: 'Call', exact: true });
  await call.getByRole('heading', { name: /^Request/ }).click();
  await page.keyboard.press('Control+F');
  await page.keyboard.type('word ok');
  await expect(call.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await page.keyboard.press('Escape');
  await expect(call.getByRole('search')).toHaveCount(0);
  await calls.focus();
  await page.keyboard.press('Control+F');
  const search = page.getByRole('searchbox', { name: /Search questions/ });
  await expect(search).toBeFocused();

  // From outside of both, it goes where the work was last.
  const outside = page.getByRole('navigation', { name: 'Surfaces' }).getByRole('button', { name: 'History' });
  await call.getByRole('heading', { name: /^Request/ }).click();
  await outside.focus();
  await page.keyboard.press('Control+F');
  await expect(call.getByRole('search').getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await calls.focus();
  await outside.focus();
  await page.keyboard.press('Control+F');
  await expect(search).toBeFocused();

  // A call that covers the list is all there is to search.
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
  await expect(page.locator('[data-pane="call"][data-over]')).toBeVisible();
  await calls.focus();
  await page.keyboard.press('Control+F');
  await expect(call.getByRole('search')).toBeVisible();
  await app.quit();
});
