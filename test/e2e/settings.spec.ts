import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '../../src/shared/settings-schema.ts';
import { startModelServer } from '../support/model-server.ts';
import { modelNotFound, text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

const KEY = 'sk-test-0123456789abcdefWXYZ';

test('the environment is honoured: the first chat goes to its server with its key', async ({ folder, server }) => {
  server.respond(text('From the environment.'));
  const app = await launch({
    dataDir: join(folder, 'data'),
    env: { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY },
  });
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Hello');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('From the environment.');
  expect(server.chatRequests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  await app.quit();
});

test('after a change of provider, the next message goes to the new one and nothing to the old one', async ({
  folder,
  server,
}) => {
  const other = await startModelServer();
  server.respond(text('I am the first.'));
  other.respond(text('I am the second.'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Who are you?');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('I am the first.');
  await expect(app.page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  await app.request('settings.save', settingsFor(other));
  await composer.fill('And you?');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' }).last()).toContainText('I am the second.');
  expect(server.chatRequestCount).toBe(1);
  await server.waitUntil(() => server.sockets.open === 0);
  await app.quit();
  await other.waitUntil(() => other.sockets.open === 0);
  await other.close();
});

test('going to a section scrolls the settings, and never the window', async ({ folder, server }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
  await app.page
    .getByRole('button', { name: /gpt-4o-mini$/ })
    .last()
    .click();
  await expect(app.page.getByRole('heading', { name: 'Provider' })).toBeInViewport();
  const lengths = await app.page.evaluate(() => {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    return { scrollTop, beyond: scrollHeight - clientHeight };
  });
  expect(lengths).toEqual({ scrollTop: 0, beyond: 0 });
  await app.quit();
});

test('how much a model reasons is chosen for the chat, and sent with the next message', async ({ folder, server }) => {
  server.respond(text('Fine.'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.page.keyboard.press('Control+4');
  await app.page.getByRole('combobox', { name: 'In the chat' }).click();
  await app.page.getByRole('option', { name: 'High', exact: true }).click();
  await expect(app.page.getByRole('combobox', { name: 'In batches' })).toHaveText('As little as the model allows');
  await expect.poll(async () => (await app.request('settings.get', undefined)).settings.chatEffort).toBe('high');
  await app.page.keyboard.press('Control+1');
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('How is it?');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Fine.');
  expect(server.chatRequests[0]?.body.reasoning_effort).toBe('high');
  await app.quit();
});

test('a model that the server does not know is met with the nearest, and one click uses it', async ({ folder }) => {
  const server = await startModelServer({ models: ['gpt-4o', 'gpt-4o-mini', 'o3'] });
  server.respond((request) => (request.body.model === 'gpt-4o-minii' ? modelNotFound('gpt-4o-minii') : text('OK.')));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', { ...settingsFor(server), model: 'gpt-4o-minii' });
  await app.page.keyboard.press('Control+4');
  await app.page.getByRole('button', { name: 'Test connection' }).click();
  await expect(
    app.page.getByText(/does not know the model gpt-4o-minii.* It lists gpt-4o-mini, gpt-4o, o3\./),
  ).toBeVisible();
  await app.page.getByRole('button', { name: 'Use gpt-4o-mini', exact: true }).click();
  await expect(app.page.getByText(/gpt-4o-mini replied/)).toBeVisible();
  expect((await app.request('settings.get', undefined)).settings.model).toBe('gpt-4o-mini');
  await app.quit();
  await server.close();
});

test('the connection test names the layer that failed', async ({ folder }) => {
  const server = await startModelServer({ apiKey: 'the-right-key' });
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const refused = await app.request('settings.test', undefined);
  expect(refused.map((check) => check.status)).toEqual(['ok', 'ok', 'failed', 'skipped', 'skipped']);
  await app.request('settings.setKey', { key: 'the-right-key', allowWeak: false });
  await app.page.keyboard.press('Control+4');
  await app.page.getByRole('button', { name: 'Test connection' }).click();
  await expect(app.page.getByText(/gpt-4o-mini\S* replied/)).toBeVisible();
  await server.close();
  const gone = await app.request('settings.test', undefined);
  expect(gone.map((check) => check.status)).toEqual(['ok', 'failed', 'skipped', 'skipped', 'skipped']);
  await app.quit();
});

test('the key reaches neither the window nor any file in the data folder', async ({ folder, server }) => {
  server.respond(text('Fine.'));
  const dataDir = join(folder, 'data');
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  const state = await app.request('settings.setKey', { key: KEY, allowWeak: false });
  expect(state.hint).toBe('WXYZ');
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Hello');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Fine.');
  expect(server.chatRequests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(JSON.stringify(await app.request('settings.get', undefined))).not.toContain(KEY);
  expect(await app.page.content()).not.toContain(KEY);
  await app.quit();
  const withKey = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(KEY));
  expect(withKey).toEqual([]);
});

test('a missing key is reported with a button that leads to its field', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', {
    ...defaultSettings,
    provider: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-4o-mini',
  });
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'Test connection' }).click();
  const layers = page.getByRole('status').getByRole('listitem');
  await expect(layers.filter({ hasText: 'Key' }).getByRole('img', { name: 'Failed' })).toBeVisible();
  await expect(layers.filter({ hasText: 'Address' }).getByRole('img', { name: 'OK' })).toBeVisible();
  await page.getByRole('button', { name: 'Go to the key' }).click();
  await expect(page.getByRole('textbox', { name: 'API key' })).toBeFocused();
  await app.quit();
});

test('the model field hides nothing while its list is empty', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await page.keyboard.press('Control+4');
  await page.getByRole('radio', { name: /^Other server/ }).click();
  const model = page.getByRole('combobox', { name: 'Model' });
  await model.click();
  await model.pressSequentially('qwen');
  await expect(model).toHaveAttribute('aria-expanded', 'false');
  // Nothing in the window is hidden from screen readers.
  await expect(page.getByRole('navigation', { name: 'Surfaces' })).toBeVisible();
  expect(await page.locator('#root, #root > *').evaluateAll((all) => all.map((part) => part.ariaHidden))).not.toContain(
    'true',
  );
  await app.quit();
});
