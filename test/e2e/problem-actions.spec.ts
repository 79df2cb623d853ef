import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startModelServer } from '../support/model-server.ts';
import { status } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a refused key leads to the field for the key', async ({ folder }) => {
  const server = await startModelServer({ apiKey: 'the-right-key' });
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Hello');
  await composer.press('Enter');
  const failed = app.page.getByRole('alert').filter({ hasText: 'does not accept the API key. Enter a valid key' });
  await failed.getByRole('button', { name: 'Settings' }).click();
  await expect(app.page.getByLabel('API key')).toBeFocused();
  await app.quit();
  await server.close();
});

test('an unknown model leads to the field for the model', async ({ folder, server }) => {
  server.respond(status(404, { body: { error: { message: 'The model does not exist.', code: 'model_not_found' } } }));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Hello');
  await composer.press('Enter');
  await app.page.getByRole('alert').getByRole('button', { name: 'Choose a model' }).click();
  await expect(app.page.getByLabel('Model', { exact: true })).toBeFocused();
  await app.quit();
});

test('a folder that is dropped before a model is chosen leads to the field for the model', async ({
  folder,
  server,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server, { model: '' }));
  await app.page.keyboard.press('Control+2');
  await expect(app.page.getByText(/^No model is chosen at 127/)).toBeVisible();
  const path = join(folder, 'lease.txt');
  writeFileSync(path, 'A lease.');
  await app.drop([path]);
  await app.page.getByRole('region', { name: 'Notifications' }).getByText('Choose a model').click();
  await expect(app.page.getByLabel('Model', { exact: true })).toBeFocused();
  await app.quit();
});

test('an unreadable file can be shown in its folder', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const path = join(folder, 'scan.png');
  writeFileSync(path, Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\0', 'latin1'));
  await app.page.keyboard.press('Control+2');
  await app.drop([path]);
  await app.page.getByRole('row', { name: /scan\.png/ }).click();
  const reason = app.page.getByRole('alert').filter({ hasText: 'This image is damaged' });
  await reason.getByRole('button', { name: 'Show the file' }).click();
  await expect(app.page.getByRole('alert')).toHaveCount(1);
  await app.quit();
});
