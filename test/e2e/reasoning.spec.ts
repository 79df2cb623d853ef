import { join } from 'node:path';
import { bytes } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

function delta(of: object, finishReason: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: of, finish_reason: finishReason }] })}\n\n`;
}

test('reasoning streams in above the reply, folded, and is found and copied separately', async ({ folder, server }) => {
  const dataDir = join(folder, 'data');
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  const { page } = app;
  server.respond(
    bytes([delta({ reasoning_content: 'The committee ' }), delta({ reasoning_content: 'met twice.' })], {
      ending: 'hang',
    }),
  );
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('How often did they meet?');
  await composer.press('Enter');
  const reply = page.getByRole('article', { name: 'Reply' });
  const thinking = reply.getByRole('button', { name: 'Thinking' });
  await expect(thinking).toHaveAttribute('aria-expanded', 'false');
  await expect(reply).not.toContainText('The committee');
  await thinking.click();
  await expect(reply).toContainText('The committee met twice.');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(reply).toContainText('Stopped before its answer');

  server.respond(
    bytes([delta({ content: '<think>They met in May.' }), delta({ content: '</think>Twice.' }), delta({}, 'stop')], {
      everyMs: 150,
    }),
  );
  await reply.getByRole('button', { name: 'Regenerate' }).click();
  const thought = reply.getByRole('button', { name: /^Thought for \d/ });
  await expect(thought).toBeVisible();
  await expect(reply).toContainText('Twice.');
  await expect(reply).not.toContainText('They met in May.');

  await page.getByRole('region', { name: 'Messages' }).press('Control+F');
  const find = page.getByRole('textbox', { name: /^Find/ });
  await find.fill('in May');
  await expect(page.getByText('Not found')).toBeVisible();
  await thought.click();
  await expect(page.getByText('1 of 1')).toBeVisible();
  await find.press('Escape');

  const clipboard = () => app.electron.evaluate(({ clipboard: system }) => system.readText());
  await reply.getByRole('button', { name: 'Copy the reasoning' }).click();
  await expect.poll(clipboard).toBe('They met in May.');
  await reply.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect.poll(clipboard).toBe('Twice.');
  await app.quit();

  const again = await launch({ dataDir });
  await again.page.getByRole('option', { name: /How often/ }).click();
  const kept = again.page.getByRole('article', { name: 'Reply' });
  await expect(kept).toContainText('Twice.');
  await kept.getByRole('button', { name: /^Thought for \d/ }).click();
  await expect(kept).toContainText('They met in May.');
  await again.quit();
});
