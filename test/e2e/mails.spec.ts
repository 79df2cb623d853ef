import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docx } from '../support/corpus.ts';
import { attachment, mail, multipart, part } from '../support/mail-files.ts';
import { expect, launch, projectRoot, test } from './app.ts';

test('a folder with a mail, rich text and an old Word document is read, and the mail has what is attached to it', async ({
  folder,
}) => {
  const documents = join(folder, 'Documents');
  mkdirSync(documents);
  const letter = mail(
    ['From: Ana Silva <ana@example.org>', 'Date: Tue, 4 Mar 2025 10:15:00 +0100', 'Subject: Press release'],
    multipart(
      'mixed',
      part('text/plain', 'The release is attached. Please check it by Friday.'),
      attachment('release.docx', await docx('press-release.txt')),
      attachment('logo.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
    ),
  );
  writeFileSync(join(documents, 'release.eml'), letter);
  writeFileSync(join(documents, 'note.rtf'), '{\\rtf1\\ansi The delivery was late. The customer complained.\\par}');
  copyFileSync(join(projectRoot, 'test', 'documents', 'files', 'rich.doc'), join(documents, 'contract.doc'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('3 of 3 files')).toBeVisible();
  const [batch] = await app.request('batch.list', undefined);
  expect(batch?.counts).toMatchObject({ total: 3, done: 3, failed: 0 });

  await app.page.getByRole('grid').getByText('release.eml').click();
  await expect(app.page.getByText(/^1 attachment was not read\. “logo\.png”: This is a PNG image/)).toBeVisible();
  await app.page.getByRole('button', { name: 'Show the text' }).click();
  const text = app.page.getByRole('region', { name: 'Text of the file' });
  await expect(text).toContainText('Date: 2025-03-04T10:15:00+01:00');
  await expect(text).toContainText('[Attachment] release.docx');
  await app.quit();
});
