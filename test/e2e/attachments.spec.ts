import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { pdf, source } from '../support/corpus.ts';
import { text } from '../support/model-server-replies.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';

/** Two readable files and one locked with a password. */
async function writePapers(folder: string): Promise<readonly string[]> {
  const papers = join(folder, 'Papers');
  mkdirSync(papers);
  const files = {
    'supplier-contract.pdf': await pdf('supplier-contract.txt'),
    'board-minutes.md': await source('board-minutes.md'),
    'salaries.pdf': await pdf('quarterly-report.txt', { userPassword: 'secret' }),
  };
  return Object.entries(files).map(([name, bytes]) => {
    writeFileSync(join(papers, name), bytes);
    return join(papers, name);
  });
}

/** Stands in for the system's dialog, which cannot be automated; the rest is the app's own. */
async function attach(app: App, filePaths: readonly string[], to: Page | Locator = app.page): Promise<void> {
  await app.electron.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...paths] });
  }, filePaths);
  await to.getByRole('button', { name: 'Attach files' }).click();
}

async function ask(app: App, message: string): Promise<void> {
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(message);
  await composer.press('Enter');
}

const draftFiles = (app: App) => app.page.getByRole('list', { name: 'Files in your message' }).getByRole('listitem');
const askedFiles = (app: App) => app.page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
/** The line under the files; until all have been read, a screen reader hears no more than it says. */
const whyWaiting = (within: Page | Locator) => within.getByRole('paragraph').filter({ hasText: 'then send' });
const question = 'When may the Buyer withdraw from the order?';

