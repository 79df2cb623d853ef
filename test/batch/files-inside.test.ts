/** Files in archives, and what is attached to mails: each is a row of its own. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { ItemRow } from '../../src/shared/batch-data.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { packZip, paragraph, wordDocument } from '../documents/hostile-files.ts';
import { assemblePdf, pdfStream } from '../documents/pdf/raw-pdf.ts';
import { must, problemOf, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { attachment, mail, multipart, part } from '../support/mail-files.ts';
import { letterLines, pictureOf, png } from '../support/page-pictures.ts';
import { docketAt, folderOf, server, tempFolder } from '../support/workspace.ts';

async function finished(files: Readonly<Record<string, string | Buffer>>) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf(files);
  const batch = await runBatch(docket, [folder]);
  const asked = () => model.chatRequests.map(({ prompt }) => prompt).join('\n');
  return { model, docket, folder, batch, asked };
}

/** Names, how they ended, and why they failed. */
async function told(docket: TestDocket, batchId: string) {
  const rows = await rowsOf(docket, batchId);
  return rows.map((row) => [shortName(row), row.problem === null ? row.status : problemSentence(row.problem)]);
}

function shortName({ name }: ItemRow): string {
  return name.replace(/^papers\//, '');
}

describe('an archive in a batch', () => {
  it('gives way to the files in it, each with its own answers, text and place', async () => {
    const { docket, batch, asked } = await finished({
      'a.txt': 'Alone.',
      'offers.zip': packZip({ 'oak.txt': 'Oak costs 40.', 'sub/ash.txt': 'Ash costs 30.' }),
    });
    expect(await told(docket, batch.id)).toEqual([
      ['a.txt', 'done'],
      ['offers.zip › oak.txt', 'done'],
      ['offers.zip › sub/ash.txt', 'done'],
    ]);
    expect(asked()).toContain('Oak costs 40.');
    const rows = await rowsOf(docket, batch.id);
    const ash = must(await docket.batches.item(rows[2]?.id ?? 0));
    expect(ash).toMatchObject({
      path: expect.stringMatching(/papers\/offers\.zip$/),
      inside: ['sub/ash.txt'],
      row: { bytes: 13, isInside: true },
    });
    expect(ash.calls.map(({ fileName }) => fileName)).toContain('papers/offers.zip › sub/ash.txt');
    expect(must(await docket.files.text({ itemId: ash.row.id }))).toMatchObject({ text: 'Ash costs 30.' });
  });

  it('is asked about anew where it was edited, and only what changed in it', async () => {
    const { model, docket, folder, batch, asked } = await finished({
      'offers.zip': packZip({ 'oak.txt': 'Oak costs 40.', 'ash.txt': 'Ash costs 30.' }),
    });
    model.reset();
    const edited = { 'oak.txt': 'Oak costs 41.', 'ash.txt': 'Ash costs 30.', 'elm.txt': 'Elm costs 20.' };
    await writeFile(join(folder, 'offers.zip'), packZip(edited));
    expect(must(await docket.batches.lookAgain(batch.id))).toMatchObject({ added: 1, edited: 2 });
    await docket.batches.settled(batch.id);
    expect(asked()).toContain('Oak costs 41.');
    expect(asked()).toContain('Elm costs 20.');
    expect(asked()).not.toContain('Ash');
    expect(await told(docket, batch.id)).toHaveLength(3);
  });

  it('has a row itself where its files cannot be listed, which says why', async () => {
    const whole = packZip({ 'a.txt': 'Some words.'.repeat(50) });
    const { docket, batch } = await finished({
      'cut.zip': whole.subarray(0, whole.length - 40),
      'empty.zip': packZip({}),
      'hidden.zip': packZip({ '__MACOSX/._a.txt': 'x', 'docs/.DS_Store': 'x', 'docs/Thumbs.db': 'x' }),
    });
    expect(await told(docket, batch.id)).toEqual([
      ['cut.zip', expect.stringContaining('This archive is damaged')],
      ['empty.zip', expect.stringContaining('This archive holds no files.')],
      ['hidden.zip', expect.stringContaining('nothing but hidden files')],
    ]);
  });

  it('that was damaged gives way to its files once it is whole', async () => {
    const whole = packZip({ 'oak.txt': 'Oak costs 40.'.repeat(20) });
    const { docket, folder, batch } = await finished({ 'a.zip': whole.subarray(0, 60), 'b.txt': 'Alone.' });
    expect(await told(docket, batch.id)).toEqual([
      ['a.zip', expect.stringContaining('This archive is damaged')],
      ['b.txt', 'done'],
    ]);
    await writeFile(join(folder, 'a.zip'), whole);
    must(await docket.batches.lookAgain(batch.id));
    await docket.batches.settled(batch.id);
    expect(await told(docket, batch.id)).toEqual([
      ['b.txt', 'done'],
      ['a.zip › oak.txt', 'done'],
    ]);
  });

  it('in an archive is read, and one in that is not', async () => {
    const deep = packZip({ 'deep.zip': packZip({ 'a.txt': 'Too deep.' }), 'b.txt': 'Deep enough.' });
    const { docket, batch, asked } = await finished({ 'outer.zip': packZip({ 'inner.zip': deep }) });
    expect(await told(docket, batch.id)).toEqual([
      ['outer.zip › inner.zip › b.txt', 'done'],
      ['outer.zip › inner.zip › deep.zip', expect.stringContaining('more than 2 levels deep')],
    ]);
    expect(asked()).not.toContain('Too deep');
  });
});

describe('a mail in a batch', () => {
  const letter = (...attached: readonly Buffer[]) =>
    mail(['Subject: Offer'], multipart('mixed', part('text/plain', 'See the offers.'), ...attached));

  it('is a row without what is attached to it, which has rows of its own', async () => {
    const inner = letter(attachment('ash.txt', 'Ash costs 30.'));
    const { docket, model, batch } = await finished({
      'offer.eml': letter(
        attachment('oak.txt', 'Oak costs 40.'),
        attachment('oak.txt', 'Oak costs 41.'),
        attachment('copy.txt', 'Oak costs 40.'),
        attachment('inner.eml', inner),
        attachment('elm.zip', packZip({ 'elm.txt': 'Elm costs 20.' })),
        attachment('blank.txt', ' \n'),
        attachment('winmail.dat', Buffer.from('789f3e22', 'hex')),
      ),
    });
    expect(await told(docket, batch.id)).toEqual([
      ['offer.eml', 'done'],
      ['offer.eml › oak.txt', 'done'],
      ['offer.eml › oak (2).txt', 'done'],
      ['offer.eml › inner.eml', 'done'],
      ['offer.eml › inner.eml › ash.txt', 'done'],
      ['offer.eml › elm.zip › elm.txt', 'done'],
      ['offer.eml › winmail.dat', expect.stringContaining('only Outlook opens')],
    ]);
    const about = (words: string) => model.chatRequests.filter(({ prompt }) => prompt.includes(words));
    expect(about('See the offers.').some(({ prompt }) => prompt.includes('costs'))).toBe(false);
    expect(about('Ash costs 30.').every(({ prompt }) => !prompt.includes('See the offers'))).toBe(true);
    const [first] = await rowsOf(docket, batch.id);
    expect(must(await docket.files.text({ itemId: first?.id ?? 0 }))).toMatchObject({
      text: expect.stringContaining('Attachments: oak.txt, oak.txt'),
    });
    expect(first?.notes).toEqual([]);
  });

  it('too deep for rows of its own is read with what is attached to it', async () => {
    const deep = letter(attachment('oak.txt', 'Oak costs 40.'));
    const { docket, batch, asked } = await finished({
      'a.zip': packZip({ 'b.zip': packZip({ 'deep.eml': deep }) }),
    });
    expect(await told(docket, batch.id)).toEqual([['a.zip › b.zip › deep.eml', 'done']]);
    expect(asked()).toContain('Oak costs 40.');
  });
});

describe('a PDF in a batch', () => {
  /** With a file in its list of attached files and one pinned to its page. */
  const carrying = (catalog = '') =>
    assemblePdf([
      `<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(oak.txt) 6 0 R]>>>>${catalog}>>`,
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[8 0 R]/Resources<</Font<</F1 5 0 R>>>>>>',
      pdfStream('BT /F1 12 Tf 50 700 Td (Offer of March) Tj ET'),
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
      '<</Type/Filespec/F(oak.txt)/UF(oak.txt)/EF<</F 7 0 R>>>>',
      pdfStream('Oak costs 40.', '/Type/EmbeddedFile'),
      '<</Type/Annot/Subtype/FileAttachment/Rect[0 0 20 20]/FS 9 0 R>>',
      '<</Type/Filespec/F(ash.txt)/UF(ash.txt)/EF<</F 10 0 R>>>>',
      pdfStream('Ash costs 30.', '/Type/EmbeddedFile'),
    ]);

  it('is followed by the files attached to it, to the whole and to its pages', async () => {
    const { docket, batch, asked } = await finished({ 'offer.pdf': carrying() });
    expect(await told(docket, batch.id)).toEqual([
      ['offer.pdf', 'done'],
      ['offer.pdf › oak.txt', 'done'],
      ['offer.pdf › ash.txt', 'done'],
    ]);
    expect(asked()).toContain('Oak costs 40.');
    expect((await rowsOf(docket, batch.id))[0]?.notes, 'nothing was left unread').toEqual([]);
  });

  it('that is a portfolio gives way to the files in it, as an archive does', async () => {
    const { docket, batch, asked } = await finished({ 'offers.pdf': carrying('/Collection<</Type/Collection>>') });
    expect(await told(docket, batch.id)).toEqual([
      ['offers.pdf › oak.txt', 'done'],
      ['offers.pdf › ash.txt', 'done'],
    ]);
    expect(asked()).not.toContain('Offer of March');
  });
});

describe('an office document in a batch', () => {
  const oak = wordDocument(paragraph('Oak costs 40.'));
  const object =
    '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Word.Document.12"/></w:object></w:r></w:p>';
  const report = (parts: Readonly<Record<string, Uint8Array>>) =>
    wordDocument(paragraph('See the offers.') + object, { parts });
  const carrying = report({ 'word/embeddings/Oak.docx': oak });

  it('is followed by the files embedded in it, and leaves nothing unread', async () => {
    const { docket, batch, asked } = await finished({ 'report.docx': carrying });
    expect(await told(docket, batch.id)).toEqual([
      ['report.docx', 'done'],
      ['report.docx › Oak.docx', 'done'],
    ]);
    expect(asked()).toContain('Oak costs 40.');
    expect((await rowsOf(docket, batch.id))[0]?.notes).toEqual([]);
  });

  it('says that objects were not read where none of them is a file of its own', async () => {
    const rtf = '{\\rtf1 See the offers.{\\object\\objemb{\\*\\objclass Word.Document.12}{\\result 42}}}';
    const { docket, batch } = await finished({ 'none.docx': report({}), 'none.rtf': Buffer.from(rtf) });
    const notes = (await rowsOf(docket, batch.id)).map((row) => row.notes.map(({ code }) => code));
    expect(notes).toEqual([['objects_not_read'], ['objects_not_read']]);
  });

  it('in an archive is followed by them, too; where it lies deeper, a note says that they are not read', async () => {
    const { docket, batch } = await finished({
      'all.zip': packZip({ 'report.docx': carrying, 'more.zip': packZip({ 'deep.docx': carrying }) }),
    });
    expect(await told(docket, batch.id)).toEqual([
      ['all.zip › more.zip › deep.docx', 'done'],
      ['all.zip › report.docx', 'done'],
      ['all.zip › report.docx › Oak.docx', 'done'],
    ]);
    const notes = (await rowsOf(docket, batch.id)).map((row) => row.notes.map(({ code }) => code));
    expect(notes).toEqual([['objects_not_read'], [], []]);
  });

  it('gets rows for files that were embedded since, and is read itself if it cannot be opened for them', async () => {
    const { docket, folder, batch } = await finished({ 'report.docx': report({}), 'cut.docx': oak.subarray(0, 300) });
    await writeFile(join(folder, 'report.docx'), carrying);
    expect(must(await docket.batches.lookAgain(batch.id))).toMatchObject({ added: 1, edited: 1 });
    await docket.batches.settled(batch.id);
    expect(await told(docket, batch.id)).toEqual([
      ['cut.docx', expect.stringMatching(/damaged: it cannot be unpacked/)],
      ['report.docx', 'done'],
      ['report.docx › Oak.docx', 'done'],
    ]);
  });
});

it('a scan in an archive is recognised', async () => {
  const { docket, batch } = await finished({ 'scans.zip': packZip({ 'letter.png': png(await pictureOf()) }) });
  const [row] = await rowsOf(docket, batch.id);
  expect(row).toMatchObject({ status: 'done', notes: [{ code: 'recognised' }] });
  expect(must(await docket.files.text({ itemId: row?.id ?? 0 }))).toMatchObject({
    text: expect.stringContaining(letterLines[0] ?? ''),
  });
});

it('a file in an archive can be attached to a chat, alone', async () => {
  const docket = await docketAt();
  const folder = await folderOf({ 'a.zip': packZip({ 'docs/oak.txt': 'Oak costs 40.', 'ash.txt': 'Ash costs 30.' }) });
  const path = join(folder, 'a.zip');
  const attached = must(await docket.attachments.attach('one', path, ['docs/oak.txt']));
  expect(attached).toMatchObject({ name: 'oak.txt', bytes: 13 });
  expect(must(await docket.attachments.text('one'))).toBe('Oak costs 40.');
  expect(problemOf(await docket.attachments.attach('two', path)).message).toContain('in a batch, a row each');
});

it('a batch of before reads its mails as it did, and gets no rows beside them', async () => {
  const dataDir = join(await tempFolder(), 'data');
  const model = await server();
  const before = await docketAt({ dataDir, baseUrl: model.url });
  const folder = await folderOf({ 'offer.eml': mail([], part('text/plain', 'See the offers.')) });
  const { id } = await runBatch(before, [folder]);
  await before.close();
  const db = new Database(join(dataDir, 'docket.db'));
  db.exec('UPDATE items SET apart = NULL');
  db.close();
  model.reset();

  const oak = attachment('oak.txt', 'Oak costs 40.');
  const edited = mail([], multipart('mixed', part('text/plain', 'See the offers.'), oak));
  await writeFile(join(folder, 'offer.eml'), edited);
  const docket = await docketAt({ dataDir, baseUrl: model.url });
  expect(must(await docket.batches.lookAgain(id))).toMatchObject({ added: 0, edited: 1 });
  await docket.batches.settled(id);
  expect(await told(docket, id)).toEqual([['offer.eml', 'done']]);
  expect(model.chatRequests.every(({ prompt }) => prompt.includes('Oak costs 40.'))).toBe(true);
});

describe('a mailbox in a batch', () => {
  const mailOf = (subject: string, words: string) =>
    Buffer.concat([
      Buffer.from('From ana@example.org Tue Mar  4 10:15:00 2025\n'),
      mail([`Subject: ${subject}`], part('text/plain', words)),
      Buffer.from('\n\n'),
    ]);
  const offer = mailOf('Offer', 'Oak costs 40.');

  it('gives way to its mails, and those that are new are asked about', async () => {
    const { model, docket, folder, batch, asked } = await finished({ 'inbox.mbox': offer });
    expect(await told(docket, batch.id)).toEqual([['inbox.mbox › Offer.eml', 'done']]);
    model.reset();
    await writeFile(join(folder, 'inbox.mbox'), Buffer.concat([offer, mailOf('Reply', 'That is too much.')]));
    expect(must(await docket.batches.lookAgain(batch.id))).toMatchObject({ added: 1 });
    await docket.batches.settled(batch.id);
    expect(await told(docket, batch.id)).toEqual([
      ['inbox.mbox › Offer.eml', 'done'],
      ['inbox.mbox › Reply.eml', 'done'],
    ]);
    expect(asked()).toContain('That is too much.');
    expect(asked()).not.toContain('Oak costs 40.');
  });

  it('that was read as one text stays one row', async () => {
    const { docket, folder, batch, asked } = await finished({ inbox: 'No mails yet.' });
    await writeFile(join(folder, 'inbox'), offer);
    expect(must(await docket.batches.lookAgain(batch.id))).toMatchObject({ added: 0, edited: 1 });
    await docket.batches.settled(batch.id);
    expect(await told(docket, batch.id)).toEqual([['inbox', 'done']]);
    expect(asked()).toContain('Oak costs 40.');
  });
});
