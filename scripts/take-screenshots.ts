/** Takes the README's screenshots from the real app with a real server; `screenshots.mjs` prepares what it needs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, launch, settingsFor } from '../test/e2e/app.ts';
import { startModelServer } from '../test/support/model-server.ts';
import { text } from '../test/support/model-server-replies.ts';
import { documentIn, shownDocuments } from './screenshot-documents.ts';

const images = join(import.meta.dirname, '..', 'docs', 'images');
const question = 'Which of our suppliers raised their prices this year, and what can we do about it?';
const answer = `Two of the five suppliers raised their prices:

| Supplier | Part | Change |
|---|---|---|
| Norvik Pumps | P-200 valve | +6.5 % |
| Okafor Sensors | Hub board | +3.2 % |

Both contracts allow a review **ninety days before renewal**. To see which orders are affected:

\`\`\`sql
SELECT part, sum(amount) FROM orders
WHERE supplier IN ('Norvik Pumps', 'Okafor Sensors')
GROUP BY part;
\`\`\`

I would ask Norvik for a fixed price over 24 months and get a second offer for the hub board.`;

const short = 'Here is a first version; tell me what to change.';

/** What appears on each surface once it is drawn, in the order of the rail. */
const shownWords = {
  chat: 'second offer for the hub board',
  batch: '50 of 50 files',
  history: 'Summarize in one sentence',
  settings: 'Test connection',
};

/** Asked beforehand, so that the list has some entries. */
const earlier = [
  'Draft a reply to the recall of the hubs',
  'Which contracts end before July?',
  'Summarise the audit in three points',
  'What does the tender say about lead times?',
];

function writeDocuments(folder: string): void {
  mkdirSync(folder);
  for (const { name, text } of shownDocuments) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'Customs form (scan).pdf'), '%PDF-1.7\nbroken');
  writeFileSync(join(folder, 'Box label.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]));
}

async function ask(app: App, asked: string, lastWords: string): Promise<void> {
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(asked);
  await composer.press('Enter');
  await app.page.getByRole('article', { name: 'Reply' }).getByText(lastWords).waitFor();
}

async function fill(app: App, server: Awaited<ReturnType<typeof startModelServer>>, documents: string): Promise<void> {
  server.respond(({ task, prompt }) => {
    const document = documentIn(prompt);
    if (document === undefined) return text(prompt.includes(question) ? answer : short);
    if (task === 'sentiment') return text(document.sentiment);
    return text(task === 'topics' ? document.topics : document.summary);
  });
  await app.request('settings.save', settingsFor(server));
  for (const asked of earlier) {
    await ask(app, asked, short);
    await app.page.getByRole('button', { name: 'New chat' }).click();
  }
  await ask(app, question, 'second offer for the hub board');
  // Dropped on the chat, a folder would be explained as well.
  await app.page.keyboard.press('Control+2');
  await app.page.getByText('Drop files or folders here').waitFor();
  await app.drop([documents]);
  await app.page.getByText('50 of 50 files').waitFor();
  // Move the pointer away from the rows, which would show it.
  await app.page.mouse.move(1, 1);
}

const folder = mkdtempSync(join(tmpdir(), 'docket-screenshots-'));
mkdirSync(images, { recursive: true });
const server = await startModelServer();
const documents = join(folder, 'Supplier correspondence');
writeDocuments(documents);
const app = await launch({ dataDir: join(folder, 'data') });
await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
await fill(app, server, documents);
for (const theme of ['light', 'dark'] as const) {
  await app.request('settings.save', settingsFor(server, { theme }));
  for (const [index, [surface, words]] of Object.entries(shownWords).entries()) {
    await app.page.keyboard.press(`Control+${index + 1}`);
    await app.page.getByRole('main').getByText(words).first().waitFor();
    await app.page.screenshot({ path: join(images, `${surface}-${theme}.png`), animations: 'disabled' });
  }
}
await app.quit();
await server.close();
rmSync(folder, { recursive: true, force: true });
