import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdf, source } from '../support/corpus.ts';
import { text } from '../support/model-server-replies.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';

/** Two files that can be read and one that is locked with a password. */
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

/** The system's dialog cannot be driven; what follows it is the app's own. */
async function attach(app: App, filePaths: readonly string[]): Promise<void> {
  await app.electron.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...paths] });
  }, filePaths);
  await app.page.getByRole('button', { name: 'Attach files' }).click();
}

async function ask(app: App, message: string): Promise<void> {
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(message);
  await composer.press('Enter');
}

const draftFiles = (app: App) => app.page.getByRole('list', { name: 'Files of your message' }).getByRole('listitem');
const askedFiles = (app: App) => app.page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const question = 'When may the Buyer withdraw from the order?';

test('attached files are read, a bad one says why, and the built-in engine quotes from them by name', async ({
  folder,
}) => {
  const papers = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  await attach(app, papers);

  await expect(draftFiles(app)).toHaveCount(3);
  await expect(draftFiles(app).filter({ hasText: 'supplier-contract.pdf' })).toContainText(
    /\d+ pages?, [\d,]+ characters/,
  );
  await expect(draftFiles(app).filter({ hasText: 'salaries.pdf' })).toContainText(/password/);
  await expect(app.page.getByRole('status').filter({ hasText: 'salaries.pdf could not be read' })).toBeAttached();

  // What was copied out of a page has no file that could be granted.
  await app.page.getByRole('textbox', { name: 'Message', exact: true }).evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['x'], 'picture.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(draftFiles(app).filter({ hasText: 'picture.png' })).toContainText('no file on this machine');
  await app.page.getByRole('button', { name: 'Remove picture.png' }).click();

  // A file that failed is never left out in silence: the message waits until it is removed.
  await ask(app, question);
  await expect(app.page.getByText('Remove the file that could not be read, then send.', { exact: true })).toBeVisible();
  await expect(app.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  const remove = app.page.getByRole('button', { name: 'Remove salaries.pdf' });
  await remove.focus();
  await remove.press('Delete');
  await expect(draftFiles(app)).toHaveCount(2);

  await app.page.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
  const reply = app.page.getByRole('article', { name: 'Reply of the built-in text engine' });
  await expect(reply.locator('blockquote').first()).toContainText(
    /— supplier-contract\.pdf, line \d+, sentence \d+ of \d+/,
  );
  await expect(askedFiles(app)).toHaveText([/^supplier-contract\.pdf.*page/, /^board-minutes\.md/]);
  await expect(draftFiles(app)).toHaveCount(0);
  await app.quit();
});

test('a model receives the documents, and they are there after a restart when the files are gone', async ({
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
  const pane = again.page.getByRole('region', { name: 'Text of the file' });
  await expect(pane).toContainText('The text that is sent');
  await expect(pane.locator('pre')).toContainText(/board/i);
  await again.page.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
  await expect(askedFiles(again).getByRole('button', { name: /board-minutes/ })).toBeFocused();

  // Asked again with one file less; the old question keeps both.
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

test('files of a draft stay with their conversation and over a restart; a folder becomes a batch', async ({
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
  await expect(draftFiles(again).filter({ hasText: 'salaries.pdf' })).toContainText('was not read');

  await again.drop([join(folder, 'Papers')]);
  await expect(again.page.getByText('A folder was dropped, so this is a batch')).toBeVisible();
  expect((await again.request('batch.list', undefined)).map(({ counts }) => counts.total)).toEqual([3]);
  await again.quit();
});
