import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteInput } from '../../src/shared/contract.ts';
import { pdfOfPages } from '../documents/pdf/raw-pdf.ts';
import { status, text } from '../support/model-server-replies.ts';
import { pdfOf } from '../support/page-pictures.ts';
import { expect, launch, settingsFor, test, useRecipe } from './app.ts';

/** A PDF of two pages, and a file without any. */
async function writePapers(folder: string): Promise<string> {
  const papers = join(folder, 'Papers');
  mkdirSync(papers);
  writeFileSync(join(papers, 'a two.pdf'), await pdfOf(['The first page of print.', 'The second page of print.']));
  writeFileSync(join(papers, 'note.txt'), 'A note about costs.');
  return papers;
}

test('the text and the pages of the same files are asked, compared, and on record as they were sent', async ({
  folder,
  server,
}) => {
  const papers = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  server.respond(({ body }) => text(Array.isArray(body.messages?.at(-1)?.content) ? 'Seen' : 'Read'));
  await app.drop([papers]);
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  const asked = server.chatRequests.length;

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Run again with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run again with…' });
  await expect(dialog).toContainText('all were asked like this');
  await dialog.getByRole('combobox', { name: 'Send' }).click();
  await page.getByRole('option', { name: 'Pages as pictures' }).click();
  await expect(dialog).toContainText(/About [\d,. ]+ tokens \(2 pages as pictures\) would be sent to gpt-4o-mini/);
  expect(server.chatRequests).toHaveLength(asked);
  await dialog.getByRole('button', { name: 'Run again' }).click();
  const list = page.getByRole('listbox', { name: 'Batches' });
  await expect(list.getByRole('option')).toHaveCount(2);
  await expect(list.getByRole('option').first()).toContainText('pictures of the pages');
  await expect(page.getByText('2 of 2 files')).toBeVisible();

  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(
    page.getByRole('heading', { name: 'A Papers (the text) and B Papers (pictures of the pages)' }),
  ).toBeVisible();

  await page.getByRole('navigation', { name: 'Surfaces' }).getByText('History').click();
  await page.getByRole('row').filter({ hasText: 'a two.pdf' }).first().click();
  const pane = page.getByRole('region', { name: 'Call' });
  const pictures = pane.locator('figure img');
  await expect(pictures).toHaveCount(2);
  await pictures.first().scrollIntoViewIfNeeded();
  await expect.poll(() => pictures.first().evaluate((image) => (image as HTMLImageElement).naturalHeight)).toBe(1_568);
  await pane.getByRole('button', { name: 'Picture 1: show it large' }).click();
  await expect(pane.getByRole('button', { name: 'Picture 1: show it small' })).toBeVisible();
  await pane.getByRole('button', { name: 'Exact body', exact: true }).click();
  await expect(pane).toContainText('"image_url":{"url":"picture 1"}');
  await expect(pane).toContainText('2 pictures are named and not shown as letters here.');
  await pane.getByRole('button', { name: 'Copy the exact body' }).click();
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText());
  const sent = server.chatRequests.slice(asked).map(({ rawBody }) => rawBody);
  await expect.poll(async () => sent.includes(await copied())).toBe(true);
  await app.quit();
});

test('a recipe that sends pages shows them before anything is sent', async ({ folder, server }) => {
  const papers = await writePapers(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([papers]);
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  const asked = server.chatRequests.length;
  await page.getByRole('button', { name: 'Recipe: Sentiment, topics, summary' }).click();
  await page.getByRole('menuitem', { name: 'New recipe' }).click();
  const editor = page.getByRole('region', { name: 'Recipe' });
  await expect(editor.getByLabel('What is asked')).toBeFocused();
  await page.keyboard.type('What is on it?');
  await editor.getByRole('button', { name: 'Pages as pictures' }).click();
  await expect(
    editor.getByText(/^Pictures of the pages instead of the text\. The model must be one that sees\./),
  ).toBeVisible();
  await editor.getByText(/^Show the request for Papers/).click();
  await expect(editor.getByRole('img', { name: 'Page 2' })).toBeVisible();
  await expect(editor.getByText(/Both pages are the pictures above\./)).toBeVisible();
  expect(server.chatRequests).toHaveLength(asked);
  await editor.getByLabel('Name of the recipe').fill('Seen');
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(
    page.getByText(/2 files waiting to be asked by gpt-4o-mini .*, with pictures of the pages\./),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Start' }).click();
  const partsSent = () =>
    server.chatRequests.slice(asked).map(({ body }) => {
      const content = body.messages?.at(0)?.content;
      return Array.isArray(content) ? content.map(({ type }: { type: string }) => type) : 'text';
    });
  await expect.poll(partsSent).toContainEqual(['text', 'image_url', 'text', 'image_url', 'text']);
  await app.quit();
});

const seen: RouteInput<'recipe.save'>['recipe'] = {
  id: 'seen',
  name: 'Seen',
  asked: 'separately',
  order: 'document_first',
  send: 'pages',
  questions: [
    { id: 'rent', title: 'Rent', ask: 'When is it due?', answer: { type: 'text' }, proof: false, maxTokens: 50 },
  ],
};

/** The kinds of what the messages of requests are made of. */
const partsOf = (requests: readonly { readonly body: { readonly messages?: readonly { content?: unknown }[] } }[]) =>
  requests.map(({ body }) => {
    const content = body.messages?.at(0)?.content;
    return Array.isArray(content) ? content.map(({ type }: { type: string }) => type) : ['text'];
  });

test('a PDF with damaged pages is sent without them, if that is chosen where it failed', async ({ folder, server }) => {
  const papers = join(folder, 'Papers');
  mkdirSync(papers);
  writeFileSync(join(papers, 'lease.pdf'), pdfOfPages(['The rent is due in May.', null, 'Signed in June.']));
  server.respond(text('In May'));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await useRecipe(app, server, seen);
  await app.drop([papers]);
  await expect(page.getByText('1 of 1 file')).toBeVisible();
  expect(server.chatRequests).toEqual([]);
  await page.getByRole('gridcell', { name: 'lease.pdf' }).click();
  const detail = page.getByRole('region', { name: 'File in full' });
  await expect(detail).toContainText('Page 2 of 3 of this PDF is damaged');

  await detail.getByRole('button', { name: 'Read without page 2' }).click();

  await expect(detail).toContainText('Page 2 of 3 is missing');
  await expect(detail).toContainText('In May');
  expect(partsOf(server.chatRequests)).toEqual([['text', 'image_url', 'text', 'text', 'image_url', 'text']]);
  await app.quit();
});

test('a batch that waits warns of a model that takes no pictures, as running it again does', async ({
  folder,
  server,
}) => {
  const papers = await writePapers(folder);
  server.respond(({ body }) =>
    Array.isArray(body.messages?.at(0)?.content)
      ? status(400, {
          body: { error: { message: 'Invalid content type. image_url is only supported by certain models.' } },
        })
      : text('Costs'),
  );
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await useRecipe(app, server, seen);
  await app.drop([papers]);
  await expect(page.getByText(/does not see pictures/)).toBeVisible();
  const warning =
    'gpt-4o-mini took no pictures when it was last sent some. Choose a model that sees, or send the text.';

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Run again with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run again with…' });
  await expect(dialog).toContainText(warning);
  await dialog.getByRole('button', { name: 'Make ready' }).click();

  await expect(page.getByText('Nothing has been sent yet')).toBeVisible();
  await expect(page.getByText(warning)).toBeVisible();
  await app.quit();
});
