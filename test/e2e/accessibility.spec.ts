import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import type { ModelServer } from '../support/model-server.ts';
import { status, text } from '../support/model-server-replies.ts';
import { pdfOf } from '../support/page-pictures.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';
import { drawn } from './drawn-page.ts';
import { openRunAgain } from './run-again-dialog.ts';

const MARKDOWN = `Two of five **raised** their prices[^1]:

1. Norvik, see [their page](https://example.org/)
2. Okafor

| Supplier | Change |
|---|---|
| Norvik | 6.5 % |

> A review is possible.

\`\`\`sql
SELECT part, sum(amount) FROM orders WHERE supplier IN ('Norvik') -- both
\`\`\`

[^1]: As of May.`;

/** What axe finds in the window: all rules in light; in dark, where only the colours differ, their contrast. */
async function violationsIn(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const faults = await page.evaluate(async (isLight) => {
      const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await inPage.run(
        // Base UI's sentinels hand the focus on as soon as they get it.
        { exclude: ['[data-base-ui-focus-guard]'] },
        isLight ? {} : { runOnly: ['color-contrast'] },
      );
      // Menus and other popups stand at the end of the body, in no landmark.
      const isPopup = (target: string) => document.querySelector(target)?.closest('#root') === null;
      return violations.flatMap(({ id, nodes }) =>
        nodes
          .filter(({ target }) => id !== 'region' || !isPopup(String(target[0])))
          .map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 300)}\n${failureSummary}`),
      );
    }, colorScheme === 'light');
    found.push(...faults.map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}

/** Shows one state of the window after another. */
async function look(page: Page, state: string): Promise<void> {
  expect.soft(await violationsIn(page), state).toEqual([]);
}

async function chatStates({ page }: App): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeVisible();
  await look(page, 'an empty chat');
  for (const [place, question] of ['The first question', 'Which suppliers raised their prices?'].entries()) {
    if (place > 0) await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(question);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'Reply' })).toContainText('As of May');
  }
  await page.getByRole('option', { name: 'The first question' }).hover();
  await look(page, 'a conversation, with a row of the list pointed at');
  await page.getByRole('button', { name: 'Actions for The first question' }).click();
  await look(page, 'the menu of a conversation');
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'Conversations' }).press('F2');
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await look(page, 'a conversation that is renamed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+F');
  await page.keyboard.type('prices');
  await look(page, 'words that are found in a conversation');
  await page.keyboard.press('Escape');
}

async function batchStates(app: App, documents: string): Promise<void> {
  const { page } = app;
  await page.keyboard.press('Control+2');
  await expect(page.getByText('Drop files or folders here')).toBeVisible();
  await look(page, 'no batch');
  await app.drop([documents]);
  await expect(page.getByText('4 of 4 files')).toBeVisible();
  await look(page, 'a table with a failure');
  const grid = page.getByRole('grid', { name: 'Files of Notes' });
  await grid.getByRole('row').filter({ hasText: 'note 1.txt' }).click();
  await expect(page.getByRole('region', { name: 'File in full' })).toContainText('A note.');
  await look(page, 'a file beside the table');
  await grid
    .getByRole('row')
    .filter({ hasText: 'note 2.txt' })
    .click({ modifiers: ['ControlOrMeta'] });
  await grid.getByRole('row').filter({ hasText: 'note 3.txt' }).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await look(page, 'the menu of a row');
  await page.keyboard.press('Escape');
  await grid.getByRole('columnheader', { name: 'Status' }).hover();
  await grid.getByRole('button', { name: 'Filter Status' }).click();
  await expect(page.getByRole('dialog', { name: 'Filter Status' })).toBeVisible();
  await look(page, 'the filter of a column');
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'Batches' }).press('F2');
  await expect(page.getByRole('textbox', { name: 'Name of the batch' })).toBeFocused();
  await look(page, 'a batch that is renamed');
  await page.keyboard.press('Escape');
}

async function planAndComparison({ page }: App): Promise<void> {
  const dialog = await openRunAgain(page, 'gpt-4o');
  await look(page, 'a batch that is run again');
  await dialog.getByRole('button', { name: 'Make ready' }).click();
  await expect(page.getByRole('button', { name: 'Try on 3 files' })).toBeVisible();
  await look(page, 'a plan');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText('4 of 4 files')).toBeVisible();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Compared files' })).toBeVisible();
  await look(page, 'a comparison');
  await page.getByRole('button', { name: 'Back to the batch' }).click();
}

async function recipeStates({ page }: App): Promise<void> {
  await page.getByRole('button', { name: /^Recipe: / }).click();
  await look(page, 'the recipes');
  await page.getByRole('menuitem', { name: 'New recipe' }).click();
  const editor = page.getByRole('region', { name: 'Recipe' });
  await editor.getByLabel('What is asked').fill('Who are the parties?');
  await editor.getByRole('button', { name: 'Add question' }).click();
  await look(page, 'a recipe that is edited');
  await page.getByRole('button', { name: 'Close' }).click();
}

async function otherStates({ page }: App): Promise<void> {
  await page.keyboard.press('Control+3');
  const calls = page.getByRole('grid', { name: 'Calls' });
  await expect(calls).toBeVisible();
  await look(page, 'the history');
  await calls.getByRole('row').nth(1).click();
  await look(page, 'a call beside the history');
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'Provider' })).toBeVisible();
  await look(page, 'settings');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('batch');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look(page, 'the palette');
  await page.keyboard.press('Escape');
}

/** Stands in for the system's dialog. */
async function attach({ electron, page }: App, paths: readonly string[]): Promise<void> {
  await electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
  await page.getByRole('button', { name: 'Attach files' }).click();
}

async function resize({ electron }: App, width: number, height: number): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
    width,
    height,
  ] as const);
}

async function fileStates(app: App, paths: readonly string[]): Promise<void> {
  const { page } = app;
  await attach(app, paths);
  const files = page.getByRole('list', { name: 'Files in your message' });
  await expect(files).toContainText('3 pages');
  await expect(page.getByRole('button', { name: 'Remove all 2' })).toBeVisible();
  await look(page, 'files of a message, two of which cannot be read');
  await page.getByRole('button', { name: 'Remove all 2' }).click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Who keeps the deposit?');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText('deposit safe');
  await page.getByRole('list', { name: 'Attached files' }).getByRole('button').first().click();
  const pane = page.getByRole('region', { name: 'File text' });
  await expect(pane.locator('mark')).toHaveCount(1);
  await expect.poll(() => drawn(page, 'Page 1')).toMatchObject({ hasInk: true });
  await pane.getByRole('button', { name: 'Next quotation' }).click();
  await expect(pane.locator('[data-mark=shown]')).toBeInViewport();
  await look(page, 'pages beside the text of an attached file');
  await resize(app, 800, 600);
  await pane.getByRole('button', { name: 'Page', exact: true }).click();
  await look(page, 'a page in place of the text, in a small window');
  await page.keyboard.press('Escape');
  await page.getByText('Who keeps the deposit?').last().hover();
  await page.getByRole('button', { name: /^Edit/ }).click();
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeVisible();
  await look(page, 'a question that is edited');
  await page.keyboard.press('Escape');
  await resize(app, 1280, 800);
}

async function replyStates({ page }: App, server: ModelServer): Promise<void> {
  await page.getByRole('button', { name: /temperature 0$/ }).click();
  await expect(page.getByRole('combobox', { name: 'Model' })).toBeVisible();
  await look(page, 'the options of replies');
  await page.keyboard.press('Escape');
  server.respond(status(401));
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('And the rent?');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await look(page, 'a reply that failed');
}

async function watchStates(app: App, papers: string): Promise<void> {
  const { page } = app;
  await page.keyboard.press('Control+2');
  await app.drop([papers]);
  await expect(page.getByText('3 of 3 files')).toBeVisible();
  await page.getByRole('row').filter({ hasText: 'lease.pdf' }).click();
  await page.getByRole('button', { name: 'Show the text' }).click();
  await expect.poll(() => drawn(page, 'Page 1')).toMatchObject({ hasInk: true });
  await look(page, 'pages beside the text of a file of a batch');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Watch this folder…' }).click();
  const terms = page.getByRole('dialog', { name: 'Watch Papers' });
  await expect(terms).toBeVisible();
  await look(page, 'a folder that is to be watched');
  await terms.getByLabel('Files a day').fill('1');
  await terms.getByRole('button', { name: 'Watch', exact: true }).click();
  await page.keyboard.press('Control+1');
  for (const name of ['may', 'june']) writeFileSync(join(papers, `${name}.txt`), `The letter of ${name}.`);
  const toast = page.getByRole('dialog').filter({ hasText: 'Papers: new files wait' });
  await expect(toast).toBeVisible();
  await look(page, 'a message at the edge of the window');
  await toast.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('button', { name: 'Change the limit' })).toBeVisible();
  await look(page, 'a watched folder whose files wait');
  await page.getByRole('button', { name: 'Change the limit' }).click();
  await expect(page.getByRole('dialog', { name: 'Watching Papers' })).toBeVisible();
  await look(page, 'what was done in a watched folder');
  await page.keyboard.press('Escape');
}

async function emptySearchAndTest({ page }: App): Promise<void> {
  await page.keyboard.press('Control+3');
  await page.getByRole('searchbox', { name: /^Search/ }).fill('nothing that is anywhere on record '.repeat(9));
  await expect(page.getByText('No matching calls')).toBeVisible();
  await look(page, 'a long search that finds nothing');
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Reply' })).toBeVisible();
  await look(page, 'a connection that was tested');
}

test('axe finds no fault on any surface, in light and dark', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 4; n += 1) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n} about costs.`);
  server.respond(({ prompt }) => {
    if (!prompt.includes('Note number')) return text(MARKDOWN);
    return prompt.includes('number 4') ? status(400) : text('A note.');
  });
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.page.evaluate(axe.source);
  await chatStates(app);
  await batchStates(app, documents);
  await planAndComparison(app);
  await recipeStates(app);
  await otherStates(app);
  await app.quit();
});

test('axe finds no fault in files beside a chat, watched folders, failures and narrow windows', async ({
  folder,
  server,
}) => {
  const papers = join(folder, 'Papers');
  mkdirSync(papers);
  const pages = ['The deposit is three months of rent.', 'The landlord keeps the deposit safe.', 'Signed in Bristol.'];
  writeFileSync(join(papers, 'lease.pdf'), await pdfOf(pages));
  writeFileSync(join(papers, 'film.mp4'), Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'));
  writeFileSync(join(papers, 'empty.txt'), '');
  server.respond(text('It says:\n\n> The landlord keeps the deposit safe.'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.page.evaluate(axe.source);
  await fileStates(
    app,
    ['lease.pdf', 'film.mp4', 'empty.txt'].map((name) => join(papers, name)),
  );
  await replyStates(app, server);
  server.respond(text('A note.'));
  await watchStates(app, papers);
  await emptySearchAndTest(app);
  await app.quit();
});
