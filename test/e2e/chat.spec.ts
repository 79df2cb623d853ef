import { join } from 'node:path';
import { cutMidStream, rateLimited, stallMidStream, text } from '../support/model-server-replies.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';

async function openChat(folder: string, server: { url: string }): Promise<App> {
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  return app;
}

async function ask(app: App, message: string): Promise<void> {
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(message);
  await composer.press('Enter');
}

test('a reply streams into the window with its tokens, and question and reply survive a restart', async ({
  folder,
  server,
}) => {
  server.respond(
    text('The **answer** is forty-two.', {
      chunks: 7,
      delayBetweenChunksMs: 30,
      usage: { prompt_tokens: 11, completion_tokens: 6, total_tokens: 17 },
    }),
  );
  const app = await openChat(folder, server);
  await ask(app, 'What is the answer?');
  const reply = app.page.getByRole('article', { name: 'Reply' });
  await expect(reply).toContainText('The answer is forty-two.');
  await expect(reply.locator('strong')).toHaveText('answer');
  await expect(reply).toContainText('11 in, 6 out');
  expect(server.violations).toEqual([]);
  await app.quit();

  const again = await launch({ dataDir: join(folder, 'data') });
  await again.page.getByRole('option', { name: /What is the answer/ }).click();
  await expect(again.page.getByRole('article', { name: 'Your message' })).toContainText('What is the answer?');
  await expect(again.page.getByRole('article', { name: 'Reply' })).toContainText('The answer is forty-two.');
  await again.quit();
});

