/** A recipe that sends pictures of pages to a model that sees, instead of their text or beside it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareBatches } from '../../src/main/batch/comparisons.ts';
import { countRows, sideNames } from '../../src/shared/batch-comparison.ts';
import { withoutPagesLabel } from '../../src/shared/damaged-pages.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { noteWords } from '../../src/shared/reading-note-words.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import { pdfOfPages } from '../documents/pdf/raw-pdf.ts';
import { pdfBytes } from '../support/corpus.ts';
import { must, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { status, text } from '../support/model-server-replies.ts';
import type { RecordedRequest } from '../support/model-server-requests.ts';
import { letterLines, pdfOf, pictureOf, png } from '../support/page-pictures.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

function recipe(send: Recipe['send'], over: Partial<Recipe> = {}): Recipe {
  const question = {
    id: 'total',
    title: 'Total',
    ask: 'What is the total?',
    answer: { type: 'text' },
    proof: false,
    maxTokens: 50,
  } as const;
  return {
    id: 'seen',
    name: 'Seen',
    asked: 'separately',
    order: 'document_first',
    send,
    questions: [question],
    ...over,
  };
}

/** The parts of the one message of a request. */
function partsOf({ body }: RecordedRequest): readonly { type: string; text?: string; image_url?: { url: string } }[] {
  const content = body.messages?.at(-1)?.content;
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content as never);
}

const urlsOf = (request: RecordedRequest) => partsOf(request).flatMap(({ image_url }) => image_url?.url ?? []);

async function itemOf(docket: TestDocket, batchId: string, name: string) {
  const row = (await rowsOf(docket, batchId)).find((one) => one.name.endsWith(name));
  return must(await docket.batches.item(row?.id ?? 0));
}

it('sends each page as a picture, and what was sent is on record byte for byte', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf({});
  await writeFile(join(folder, 'two.pdf'), await pdfOf(['The first page of print.', 'The second page of print.']));
  const { id, counts } = await runBatch(docket, [folder], { recipe: recipe('pages') });
  expect(counts).toMatchObject({ done: 1, failed: 0 });
  expect(model.violations).toEqual([]);
  const [request, ...more] = model.chatRequests;
  if (request === undefined) throw new Error('Nothing was sent.');
  expect(more).toEqual([]);
  const parts = partsOf(request);
  expect(parts.map(({ type }) => type)).toEqual(['text', 'image_url', 'text', 'image_url', 'text']);
  expect(parts.map(({ text: words }) => words)).toMatchObject({ 0: 'Page 1:', 2: 'Page 2:' });
  expect(request.prompt, 'the text is not sent').not.toContain('of print');
  for (const url of urlsOf(request)) {
    const bytes = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1108, 1568]);
  }
  const item = await itemOf(docket, id, 'two.pdf');
  const [answer] = item.answers;
  expect(answer?.coverage).toMatchObject({ pages: 2, seen: 'alone', parts: 1 });
  const call = await docket.store.read.callDetail(answer?.callIds[0] ?? 0);
  expect(call?.requestBody === request.rawBody).toBe(true);
  const found = await docket.store.read.pageOfCalls({ search: 'what is the total', limit: 5 });
  expect(
    found.rows.map((row) => row.id),
    'what was asked is found',
  ).toContain(call?.id);
});

it('sends the text beside the pictures, and looks quotations up in it', async () => {
  const model = await server();
  model.respond(() => text(JSON.stringify({ total: { quotes: ['second page of print'], answer: 'Two' } })));
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf({});
  await writeFile(join(folder, 'two.pdf'), await pdfOf(['The first page of print.', 'The second page of print.']));
  const [question] = recipe('both').questions;
  if (question === undefined) throw new Error('It asks nothing.');
  const { id } = await runBatch(docket, [folder], {
    recipe: recipe('both', { questions: [{ ...question, proof: true }] }),
  });
  const [request] = model.chatRequests;
  expect(request === undefined ? 0 : urlsOf(request).length).toBe(2);
  expect(request?.prompt).toContain('Both pages are the pictures above.');
  expect(request?.prompt).toContain('The second page of print.');
  const item = await itemOf(docket, id, 'two.pdf');
  expect(item.answers[0]).toMatchObject({ proof: 'found', coverage: { pages: 2, seen: 'with_text' } });
  expect(item.answers[0]?.evidence[0]?.place).toMatchObject({ page: 2 });
});

