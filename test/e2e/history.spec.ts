import { join } from 'node:path';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a call is found by a word of its reply and shown whole, with the provider gone', async ({ folder, server }) => {
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
