/** The pictures of the README, taken of the real app over a real server; `screenshots.mjs` prepares all that it needs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, launch, settingsFor } from '../test/e2e/app.ts';
import { startModelServer } from '../test/support/model-server.ts';
import { text } from '../test/support/model-server-replies.ts';

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

/** What stands on each surface once it is drawn, in the order of the rail. */
const shownWords = {
  chat: 'second offer for the hub board',
  batch: '50 of 50 files',
  history: 'Summarize in one sentence',
  settings: 'Test connection',
};

const subjects = [
  'Supply contract',
  'Site visit',
  'Complaint',
  'Quarterly figures',
  'Staff survey',
  'Tender',
  'Meeting notes',
];
const sentiments = ['Neutral', 'Positive', 'Negative', 'Neutral', 'Positive', 'Neutral'];

function writeDocuments(folder: string): void {
  mkdirSync(folder);
  for (let n = 1; n <= 48; n += 1) {
    const subject = subjects[n % subjects.length] ?? '';
    writeFileSync(
      join(folder, `${subject} ${2026 - (n % 3)}-${String((n % 12) + 1).padStart(2, '0')} (${n}).txt`),
      `${subject} number ${n}. The delivery was discussed at length.`,
    );
  }
  writeFileSync(join(folder, 'Scan of an invoice.pdf'), '%PDF-1.7\nbroken');
  writeFileSync(join(folder, 'Photo.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]));
}

async function fill(app: App, server: Awaited<ReturnType<typeof startModelServer>>, documents: string): Promise<void> {
  let n = 0;
  server.respond((request) => {
    n += 1;
    if (request.task === 'sentiment') return text(sentiments[n % sentiments.length] ?? '');
    if (request.task === 'topics') return text('delivery times, price review, second supplier');
    if (request.task === 'summary')
      return text(
        'The delivery was late because a customs form was missing, and a second supplier is now being sought.',
      );
    return text(answer);
  });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(question);
  await composer.press('Enter');
  await app.page.getByText('second offer for the hub board').waitFor();
  // Dropped on the chat, a folder would be explained as well.
  await app.page.keyboard.press('Control+2');
  await app.page.getByText('Drop files or folders here').waitFor();
  await app.drop([documents]);
  await app.page.getByText('50 of 50 files').waitFor();
  // Away from the rows, which would show it.
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