test('attached files are read, a bad one says why, and the built-in engine quotes them by name', async ({ folder }) => {
  const papers = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await attach(app, papers);

  await expect(draftFiles(app)).toHaveCount(3);
  await expect(draftFiles(app).filter({ hasText: 'supplier-contract.pdf' })).toContainText(
    /\d+ pages?, [\d,]+ characters/,
  );
  await expect(draftFiles(app).filter({ hasText: 'salaries.pdf' })).toContainText(/password/);
  await expect(app.page.getByRole('status').filter({ hasText: 'salaries.pdf could not be read' })).toBeAttached();

  // Files copied from a page cannot be granted.
  await app.page.getByRole('textbox', { name: 'Message', exact: true }).evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['x'], 'picture.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(draftFiles(app).filter({ hasText: 'picture.png' })).toContainText('not a file on this machine');
  await app.page.getByRole('button', { name: 'Remove picture.png' }).click();

  // A failed file is never silently left out: the message waits until it is removed.
  await ask(app, question);
  await expect(whyWaiting(app.page)).toContainText('Remove the file that could not be read, then send.');
  await expect(app.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  const remove = app.page.getByRole('button', { name: 'Remove salaries.pdf' });
  await remove.focus();
  await remove.press('Delete');
  await expect(draftFiles(app)).toHaveCount(2);

  await app.page.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
  const reply = app.page.getByRole('article', { name: 'Reply from the built-in text engine' });
  await expect(reply.locator('blockquote').first()).toContainText(
    /— supplier-contract\.pdf, line \d+, sentence \d+ of \d+/,
  );
  await expect(askedFiles(app)).toHaveText([/^supplier-contract\.pdf.*page/, /^board-minutes\.md/]);
  await expect(draftFiles(app)).toHaveCount(0);
  await app.quit();
});

test('a model receives the documents, which are still available after a restart without the files', async ({
  folder,
  server,
}) => {
  server.respond(text('Ninety days.'));
  const papers = (await writePapers(folder)).slice(0, 2);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop(papers);
  await expect(draftFiles(app)).toHaveCount(2);
  await expect(draftFiles(app).first()).toContainText('characters');
  await ask(app, question);
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Ninety days.');
  const sent = server.chatRequests[0]?.prompt ?? '';
  expect(sent).toMatch(/^<document name="supplier-contract\.pdf">\n[\s\S]+<document name="board-minutes\.md">\n/);
  expect(sent.endsWith(`</document>\n\n${question}`)).toBe(true);
  expect(server.violations).toEqual([]);
  await app.quit();
  rmSync(join(folder, 'Papers'), { recursive: true });

  const again = await launch({ dataDir: join(folder, 'data') });
  await again.page.getByRole('option', { name: /When may the Buyer/ }).click();
  await expect(askedFiles(again)).toHaveCount(2);
  await askedFiles(again)
    .getByRole('button', { name: /board-minutes/ })
    .click();
  const pane = again.page.getByRole('region', { name: 'File text' });
  await expect(pane).toContainText('Text sent to the model');
  await expect(pane.locator('pre').first()).toContainText(/board/i);
  await again.page.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
  await expect(askedFiles(again).getByRole('button', { name: /board-minutes/ })).toBeFocused();

  // Asks again with one file less; the old question keeps both.
  await again.page.getByRole('article', { name: 'Your message' }).hover();
  await again.page.getByRole('button', { name: 'Edit and ask again' }).click();
  await again.page.getByRole('button', { name: 'Remove board-minutes.md' }).click();
  await again.page.getByRole('button', { name: 'Ask again' }).click();
  await expect(askedFiles(again)).toHaveText([/^supplier-contract\.pdf/]);
  await expect.poll(() => server.chatRequests.length).toBe(2);
  expect(server.chatRequests[1]?.prompt).not.toContain('board-minutes.md');
  await again.page.getByRole('button', { name: 'Previous version' }).first().click();
  await expect(askedFiles(again)).toHaveCount(2);
  await again.quit();
});

test('the files of a draft stay with their conversation across a restart; a folder becomes a batch', async ({
  folder,
  server,
}) => {
  server.respond(text('Yes.'));
  const papers = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await ask(app, 'Are you there?');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Yes.');
  await app.drop(papers);
  await expect(draftFiles(app).filter({ hasText: 'characters' })).toHaveCount(2);

  await app.page.keyboard.press('Control+n');
  await expect(draftFiles(app)).toHaveCount(0);
  await app.page.getByRole('option', { name: /Are you there/ }).click();
  await expect(draftFiles(app)).toHaveCount(3);
  await app.quit();

  const again = await launch({ dataDir: join(folder, 'data') });
  await again.page.getByRole('option', { name: /Are you there/ }).click();
  await expect(draftFiles(again).filter({ hasText: 'characters' })).toHaveCount(2);
  await expect(draftFiles(again).filter({ hasText: 'salaries.pdf' })).toContainText('before it had read this file');

  await again.drop([join(folder, 'Papers')]);
  await expect(again.page.getByText('A folder was dropped, so this became a batch')).toBeVisible();
  const totals = async () => (await again.request('batch.list', undefined)).map(({ counts }) => counts.total);
  await expect.poll(totals).toEqual([3]);
  await again.quit();
});

test('a file that is attached twice is told, and one press keeps one', async ({ folder, server }) => {
  const path = join(folder, 'minutes.md');
  writeFileSync(path, 'The board agreed.');
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await attach(app, [path]);
  await expect(draftFiles(app)).toContainText(['17 characters']);
  await attach(app, [path]);
  await expect(app.page.getByText('minutes.md is attached more than once').last()).toBeVisible();
  await app.page.getByRole('button', { name: 'Keep one' }).click();
  await expect(draftFiles(app)).toHaveCount(1);
  await expect(app.page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await app.quit();
});

test('the file added last is visible if there is room for only a few', async ({ folder }) => {
  const papers = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
  await app.drop(papers);
  await expect(draftFiles(app).filter({ hasText: 'password' })).toBeInViewport({ ratio: 0.9 });
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('The committee met on Tuesday. '.repeat(1_000)));
  await app.page.getByRole('textbox', { name: 'Message', exact: true }).press('ControlOrMeta+v');
  await expect(draftFiles(app).filter({ hasText: 'Pasted text' })).toBeInViewport({ ratio: 0.9 });
  await app.quit();
});

test('a file with any name is read under a locale that is not installed', async ({ folder }) => {
  const minutes = join(folder, '会议记录.txt');
  writeFileSync(minutes, 'The committee met on Tuesday.');
  // What `npm start` passes to Electron under zz_ZZ.UTF-8.
  const env = { LC_ALL: 'C.UTF-8', LANGUAGE: 'zz_ZZ' };
  const app = await launch({ dataDir: join(folder, 'data'), env });
  await app.drop([minutes]);
  await expect(draftFiles(app)).toContainText(['会议记录.txt']);
  await expect(draftFiles(app)).toContainText(['29 characters']);
  await app.quit();
});

test('files can be added to an edited question, and its own kept or removed', async ({ folder, server }) => {
  server.respond(text('Yes.'));
  const [contract = '', minutes = ''] = await writePapers(folder);
  const notes = join(folder, 'notes.txt');
  writeFileSync(notes, 'The valve was replaced in March.');
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([contract]);
  await expect(draftFiles(app)).toContainText(['characters']);
  await ask(app, question);
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Yes.');

  await app.page.getByRole('article', { name: 'Your message' }).hover();
  await app.page.getByRole('button', { name: 'Edit and ask again' }).click();
  const editor = app.page.getByRole('article', { name: 'Edit your message' });
  const files = editor.getByRole('list', { name: 'Files in the edited message' }).getByRole('listitem');
  await expect(files).toHaveText([/supplier-contract\.pdf/]);
  await app.drop([minutes]);
  await expect(files.filter({ hasText: 'board-minutes.md' })).toContainText('characters');
  await attach(app, [notes], editor);
  await expect(files.filter({ hasText: 'notes.txt' })).toContainText('32 characters');
  await expect(draftFiles(app)).toHaveCount(0);
  // A long text pasted there becomes a separate piece, too.
  const report = 'The committee met on Tuesday.\n'.repeat(1_000).trimEnd();
  await app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), report);
  await editor.getByRole('textbox', { name: 'Your message' }).press('ControlOrMeta+v');
  await expect(files.last()).toContainText('Pasted text, 29,999 characters');
  await files
    .first()
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(editor.getByRole('textbox', { name: 'Your message' })).toBeFocused();
  await expect(files).toHaveCount(3);

  // Switching conversations does not end the edit.
  await app.page.keyboard.press('Control+n');
  await expect(editor).toHaveCount(0);
  await app.page.getByRole('option', { name: /When may the Buyer/ }).click();
  await expect(files).toHaveCount(3);

  await editor.getByRole('button', { name: 'Ask again' }).click();
  await expect.poll(() => server.chatRequests.length).toBe(2);
  const sent = server.chatRequests[1]?.prompt ?? '';
  expect([...sent.matchAll(/<document name="([^"]+)">/g)].map((match) => match[1])).toEqual([
    'board-minutes.md',
    'notes.txt',
  ]);
  expect(sent.endsWith(`</document>\n\n${report}\n\n${question}`)).toBe(true);
  await expect(askedFiles(app)).toHaveText([/^board-minutes\.md/, /^notes\.txt/]);
  await app.page.getByRole('button', { name: 'Previous version' }).first().click();
  await expect(askedFiles(app)).toHaveText([/^supplier-contract\.pdf/]);
  await app.quit();
});

