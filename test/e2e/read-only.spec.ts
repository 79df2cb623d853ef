import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../support/model-server-replies.ts';
import { checkout, expect, launch, settingsFor, test } from './app.ts';
import { installForNobody } from './nobody.ts';

test('a data folder that can only be read shows its history, says so and sends nothing', async ({ folder, server }) => {
  server.respond(text('An answer'));
  const dataDir = join(folder, 'data');
  const writing = await launch({ dataDir });
  await writing.request('settings.save', settingsFor(server));
  const ask = async ({ page }: typeof writing, question: string) => {
    const composer = page.getByRole('textbox', { name: 'Message', exact: true });
    await composer.fill(question);
    await composer.press('Enter');
  };
  await ask(writing, 'A question');
  await expect(writing.page.getByText('An answer')).toBeVisible();
  await writing.quit();

  // Root can write everywhere, so somebody else reads what root owns.
  const installation = process.getuid?.() === 0 ? installForNobody(folder) : checkout;
  execFileSync('chmod', ['-R', 'a-w,a+rX', dataDir]);
  const said = join(folder, 'said.json');
  writeFileSync(said, '');
  chmodSync(said, 0o666);
  const hook = join(import.meta.dirname, 'hooks', 'keep-dialogs.cjs');
  const switches = [...installation.switches, '-r', hook];
  const app = await launch({ dataDir, env: { SAID: said }, installation: { ...installation, switches } });
  await expect.poll(() => readFileSync(said, 'utf8')).toContain('read-only');
  expect(JSON.parse(readFileSync(said, 'utf8')).detail).toContain(dataDir);

  await ask(app, 'Another question');
  await expect(app.page.getByRole('main')).toContainText(/read-only|cannot be written|could not be (stored|recorded)/i);
  await app.page.keyboard.press('Control+3');
  await app.page.getByRole('grid', { name: /Calls/ }).getByText('A question').click();
  await expect(app.page.getByRole('region', { name: 'Call', exact: true })).toContainText('An answer');
  expect(server.chatRequests).toHaveLength(1);
  await app.quit();
  execFileSync('chmod', ['-R', 'u+w', dataDir]);
});