it('sends the text of a file without pages, and says so', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const { id } = await runBatch(docket, [await folderOf({ 'note.txt': 'The total is 12.' })], {
    recipe: recipe('pages'),
  });
  const [request] = model.chatRequests;
  expect(request?.body.messages?.at(-1)?.content).toContain('The total is 12.');
  const item = await itemOf(docket, id, 'note.txt');
  expect(item.row.notes.map(noteWords)).toEqual([
    'The recipe sends pictures of pages, which this kind of file has none of: its text was sent.',
  ]);
  expect(item.answers[0]?.coverage?.seen).toBeUndefined();
});

it('the built-in engine reads the text, and says so', async () => {
  const docket = await docketAt();
  const folder = await folderOf({});
  await writeFile(join(folder, 'a.pdf'), await pdfOf(['The total is twelve euros and no more.']));
  const { id, counts } = await runBatch(docket, [folder], { recipe: recipe('pages') });
  expect(counts).toMatchObject({ done: 1 });
  const item = await itemOf(docket, id, 'a.pdf');
  expect(item.row.notes.map(noteWords)).toEqual([
    'The recipe sends pictures of pages, which the built-in engine does not see: it read the text.',
  ]);
});

it('a scan is asked about although nothing was recognised on it', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url, settings: { recognition: false } });
  const folder = await folderOf({});
  await writeFile(join(folder, 'scan.png'), png(await pictureOf(letterLines)));
  await writeFile(join(folder, 'scan.pdf'), await pdfOf([await pictureOf(letterLines), await pictureOf(letterLines)]));
  // Letters that were turned into lines, as programs for drawings leave them.
  const outlines = await pdfBytes({ size: [200, 200] }, (document) => document.moveTo(20, 20).lineTo(90, 90).stroke());
  await writeFile(join(folder, 'outlines.pdf'), outlines);
  const { counts } = await runBatch(docket, [folder], { recipe: recipe('pages') });
  expect(counts).toMatchObject({ done: 3, failed: 0 });
  expect(model.chatRequests.map((request) => urlsOf(request).length).sort()).toEqual([1, 1, 2]);
  model.reset();
  const { counts: read } = await runBatch(docket, [folder], { recipe: recipe(undefined) });
  expect(read, 'its text alone is still nothing').toMatchObject({ done: 0, failed: 3 });
  expect(model.chatRequestCount).toBe(0);
});

it('a photograph is sent as a JPEG, small enough for any server', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url, settings: { recognition: false } });
  const folder = await folderOf({});
  // A pattern that no PNG makes small.
  const [width, height] = [1_600, 1_200];
  const pixels = Buffer.alloc(width * height);
  for (let at = 0, seed = 1; at < pixels.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[at] = 100 + Math.round(60 * Math.sin(at / 700)) + ((seed >> 16) % 64);
  }
  await writeFile(join(folder, 'photo.png'), png({ width, height, pixels }));
  await runBatch(docket, [folder], { recipe: recipe('pages') });
  const [url = ''] = model.chatRequests.flatMap(urlsOf);
  expect(url.slice(0, 23)).toBe('data:image/jpeg;base64,');
  expect(url.length).toBeLessThan(3_000_000);
});