test('an unsent edit survives a restart, with its files and pasted text', async ({ folder, server }) => {
  server.respond(text('Yes.'));
  const [contract = '', minutes = ''] = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([contract]);
  await expect(draftFiles(app)).toContainText(['characters']);
  await ask(app, question);
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Yes.');
  const editorOf = (of: App) => of.page.getByRole('article', { name: 'Edit your message' });
  const filesOf = (of: App) =>
    editorOf(of).getByRole('list', { name: 'Files in the edited message' }).getByRole('listitem');

  await app.page.getByRole('article', { name: 'Your message' }).hover();
  await app.page.getByRole('button', { name: 'Edit and ask again' }).click();
  await app.drop([minutes]);
  await expect(filesOf(app).filter({ hasText: 'board-minutes.md' })).toContainText('characters');
  const report = 'The committee met on Tuesday.\n'.repeat(1_000).trimEnd();
  await app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), report);
  const field = editorOf(app).getByRole('textbox', { name: 'Your message' });
  await field.press('ControlOrMeta+v');
  await field.fill('And the Supplier?');
  await app.quit();

  const again = await launch({ dataDir: join(folder, 'data') });
  await expect(draftFiles(again)).toHaveCount(0);
  await again.page.getByRole('option', { name: /When may the Buyer/ }).click();
  await expect(editorOf(again).getByRole('textbox', { name: 'Your message' })).toHaveValue('And the Supplier?');
  await expect(filesOf(again)).toHaveText([/^supplier-contract\.pdf/, /^board-minutes\.md/, /29,999 characters/]);
  await editorOf(again).getByRole('button', { name: 'Ask again' }).click();
  await expect.poll(() => server.chatRequests.length).toBe(2);
  expect(server.chatRequests[1]?.prompt).toMatch(/^<document name="supplier-contract\.pdf">/);
  expect(server.chatRequests[1]?.prompt.endsWith(`</document>\n\n${report}\n\nAnd the Supplier?`)).toBe(true);
  await again.quit();
});

