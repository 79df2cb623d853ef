import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { docx } from '../support/corpus.ts';
import { attachment, mail, multipart, part } from '../support/mail-files.ts';
import { id, msg } from '../support/msg-files.ts';
import { expect, launch, projectRoot, test } from './app.ts';

test('a folder with a mail, a saved message, rich text and old Office documents is read, and what is attached to the mail has rows of its own', async ({
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
      attachment('winmail.dat', Buffer.from('789f3e22', 'hex')),
    ),
  );
  writeFileSync(join(documents, 'release.eml'), letter);
  writeFileSync(join(documents, 'note.rtf'), '{\\rtf1\\ansi The delivery was late. The customer complained.\\par}');
  copyFileSync(join(projectRoot, 'test', 'documents', 'files', 'rich.doc'), join(documents, 'contract.doc'));
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Oak', 40]]), 'Prices');
  writeFileSync(join(documents, 'prices.xls'), write(workbook, { type: 'buffer', bookType: 'biff8' }));
  writeFileSync(join(documents, 'invitation.msg'), msg([{ id: id.body, value: 'The meeting is on Friday.' }]));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('7 of 7 files')).toBeVisible();
  const [batch] = await app.request('batch.list', undefined);
  expect(batch?.counts).toMatchObject({ total: 7, done: 6, failed: 1 });

  const row = (name: RegExp) => app.page.getByRole('row', { name });
  await expect(row(/^winmail\.dat/)).toContainText('This is a package that only Outlook opens');
  await row(/^release\.docx/).click();
  await expect(app.page.getByText('release.docx', { exact: true }).first()).toBeVisible();
  await app.page.getByRole('button', { name: 'More about this file' }).click();
  await expect(app.page.getByRole('menuitem', { name: 'Show in folder' })).toBeVisible();
  await expect(app.page.getByRole('menuitem', { name: 'Open in its program' })).toBeHidden();
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Show the text' }).click();
  const text = app.page.getByRole('region', { name: 'Text of the file' });
  await expect(text).toContainText('battery-electric ferry');
  await expect(text).not.toContainText('Please check it by Friday');
  await app.quit();
});