it('more pages than go into one request are asked about in parts of whole pages', async () => {
  const model = await server();
  model.respond(({ prompt }) => text(/Pages? (\d+)/.exec(prompt)?.[1] ?? '?'));
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf({});
  const pages = Array.from({ length: 25 }, (_, index) => `Page ${index + 1} of print.`);
  await writeFile(join(folder, 'long.pdf'), await pdfOf(pages));
  const list = { type: 'list' } as const;
  const [question] = recipe('pages').questions;
  if (question === undefined) throw new Error('It asks nothing.');
  const { id } = await runBatch(docket, [folder], {
    recipe: recipe('pages', { questions: [{ ...question, answer: list }] }),
  });
  expect(model.chatRequests.map((request) => urlsOf(request).length)).toEqual([13, 12]);
  const [answer] = (await itemOf(docket, id, 'long.pdf')).answers;
  expect(answer?.coverage).toEqual({
    parts: 2,
    partsRead: 2,
    characters: expect.any(Number),
    pages: 25,
    seen: 'alone',
  });
});

it('a server that takes fewer pictures is sent fewer, and is not asked for more again', async () => {
  const model = await server();
  model.respond((request) =>
    urlsOf(request).length > 3
      ? status(400, { body: { error: { message: 'At most 3 image(s) may be provided in one request.' } } })
      : undefined,
  );
  const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });
  const folder = await folderOf({});
  const pages = Array.from({ length: 5 }, (_, index) => `Page ${index + 1} of print.`);
  await writeFile(join(folder, 'a.pdf'), await pdfOf(pages));
  await writeFile(join(folder, 'b.pdf'), await pdfOf([...pages, 'The last.']));
  const { counts } = await runBatch(docket, [folder], { recipe: recipe('pages') });
  expect(counts).toMatchObject({ done: 2 });
  const sent = model.chatRequests.map((request) => urlsOf(request).length).filter((count) => count > 0);
  expect(sent.filter((count) => count > 3).length, 'before it was known').toBeLessThanOrEqual(2);
  expect(sent.filter((count) => count <= 3).reduce((sum, count) => sum + count, 0)).toBe(11);
});

it('the text and the pages of the same files are compared cell by cell, and what has no pages is not paid for twice', async () => {
  const model = await server();
  model.respond((request) => text(urlsOf(request).length > 0 ? 'Twelve' : 'Ten'));
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf({ 'note.txt': 'The total is 10.' });
  await writeFile(join(folder, 'a.pdf'), await pdfOf(['The total is ten.']));
  const first = await runBatch(docket, [folder], { recipe: recipe(undefined) });
  const request = { batchId: first.id, recipe: recipe('pages'), model: first.model, temperature: 0 };
  expect(must(await docket.batches.planAgain(request))).toMatchObject({ pictures: 1, takenOver: 0 });
  const again = must(await docket.batches.runAgain(request, true));
  await docket.batches.settled(again.id);
  expect(model.chatRequests.length, 'three, because the note was asked like this before').toBe(3);
  const { comparison } = must(await compareBatches(docket.store.read, first.id, again.id));
  expect(countRows(comparison, null)).toMatchObject({ all: 2, same: 1, different: 1 });
  expect(sideNames(first, again)).toEqual(['the text', 'pictures of the pages']);
});

it('a model that does not see stops the batch with a way out, and its text is not sent instead', async () => {
  const model = await server();
  model.respond((request) =>
    urlsOf(request).length > 0
      ? status(400, {
          body: { error: { message: 'Invalid content type. image_url is only supported by certain models.' } },
        })
      : undefined,
  );
  const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });
  const folder = await folderOf({});
  for (const name of ['a', 'b', 'c']) await writeFile(join(folder, `${name}.pdf`), await pdfOf([`Text of ${name}.`]));
  const batch = await runBatch(docket, [folder], { recipe: recipe('pages') });
  expect(batch).toMatchObject({ status: 'interrupted', counts: { queued: 3, failed: 0 } });
  expect(batch.problem === null ? '' : problemSentence(batch.problem)).toMatch(
    /does not see pictures.*Choose a model that sees, or have the recipe send the text\./,
  );
  const again = { batchId: batch.id, recipe: recipe('pages'), model: batch.model, temperature: 0 };
  expect(must(await docket.batches.planAgain(again)).noPictures, 'who chooses it again is told before').toBe(
    'not_seen',
  );
  const other = { ...again, recipe: recipe('both'), model: 'gpt-4o' };
  expect(must(await docket.batches.planAgain(other)).noPictures).toBeNull();
  const waiting = must(await docket.batches.create([folder], { recipe: recipe('pages'), start: false }));
  await docket.batches.settled(waiting.id);
  expect(must(await docket.batches.plan(waiting.id)).noPictures, 'and so is who starts another').toBe('not_seen');
  const withPictures = model.chatRequests.filter((request) => urlsOf(request).length > 0);
  expect(withPictures.length, 'none after the refusal was known').toBeLessThanOrEqual(2);
  expect(model.chatRequests.some(({ prompt }) => prompt.includes('Text of'))).toBe(false);
});