test('a reply can be stopped, the part that arrived is kept, and a new reply becomes a sibling', async ({
  folder,
  server,
}) => {
  server.respond([stallMidStream(4)]);
  const app = await openChat(folder, server);
  await ask(app, 'Tell me a long story');
  const reply = app.page.getByRole('article', { name: 'Reply' });
  await expect(reply).toContainText('The committee met');
  await app.page.getByRole('button', { name: 'Stop' }).click();
  await expect(reply).toContainText('Stopped');
  await expect(app.page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await expect(reply).toContainText('The committee met');

  server.respond(text('A second try.'));
  await reply.getByRole('button', { name: 'Regenerate' }).click();
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('A second try.');
  await app.page.getByRole('button', { name: 'Previous version' }).click();
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('The committee met');
  await app.quit();
});

test('a reply waiting to retry says why and how long, announces it once, and can be stopped at once', async ({
  folder,
  server,
}) => {
  server.respond(rateLimited({ retryAfterSeconds: 60 }));
  const app = await openChat(folder, server);
  await ask(app, 'Are you there?');
  const reply = app.page.getByRole('article', { name: 'Reply' });
  const line = reply.getByText(/asks to wait 60 s before the next call \(HTTP 429\)\. Trying again in .+ \(2 of 5\)$/);
  await expect(line).toBeVisible();
  const announced = app.page.getByRole('status').filter({ hasText: 'asks to wait' });
  await expect(announced).toHaveCount(1);
  const said = await announced.textContent();
  const seconds = async () => Number(/in (\d+) s/.exec((await line.textContent()) ?? '')?.[1] ?? 60);
  const before = await seconds();
  await expect.poll(seconds).toBeLessThan(before - 1);
  expect(await announced.textContent()).toBe(said);

  // A page that missed the event shows nothing.
  await app.page.reload();
  await app.page.getByRole('option', { name: /Are you there/ }).click();
  await expect(reply).toContainText('Waiting for the first words');
  await expect(line).toHaveCount(0);

  await app.page.getByRole('button', { name: 'Stop' }).click();
  await expect(reply).toContainText('Stopped');
  await expect(reply).not.toContainText('Trying again');
  expect(server.chatRequestCount).toBe(1);
  await app.quit();
});

test('the waiting line disappears with the first words', async ({ folder, server }) => {
  // Long enough to be seen on a slow machine, too.
  server.respond([rateLimited({ retryAfterSeconds: 9 }), text('Here I am.')]);
  const app = await openChat(folder, server);
  await ask(app, 'Are you there?');
  const reply = app.page.getByRole('article', { name: 'Reply' });
  await expect(reply).toContainText(/asks to wait 9 s .* Trying again in \d s \(2 of 5\)/);
  await expect(reply).toContainText('Here I am.');
  await expect(reply).not.toContainText('Trying again');
  await app.quit();
});

test('an edited question is asked again and the old one stays', async ({ folder, server }) => {
  server.respond((request) => text(`You asked: ${request.prompt}`));
  const app = await openChat(folder, server);
  await ask(app, 'First wording');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('You asked: First wording');
  const question = app.page.getByRole('article', { name: 'Your message' });
  await question.hover();
  await question.getByRole('button', { name: 'Edit and ask again' }).click();
  const editor = app.page.getByRole('textbox', { name: 'Your message' });
  await editor.fill('Second wording');
  await editor.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('You asked: Second wording');
  await app.page.getByRole('button', { name: 'Previous version' }).first().click();
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('You asked: First wording');
  await app.quit();
});

test('a question being edited stays visible when the view is resized', async ({ folder, server }) => {
  server.respond(text(Array.from({ length: 20 }, (_, line) => `Line ${line + 1}.`).join('\n\n')));
  const app = await openChat(folder, server);
  const resize = (width: number, height: number) =>
    app.electron.evaluate(
      ({ BrowserWindow }, [x, y]) => BrowserWindow.getAllWindows()[0]?.setContentSize(x ?? 0, y ?? 0),
      [width, height],
    );
  await resize(1280, 1000);
  await ask(app, 'How many lines?');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Line 20.');
  await app.page.getByRole('article', { name: 'Your message' }).hover();
  await app.page.getByRole('button', { name: 'Edit and ask again' }).click();
  const again = app.page.getByRole('button', { name: 'Ask again' });
  await expect(again).toBeInViewport();
  await resize(800, 600);
  await expect.poll(() => app.page.evaluate(() => innerHeight)).toBe(600);
  // Waits for the frames in which the view would have scrolled to its end.
  await app.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(again).toBeInViewport();
  await app.quit();
});

test('a connection that breaks keeps the partial reply and says what happened', async ({ folder, server }) => {
  server.respond(cutMidStream(3));
  const app = await openChat(folder, server);
  await ask(app, 'Go on');
  const reply = app.page.getByRole('article', { name: 'Reply' });
  await expect(reply).toContainText(/connection .* broke/i);
  await expect(reply).toContainText('The committee met');
  await app.quit();
});

test('quitting while a reply streams keeps the part that arrived', async ({ folder, server }) => {
  server.respond(stallMidStream(5));
  const app = await openChat(folder, server);
  await ask(app, 'Are you there?');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('The committee met on');
  await app.quit();
  await server.waitUntil(() => server.sockets.open === 0);

  const again = await launch({ dataDir: join(folder, 'data') });
  await again.page.getByRole('option', { name: /Are you there/ }).click();
  const reply = again.page.getByRole('article', { name: 'Reply' });
  await expect(reply).toContainText('The committee met on');
  await expect(reply).toContainText(/Docket closed/i);
  const { rows } = await again.request('history.page', { limit: 10 });
  expect(rows.map((row) => row.status)).toEqual(['cancelled']);
  await again.quit();
});

test('the next message can be written while a reply streams, and Shift+Enter inserts a line break', async ({
  folder,
  server,
}) => {
  server.respond(stallMidStream(4));
  const app = await openChat(folder, server);
  await ask(app, 'Slowly please');
  await expect(app.page.getByRole('button', { name: 'Stop' })).toBeVisible();
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.pressSequentially('next');
  await composer.press('Shift+Enter');
  await composer.pressSequentially('line');
  await expect(composer).toHaveValue('next\nline');
  server.release();
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('its report today.');
  await expect(composer).toHaveValue('next\nline');
  await app.quit();
});

test('a long pasted text is shown above the field, survives a restart, and is sent before the typed text', async ({
  folder,
  server,
}) => {
  server.respond(text('Read.'));
  const app = await openChat(folder, server);
  const report = 'The committee met on Tuesday.\n'.repeat(10_000).trimEnd();
  await app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), report);
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.press('ControlOrMeta+v');
  const pasted = (of: App) => of.page.getByRole('listitem').filter({ hasText: 'Pasted text, 299,999 characters' });
  await expect(pasted(app)).toBeVisible();
  await composer.pressSequentially('When did it meet?');
  await expect(composer).toHaveValue('When did it meet?');
  await app.quit();

  const again = await launch({ dataDir: join(folder, 'data') });
  await expect(pasted(again)).toBeVisible();
  await again.page.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
  await expect(again.page.getByRole('article', { name: 'Reply' })).toContainText('Read.');
  expect(server.chatRequests[0]?.prompt).toBe(`${report}\n\nWhen did it meet?`);
  await expect(pasted(again)).toHaveCount(0);

  // Once it is removed, there is nothing to send.
  await again.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), report);
  await again.page.getByRole('textbox', { name: 'Message', exact: true }).press('ControlOrMeta+v');
  await expect(again.page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await again.page.getByRole('button', { name: 'Remove the pasted text' }).click();
  await expect(again.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await again.quit();
});

