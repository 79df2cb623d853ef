/** The pages of attached files, as they are looked at beside the text. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { storeFile } from '../../src/main/store/store.ts';
import { packZip } from '../documents/hostile-files.ts';
import { pdfOfPages } from '../documents/pdf/raw-pdf.ts';
import { must, problemOf, type TestDocket } from '../support/docket.ts';
import { letterLines, pdfOf, pictureOf } from '../support/page-pictures.ts';
import { docketAt, folderOf, tempFolder } from '../support/workspace.ts';
import { ask, attach } from './conversation.ts';

const lease = pdfOfPages(['Lease of a flat.', 'The rent is due in May.', 'Signed in June.']);

/** A Docket of before, which kept neither the pages of attached files nor where files in other files lie. */
async function attachedBefore(name: string, content: Buffer) {
  const dataDir = join(await tempFolder(), 'data');
  const before = await docketAt({ dataDir });
  const folder = await folderOf({ [name]: content });
  const attachment = await attach(before, join(folder, name));
  await before.close();
  const database = new Database(storeFile(dataDir));
  database.exec('UPDATE attachments SET places = NULL');
  database.close();
  return { docket: await docketAt({ dataDir }), file: { attachmentId: attachment.id } };
}

async function spanOf(docket: TestDocket, file: { readonly attachmentId: string }, words: string) {
  const { text } = must(await docket.files.text(file)) ?? { text: '' };
  const start = text.indexOf(words);
  expect(start).toBeGreaterThanOrEqual(0);
  return { start, end: start + words.length };
}

describe('an attached PDF', () => {
  it('has its pages beside its text, and what is quoted has a place on them, before and after it is sent', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'lease.pdf': lease });
    const attachment = await attach(docket, join(folder, 'lease.pdf'));
    const file = { attachmentId: attachment.id };
    const look = async () => {
      const content = must(await docket.files.text(file));
      expect(content).toMatchObject({ format: 'pdf', noPages: null, places: { unit: 'page' } });
      expect(content?.places?.starts).toHaveLength(3);
      const rent = await spanOf(docket, file, 'due in May');
      expect(must(await docket.files.marks(file, 2, [rent]))).toMatchObject([[{ left: expect.any(Number) }]]);
      expect(must(await docket.files.marks(file, 1, [rent]))).toEqual([[]]);
      expect(must(await docket.files.picture(file, 2, 300))).toMatchObject({ width: 300, blank: false });
    };
    await look();
    await ask(docket, 'When is the rent due?', { attachments: [attachment] });
    await look();
  });

  it('in another file is found there', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'papers.zip': packZip({ 'lease.pdf': lease }) });
    const id = randomUUID();
    must(await docket.attachments.attach(id, join(folder, 'papers.zip'), ['lease.pdf']));

    expect(must(await docket.files.picture({ attachmentId: id }, 3, 200))).toMatchObject({ width: 200 });
    expect(problemOf(await docket.attachments.paths([id])).params).toEqual({ what: 'attached_file' });
  });

  it('that has changed or is gone keeps its text, shows no page and says how to see one', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'lease.pdf': lease });
    const path = join(folder, 'lease.pdf');
    const file = { attachmentId: (await attach(docket, path)).id };

    await writeFile(path, pdfOfPages(['Another lease.', 'The rent is due in July.', 'Signed.']));
    const changed = problemOf(await docket.files.picture(file, 1, 200));
    expect(changed.message).toMatch(/^This file has changed since it was read.*Attach it again/);

    await rm(path);
    const gone = problemOf(await docket.files.picture(file, 1, 200));
    expect(gone.message).toMatch(/deleted after it was attached.*Its text is kept.*attach it again/s);
    expect(must(await docket.files.text(file))?.text).toContain('The rent is due in May.');
  });
});

describe('a scan that is attached', () => {
  it('has what was recognised marked on its page', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'letters.pdf': await pdfOf(['A cover page, typed.', await pictureOf()]) });
    const file = { attachmentId: (await attach(docket, join(folder, 'letters.pdf'))).id };

    const chairs = await spanOf(docket, file, letterLines[2] ?? '');

    const [boxes] = must(await docket.files.marks(file, 2, [chairs]));
    expect(boxes).toHaveLength(1);
    expect(boxes?.[0]?.top).toBeGreaterThan(0);
  }, 60_000);
});

describe('a file that was attached by an earlier version', () => {
  it('has its text, and says why no page is beside it and that it can be attached again', async () => {
    const { docket, file } = await attachedBefore('lease.pdf', lease);
    const content = must(await docket.files.text(file));
    expect(content).toMatchObject({ places: null, noPages: { params: { why: 'attached_before' } } });
    expect(content?.text).toContain('The rent is due in May.');
    expect(problemOf(await docket.files.picture(file, 1, 200)).message).toMatch(/earlier version.*attach it again/s);
  });

  it('has its page if that is the only one', async () => {
    const { docket, file } = await attachedBefore('note.pdf', pdfOfPages(['The rent is due in May.']));
    expect(must(await docket.files.text(file))).toMatchObject({ noPages: null });
    const rent = await spanOf(docket, file, 'due in May');
    expect(must(await docket.files.marks(file, 1, [rent]))).toMatchObject([[{ left: expect.any(Number) }]]);
  });

  it('says nothing of pages if files of its format have none', async () => {
    const { docket, file } = await attachedBefore('note.txt', Buffer.from('The rent is due in May.'));
    expect(must(await docket.files.text(file))).toMatchObject({ noPages: null });
  });
});