it('a model that reads too little for a picture of a page is told before anything is sent', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 2_000 } });
  const folder = await folderOf({ 'a.pdf': await pdfOf(['The total is ten.']) });
  const planned = async (send: Recipe['send']) => {
    const { id } = must(await docket.batches.create([folder], { recipe: recipe(send), start: false }));
    await docket.batches.settled(id);
    const again = must(
      await docket.batches.planAgain({ batchId: id, recipe: recipe(send), model: '', temperature: 0 }),
    );
    return [must(await docket.batches.plan(id)).noPictures, again.noPictures];
  };
  expect(await planned('pages')).toEqual(['no_room', 'no_room']);
  expect(await planned(undefined)).toEqual([null, null]);
});

it.each(['pages', 'both'] as const)(
  'a PDF with damaged pages is sent without them if that is chosen: %s',
  async (send) => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({ 'lease.pdf': pdfOfPages(['The rent is due.', null, 'Signed in May.']) });
    const { id } = await runBatch(docket, [folder], { recipe: recipe(send) });
    const [failed] = await rowsOf(docket, id);
    expect(failed).toMatchObject({ status: 'failed', problem: { code: 'file_damaged', params: { damaged: [2] } } });
    expect(withoutPagesLabel(failed?.problem ?? null)).toBe('Read without page 2');
    expect(await docket.batches.damagedInPart(id)).toEqual([failed?.id]);
    expect(model.chatRequestCount).toBe(0);

    must(await docket.batches.readWithoutPages(id, [failed?.id ?? 0]));
    await docket.batches.settled(id);

    const [request] = model.chatRequests;
    if (request === undefined) throw new Error('Nothing was sent.');
    expect(urlsOf(request), 'a part of a page would look like the whole').toHaveLength(2);
    expect(partsOf(request).map(({ text: words }) => words ?? '')).toContainEqual(
      expect.stringMatching(/^Page 2: There is no picture of this page\./),
    );
    expect(request.prompt).toContain('[Page 2 is damaged and missing here.]');
    const notes = [{ code: 'pages_missing', params: { pages: [2], of: 3 } }];
    expect(await rowsOf(docket, id)).toMatchObject([{ status: 'done', notes }]);
    const preview = { batchId: id, itemId: failed?.id ?? 0, recipe: recipe(send), questionId: null };
    must(await docket.previews.preview(preview));
    expect(must(await docket.previews.page(preview, 2))).toEqual([]);
    expect(must(await docket.previews.page(preview, 3))).toHaveLength(1);
  },
);

it('a damaged page that goes in a request of its own fails nothing', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 3_500 } });
  const folder = await folderOf({ 'lease.pdf': pdfOfPages(['The rent is due.', null, 'Signed in May.']) });
  const { id } = await runBatch(docket, [folder], { recipe: recipe('pages') });
  must(await docket.batches.readWithoutPages(id, await docket.batches.damagedInPart(id)));
  await docket.batches.settled(id);
  expect(await rowsOf(docket, id)).toMatchObject([{ status: 'done', problem: null }]);
  expect(model.chatRequests.map((request) => urlsOf(request).length).filter((count) => count > 0)).toEqual([1, 1]);
});