test('a long pasted text can be read, edited, copied and moved into the field', async ({ folder, server }) => {
  server.respond(text('Read.'));
  const app = await openChat(folder, server);
  const clip = (copied: string) => app.electron.evaluate(({ clipboard }, value) => clipboard.writeText(value), copied);
  const report = 'The committee met on Tuesday.\n'.repeat(1_000).trimEnd();
  await clip(report);
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.press('ControlOrMeta+v');
  await composer.pressSequentially('When did it meet?');

  const chip = app.page.getByRole('button', { name: /Pasted text, 29,999 characters/ });
  await chip.press('Enter');
  const pane = app.page.getByRole('region', { name: 'Pasted text' });
  await expect(pane.locator('pre').first()).toContainText('The committee met on Tuesday.');
  await clip('');
  await pane.getByRole('button', { name: 'Copy the text' }).click();
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(report);

  await pane.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = pane.getByRole('textbox', { name: 'Pasted text' });
  await expect(field).toBeFocused();
  await field.press('ControlOrMeta+Home');
  await field.pressSequentially('No');
  // A window too narrow for both shows only the pane, with the caret where it was.
  for (const width of [800, 1280]) {
    await app.electron.evaluate(
      ({ BrowserWindow }, x) => BrowserWindow.getAllWindows()[0]?.setContentSize(x, 800),
      width,
    );
    await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(width);
    await expect(field).toBeFocused();
  }
  await field.pressSequentially('te: ');
  await app.page.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
  const changed = app.page.getByRole('button', { name: /^Note: The committee.*Pasted text, 30,005 characters/ });
  await expect(changed).toBeFocused();

  await changed.click();
  await pane.getByRole('button', { name: 'Move into the message' }).click();
  await expect(pane).toHaveCount(0);
  await expect(changed).toHaveCount(0);
  await expect(composer).toBeFocused();
  await expect(composer).toHaveValue(`Note: ${report}\n\nWhen did it meet?`);
  await composer.press('Enter');
  await expect.poll(() => server.chatRequests[0]?.prompt).toBe(`Note: ${report}\n\nWhen did it meet?`);

  // Removing the text closes its pane.
  await clip(report);
  await composer.press('ControlOrMeta+v');
  await chip.click();
  await expect(pane).toBeVisible();
  await app.page.getByRole('button', { name: 'Remove the pasted text' }).click();
  await expect(pane).toHaveCount(0);
  await app.quit();
});

