/** Long and hostile conversations: reading, searching, selecting and navigating. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { stallMidStream, text } from '../support/model-server-replies.ts';
import { type App, expect, launch, projectRoot, settingsFor, test } from './app.ts';

const TITLE = 'A long conversation';
const writer = join(projectRoot, 'test/support/write-conversation.ts');

/** Questions with one reply each; `words` are in the replies of those turns. */
function writeConversation(dataDir: string, turns: number, words: readonly (readonly [number, string])[]): void {
  execFileSync(process.execPath, [writer, dataDir, String(turns), JSON.stringify(words)]);
}

async function ask(app: App, message: string): Promise<void> {
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(message);
  await composer.press('Enter');
}

const replies = (app: App) => app.page.getByRole('article', { name: 'Reply' });

test('replies that cannot be formatted are shown as text, and their conversation still opens', async ({
  folder,
  server,
}) => {
  const nested = [`${'- '.repeat(1_500)}a`, '>'.repeat(3_000), '1. '.repeat(2_000)];
  server.respond([...nested.map((content) => text(content)), text('**Well** again.')]);
  const dataDir = join(folder, 'data');
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  for (const [place] of nested.entries()) {
    await ask(app, `Hostile ${place}`);
    await expect(app.page.getByText('Nested too deeply to be laid out.')).toHaveCount(place + 1);
    await expect(app.page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  }
  await ask(app, 'And now?');
  await expect(replies(app).last().locator('strong')).toHaveText('Well');
  await app.quit();

  const again = await launch({ dataDir });
  await again.page.getByRole('option', { name: /Hostile 0/ }).click();
  await expect(replies(again)).toHaveCount(4);
  for (const [place] of nested.entries()) {
    await again.page
      .locator('[data-message]')
      .nth(2 * place + 1)
      .scrollIntoViewIfNeeded();
    await expect(replies(again).nth(place)).toContainText('Nested too deeply to be laid out.');
  }
  await expect(replies(again).nth(1)).toContainText('>'.repeat(3_000));
  await expect(replies(again).last().locator('strong')).toHaveText('Well');
  await again.quit();
});

test('all of 300 messages can be selected, and the first is one key press away', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  writeConversation(dataDir, 150, []);
  const app = await launch({ dataDir });
  await app.page.getByRole('option', { name: TITLE }).click();
  await expect(replies(app).last()).toBeInViewport();
  const messages = app.page.getByRole('region', { name: 'Messages' });
  await messages.focus();
  await messages.press('ControlOrMeta+a');
  const selected = await app.page.evaluate(() => String(getSelection()));
  for (const turn of [1, 2, 75, 149, 150]) {
    expect(selected).toContain(`Question number ${turn}?`);
    expect(selected).toContain(`Reply number ${turn}.`);
  }
  await messages.press('Home');
  const first = app.page.getByRole('article', { name: 'Your message' }).first();
  await expect(first).toBeInViewport();
  await expect(first).toContainText('Question number 1?');
  await expect.poll(() => messages.evaluate((element) => element.scrollTop)).toBe(0);
  // It is formatted like the others.
  await expect(replies(app).first().locator('strong')).toHaveText('point');
  await messages.press('End');
  await expect(replies(app).last()).toBeInViewport();
  await app.quit();
});

test('words are found in 300 messages, drawn or not, and in streaming ones', async ({ folder, server }) => {
  server.respond(stallMidStream(4));
  const dataDir = join(folder, 'data');
  writeConversation(dataDir, 150, [
    [3, 'The needle is *here*.'],
    [140, 'A second **nee**dle.'],
  ]);
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  const { page } = app;
  await page.getByRole('option', { name: TITLE }).click();
  await expect(replies(app).last()).toBeInViewport();

  await page.keyboard.press('ControlOrMeta+f');
  const field = page.getByRole('textbox', { name: 'Find in this conversation' });
  await expect(field).toBeFocused();
  await field.fill('needle');
  const bar = page.getByRole('search', { name: 'Find in this conversation' });
  await expect(bar.getByRole('status')).toHaveText('1 of 2');
  await expect(page.getByText('The needle is here.')).toBeInViewport();
  await field.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('2 of 2');
  await expect(page.getByText('A second needle.')).toBeInViewport();
  await field.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('1 of 2');
  await field.press('Shift+Enter');
  await expect(bar.getByRole('status')).toHaveText('2 of 2');
  await field.fill('no such word');
  await expect(bar.getByRole('status')).toHaveText('Not found');
  await field.fill('committee');
  await expect(bar.getByRole('status')).toHaveText('Not found');
  await ask(app, 'Go on');
  await expect(bar.getByRole('status')).toHaveText('1 of 1');

  // The first Esc closes the bar without stopping the reply.
  await field.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await app.quit();
});