test('a cancelled edit forgets added files, and a refused edit stays open', async ({ folder, server }) => {
  server.respond(text('Yes.'));
  const [contract = '', minutes = '', locked = ''] = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([contract]);
  await expect(draftFiles(app)).toContainText(['characters']);
  await ask(app, question);
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Yes.');
  const editor = app.page.getByRole('article', { name: 'Edit your message' });
  const files = editor.getByRole('list', { name: 'Files in the edited message' }).getByRole('listitem');
  const edit = async () => {
    await app.page.getByRole('article', { name: 'Your message' }).hover();
    await app.page.getByRole('button', { name: 'Edit and ask again' }).click();
  };

  await edit();
  await app.drop([minutes, locked]);
  await expect(files.filter({ hasText: 'salaries.pdf' })).toContainText(/password/);
  await expect(whyWaiting(editor)).toContainText('Remove the file that could not be read, then send.');
  await expect(editor.getByRole('button', { name: 'Ask again' })).toBeDisabled();
  await editor.getByRole('textbox', { name: 'Your message' }).press('Escape');
  await edit();
  await expect(files).toHaveText([/supplier-contract\.pdf/]);

  await editor.getByRole('textbox', { name: 'Your message' }).fill('x'.repeat(2_000_001));
  await editor.getByRole('button', { name: 'Ask again' }).click();
  await expect(app.page.getByText(/^A message can have at most 2,000,000 characters/)).toBeVisible();
  await expect(editor.getByRole('textbox', { name: 'Your message' })).toHaveValue(/^x+$/);
  await expect(files).toHaveCount(1);
  await app.quit();
});

test('a quotation by the built-in engine opens the file there, with mouse or keyboard, even after a restart', async ({
  folder,
}) => {
  const contract = join(folder, 'contract, final.txt');
  const filler = 'Nothing of importance was said on this day, and the rain went on.\n\n';
  const clause = 'The purchaser may terminate *within*\nninety days of the handover.';
  writeFileSync(contract, `${filler.repeat(4_500)}${clause}\n\n${filler.repeat(1_000)}`);
  const [, minutes = ''] = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([contract, minutes]);
  await expect(draftFiles(app).filter({ hasText: 'characters' })).toHaveCount(2);
  await ask(app, 'When may the purchaser terminate?');
  const source = (of: App) =>
    of.page.getByRole('button', { name: /^— contract, final\.txt, line 9001, sentence [\d,]+ of/ });
  await source(app).click();
  await expectPlace(app);
  await app.page.keyboard.press('Escape');
  await expect(source(app)).toBeFocused();
  await app.quit();
  rmSync(contract);

  const again = await launch({ dataDir: join(folder, 'data') });
  await again.page.getByRole('option', { name: /When may the purchaser/ }).click();
  await source(again).press('Enter');
  await expectPlace(again);
  const pane = again.page.getByRole('region', { name: 'File text' });
  await pane.getByRole('button', { name: 'Copy the text' }).click();
  await expect.poll(() => again.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain(clause);
  await pane.getByRole('button', { name: 'Close' }).click();
  await expect(source(again)).toBeFocused();
  await again.quit();

  async function expectPlace(of: App): Promise<void> {
    const opened = of.page.getByRole('region', { name: 'File text' });
    await expect(opened.getByRole('heading', { name: 'contract, final.txt' })).toBeVisible();
    await expect(opened.locator('mark')).toHaveText(clause);
    await expect(opened.locator('mark')).toBeInViewport({ ratio: 1 });
    await expect(opened.locator('mark')).toBeFocused();
  }
});

test('unreadable files are removed with one press, and the message is sent', async ({ folder, server }) => {
  const names = ['one.txt', 'two.txt', 'three.txt'].map((name) => join(folder, name));
  for (const name of names) writeFileSync(name, '');
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop(names);
  await expect(whyWaiting(page)).toContainText('Remove the files that could not be read, then send.');
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Hello');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Remove all 3' }).click();
  await composer.press('Enter');
  await expect(page.getByRole('article', { name: 'Reply' })).toBeVisible();
  await app.quit();
});