test('hostile Markdown does nothing: no image is loaded, no script runs, no window opens', async ({
  folder,
  server,
}) => {
  const hostile = [
    '<script>window.hacked = true</script><img src=x onerror="window.hacked = true">',
    `![pixel](${server.url}/pixel.png) ![ref][r]`,
    '[file](file:///etc/passwd) [js](javascript:alert(1)) [smb](smb://host/share) [web](https://example.org/)',
    '',
    `[r]: ${server.url}/reference.png`,
  ].join('\n');
  server.respond(text(hostile));
  const app = await openChat(folder, server);
  await ask(app, 'Be evil');
  const reply = app.page.getByRole('article', { name: 'Reply' });
  await expect(reply).toContainText('web');
  expect(await app.page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined();
  await expect(reply.locator('img')).toHaveCount(0);
  for (const scheme of ['file:', 'javascript:', 'smb:'])
    await expect(reply.locator(`[href^="${scheme}"]`)).toHaveCount(0);
  expect(server.requests.map((request) => request.path)).not.toContainEqual(expect.stringContaining('png'));
  expect(app.electron.windows()).toHaveLength(1);
  await app.quit();
});

test('a conversation in the list has a menu, which does not switch conversations', async ({ folder, server }) => {
  server.respond(text('Noted.'));
  const app = await openChat(folder, server);
  const { page } = app;
  const shown = page.getByRole('heading', { level: 1 });
  const titles = ['The oldest of four', 'The second of four', 'The third of four', 'The newest of four'];
  for (const question of titles) {
    await page.getByRole('button', { name: 'New chat' }).click();
    await ask(app, question);
    await expect(page.getByRole('article', { name: 'Reply' })).toContainText('Noted.');
  }
  const list = page.getByRole('listbox', { name: 'Conversations' });
  const openMenu = async (title: string) => {
    await list.getByRole('option', { name: title }).hover();
    await page.getByRole('button', { name: `Actions for ${title}` }).click();
    await expect(page.getByRole('menu', { name: `Actions for ${title}` })).toBeVisible();
  };

  // Keys in the menu belong to it, not to the list behind it.
  await openMenu('The second of four');
  await page.keyboard.press('Delete');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await expect(shown).toHaveText('The newest of four');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('option', { name: 'The second of four' })).toHaveCount(0);
  await expect(shown).toHaveText('The newest of four');
  await expect(list).toBeFocused();

  // With the mouse.
  await openMenu('The oldest of four');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(list.getByRole('option', { name: 'The oldest of four' })).toHaveCount(0);
  await expect(shown).toHaveText('The newest of four');

  // By keys alone, and by a right click.
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'Actions for The newest of four' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await list.getByRole('option', { name: 'The third of four' }).click({ button: 'right' });
  await expect(shown).toHaveText('The newest of four');
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const title = page.getByRole('textbox', { name: 'Title' });
  await expect(title).toBeFocused();
  await title.fill('Another title');
  await title.press('Enter');
  await expect(list.getByRole('option', { name: 'Another title' })).toBeVisible();
  await expect(list).toBeFocused();

  // From above the conversation, even while a filter hides it in the list.
  await page.getByRole('searchbox', { name: /^Filter conversations/ }).fill('Another');
  await expect(list.getByRole('option')).toHaveCount(1);
  await page.getByRole('button', { name: 'Actions for this conversation' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(title).toBeFocused();
  await title.fill('The newest of all');
  await title.press('Enter');
  await expect(shown).toHaveText('The newest of all');
  await app.quit();
});

test('a shortcut shown in the open palette works, and closes the palette', async ({ folder, server }) => {
  server.respond(text('Noted.'));
  const app = await openChat(folder, server);
  const { page } = app;
  await ask(app, 'The only one');
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText('Noted.');
  const palette = page.getByRole('dialog', { name: 'Command palette' });

  await page.keyboard.press('Control+K');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Control+N');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New chat');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await app.quit();
});

test('words in messages are found by the palette and by the list of conversations', async ({ folder, server }) => {
  server.respond((request) => text(request.prompt.includes('bird') ? 'The kingfisher is blue.' : 'Oaks grow slowly.'));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  for (const question of ['Name a bird', 'Name a tree']) {
    await page.keyboard.press('Control+N');
    await composer.fill(question);
    await composer.press('Enter');
    await expect(page.getByRole('article', { name: 'Reply' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  }
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: /^Search commands/ }).fill('kingfisher');
  await page.getByRole('option', { name: /The kingfisher is blue/ }).click();
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText('kingfisher');

  await page.getByRole('searchbox', { name: /^Filter conversations/ }).fill('slowly');
  await expect(page.getByText('1 of 2 conversations')).toBeVisible();
  await expect(page.getByRole('option', { name: /Name a tree/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /Name a bird/ })).toHaveCount(0);
  // A conversation hidden by the filter becomes visible when it is navigated to.
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: /^Search commands/ }).fill('kingfisher');
  await page.getByRole('option', { name: /The kingfisher is blue/ }).click();
  const list = page.getByRole('listbox', { name: 'Conversations' });
  await expect(list.getByRole('option', { name: /Name a bird/ })).toBeVisible();
  await app.quit();
});