test('a call found by a search leads to its message, which is visible and marked', async ({ folder, server }) => {
  server.respond((request) =>
    text(request.prompt.includes('early') ? 'The needle is here.' : `${'A line of a reply.\n\n'.repeat(30)}`),
  );
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const { page } = app;
  for (const question of ['An early question', 'Another', 'And another']) {
    await ask(app, question);
    await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  }
  await expect(replies(app)).toHaveCount(3);
  await page.keyboard.press('ControlOrMeta+3');
  await page.getByRole('searchbox', { name: /Search/ }).fill('needle');
  const rows = page.getByRole('grid').getByRole('row');
  await rows.filter({ hasText: 'An early question' }).first().click();
  await page.getByRole('button', { name: 'Open the conversation' }).click();
  await expect(replies(app).first().getByText('The needle is here.')).toBeInViewport();
  await expect(page.locator('[data-message][aria-current]')).toContainText('The needle is here.');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await app.quit();
});

test('a conversation found by a message opens at that message, and Enter marks the words', async ({
  folder,
  server,
}) => {
  server.respond((request) =>
    text(request.prompt.includes('early') ? 'The needle is here.' : `${'A line of a reply.\n\n'.repeat(30)}`),
  );
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  const { page } = app;
  for (const [place, question] of ['An early question', 'Another', 'And another'].entries()) {
    await ask(app, question);
    await expect(replies(app)).toHaveCount(place + 1);
    await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  }
  await expect(page.getByText('The needle is here.')).not.toBeInViewport();
  await page.getByRole('searchbox', { name: /^Filter conversations/ }).fill('needle');
  const list = page.getByRole('listbox', { name: 'Conversations' });
  await expect(page.getByText('1 of 1 conversation', { exact: true })).toBeVisible();
  await list.getByRole('option', { name: /An early question/ }).click();
  const marked = page.locator('[data-message][aria-current]');
  await expect(marked).toContainText('The needle is here.');
  await expect(marked).toBeInViewport();
  // The arrow keys still belong to the list.
  await expect(list).toBeFocused();
  await list.press('Enter');
  await expect(page.getByRole('search', { name: 'Find in this conversation' }).getByRole('status')).toHaveText(
    '1 of 1',
  );
  await expect(page.getByText('The needle is here.')).toBeInViewport();
  await app.quit();
});

test('Enter during a reply says why nothing is sent, and sends once the reply is done', async ({ folder, server }) => {
  server.respond([stallMidStream(4), text('Second.')]);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await ask(app, 'Slowly please');
  await expect(app.page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await ask(app, 'The next one');
  const word = app.page.getByRole('status').filter({ hasText: 'Not sent yet: the reply is still being written.' });
  await expect(word).toBeVisible();
  await expect(app.page.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue('The next one');
  server.release();
  await expect(word).toHaveCount(0);
  await app.page.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
  await expect(replies(app).last()).toContainText('Second.');
  await app.quit();
});

test('a message that cannot be drawn is shown as text, and its neighbours as ever', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  writeConversation(dataDir, 3, [[2, 'The **words** of the second.']]);
  const db = new Database(join(dataDir, 'docket.db'));
  // As a later version might leave it.
  db.exec("UPDATE messages SET status = 'unheard of' WHERE content LIKE '%words%'");
  db.close();
  const app = await launch({ dataDir });
  await app.page.getByRole('option', { name: TITLE }).click();
  await expect(replies(app)).toHaveCount(3);
  await expect(replies(app).nth(1)).toContainText('a fault in Docket');
  await expect(replies(app).nth(1)).toContainText('The **words** of the second.');
  for (const place of [0, 2]) await expect(replies(app).nth(place).locator('strong')).toHaveText('point');
  await expect(app.page.getByText('Question number 2?')).toBeVisible();
  await expect(app.page.getByRole('textbox', { name: 'Message', exact: true })).toBeEnabled();
  await app.quit();
});

test('the match that was gone to stays in sight when the window is resized and a reply regenerated', async ({
  folder,
  server,
}) => {
  server.respond(text(`${'A line of another reply.\n\n'.repeat(60)}The end of it.`));
  const dataDir = join(folder, 'data');
  writeConversation(dataDir, 30, [[3, `The needle is here. ${'And it goes on, '.repeat(60)}`]]);
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  const { page } = app;
  await page.getByRole('option', { name: TITLE }).click();
  await expect(replies(app).last()).toBeInViewport();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in this conversation' }).fill('needle');
  const match = page.getByText('The needle is here.');
  await expect(match).toBeInViewport();

  const resize = (width: number, height: number) =>
    app.electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
  for (const [width, height] of [
    [800, 600],
    [1_300, 800],
    [900, 620],
  ] as const) {
    await resize(width, height);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    await expect(match).toBeInViewport();
  }

  // As from the keyboard, without a scroll to the button.
  await replies(app).last().getByRole('button', { name: 'Regenerate' }).dispatchEvent('click');
  await expect(replies(app).last()).toContainText('The end of it.');
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  await expect(match).toBeInViewport();
  await app.quit();
});
