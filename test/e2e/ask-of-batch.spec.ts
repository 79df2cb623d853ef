import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelNotFound, text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a file too long for a message is asked about as a batch, which reads it whole', async ({ folder, server }) => {
  const file = join(folder, 'minutes.txt');
  const lines = Array.from({ length: 600 }, (_, n) => `Line ${n + 1} says that the costs of delivery rose again.`);
  writeFileSync(file, lines.join('\n'));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server, { contextTokens: 2_000 }));
  server.respond(() => text('They rose.'));
  await app.drop([file]);
  await expect(page.getByText(/reads only 2,000 at once/).last()).toBeVisible();
  const ask = page.getByRole('button', { name: 'Ask it of a batch' });
  await expect(ask).toBeDisabled();
  await page.getByRole('textbox', { name: 'Message' }).fill('How did the costs develop?');
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await ask.click();

  await expect(page.getByRole('heading', { name: 'minutes.txt' })).toBeVisible();
  await expect(page.getByText('1 of 1 file')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'minutes.txt' })).toContainText('They rose.');
  await expect(page.getByRole('button', { name: 'Recipe: Question of a chat' })).toBeVisible();
  const asked = server.chatRequests.map(({ prompt }) => prompt).join('\n');
  for (const line of [1, 300, 600]) expect(asked).toContain(`Line ${line} says`);
  // The chat keeps what was written there.
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('How did the costs develop?');

  // A conversation that has become too long has the same way out, with the files that were attached in it.
  const parts = ['May', 'June'].map((month) => join(folder, `${month}.txt`));
  for (const part of parts) writeFileSync(part, 'The costs of delivery rose again. '.repeat(140));
  await page.getByRole('button', { name: 'Remove minutes.txt' }).click();
  for (const [place, part] of parts.entries()) {
    await app.drop([part]);
    await page.getByRole('textbox', { name: 'Message' }).fill(`What about part ${place + 1}?`);
    // Once the file has been read.
    await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'Reply' })).toHaveCount(place + 1);
  }
  await expect(page.getByText(/^This conversation is about .* of them in attached files/)).toBeVisible();
  await page.getByRole('button', { name: 'Ask it of a batch' }).click();
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  expect(server.chatRequests.at(-1)?.prompt).toContain('What about part 2?');
  await app.quit();
});

test('a chat whose model is gone goes on with the nearest that the server lists', async ({ folder, server }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server, { model: 'gpt-4o-minii' }));
  server.respond(({ body }) => (body.model === 'gpt-4o-minii' ? modelNotFound('gpt-4o-minii') : text('Hello again.')));
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Use gpt-4o-mini$/ }).click();
  await expect(page.getByText('Hello again.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('And now?');
  await page.keyboard.press('Enter');
  await expect.poll(() => server.chatRequests.at(-1)?.body.model).toBe('gpt-4o-mini');
  await app.quit();
});
