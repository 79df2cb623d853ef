/** What a batch would do is told before it runs. */
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../src/main/common/token-estimate.ts';
import { imageFormats } from '../../src/main/documents/images/image-pages.ts';
import { isForeign } from '../../src/main/documents/signature.ts';
import { whatHappened } from '../../src/shared/problem-words.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { must, startAgain } from '../support/docket.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

const question: Question = {
  id: 'end',
  title: 'End',
  ask: 'When does it end?',
  answer: { type: 'text' },
  proof: false,
  maxTokens: 50,
};

function recipeOf(asked: Recipe['asked'], count: number): Recipe {
  const questions = Array.from({ length: count }, (_, n) => ({ ...question, id: `q${n}` }));
  return { id: 'own', name: 'Own', asked, order: 'document_first', questions };
}

async function planned(files: Readonly<Record<string, string | Buffer>>, recipe: Recipe) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const { id } = must(await docket.batches.create([await folderOf(files)], { recipe, start: false }));
  await docket.batches.settled(id);
  return must(await docket.batches.plan(id));
}

describe('the plan of a batch', () => {
  it('counts the files by kind, the most frequent first, whatever folder they are in', async () => {
    const files = {
      'a.PDF': '%PDF-',
      'v1.2/b.pdf': '%PDF-',
      'c.txt': 'Text.',
      'v1.2/README': 'Text.',
      '.x/d.txt': 'No.',
    };
    const { formats } = await planned(files, recipeOf('together', 2));
    expect(formats).toEqual([
      { extension: 'pdf', files: 2, bytes: 10, read: 0, textBytes: 0, pages: 0 },
      { extension: '', files: 1, bytes: 5, read: 0, textBytes: 0, pages: 0 },
      { extension: 'txt', files: 1, bytes: 5, read: 0, textBytes: 0, pages: 0 },
    ]);
  });

  it('counts pages that are sent as pictures: an image is one, and of a PDF they are known once it was read', async () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    const files = { 'a.png': png, 'b.jpg': png, 'x.heif': png, 'c.pdf': '%PDF-', 'd.txt': 'A short lease.' };
    const recipe = recipeOf('together', 1);
    const text = await planned(files, recipe);
    expect(text).toMatchObject({ pictures: 0, unmeasured: 4 });
    const seen = await planned(files, { ...recipe, send: 'pages' });
    expect(seen).toMatchObject({ pictures: 3, unmeasured: 1 });
    expect(seen.tokens - text.tokens).toBeGreaterThan(3 * 2_000);
    expect(await planned(files, { ...recipe, send: 'both' })).toMatchObject({ pictures: 0, unmeasured: 4 });
  });

  it.each(['together', 'separately'] as const)('estimates the questions that are sent %s, too', async (asked) => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({ 'a.txt': 'A short lease.', 'b.txt': 'Another one.' });
    const { id } = must(await docket.batches.create([folder], { recipe: recipeOf(asked, 6), start: false }));
    await docket.batches.settled(id);
    const { tokens, requestsPerFile } = must(await docket.batches.plan(id));
    await startAgain(docket, id);
    // One that does not fit is asked once more, which no plan knows.
    const first = model.chatRequests.filter(({ body }) => body.messages?.length === 1);
    expect(first).toHaveLength(2 * requestsPerFile);
    const sent = first.reduce((sum, { prompt }) => sum + estimateTokens(prompt), 0);
    expect(tokens / sent).toBeGreaterThan(0.9);
    expect(tokens / sent).toBeLessThan(1.1);
  });

  it('leaves out what by its name is of a kind that is not read, and tells of it', async () => {
    const files = { 'film.mp4': '....ftypisom', 'setup.exe': 'MZ', 'lease.docx': 'PK', 'data.plist': '<plist/>' };
    const { formats, foreign, unmeasured } = await planned(files, recipeOf('together', 1));
    expect(formats.map(({ extension }) => extension)).toEqual(['docx', 'plist']);
    expect(foreign.map(({ extension }) => extension)).toEqual(['exe', 'mp4']);
    expect(unmeasured).toBe(1);
  });

  it('takes no picture that is read for one that is not', () => {
    expect(imageFormats.filter(isForeign)).toEqual([]);
    expect(['jpg', 'tif', 'heif', 'zip', 'p7m', 'plist'].filter(isForeign)).toEqual([]);
    expect(['exe', 'mp4', 'ttf', 'sqlite', 'psd', 'pages'].filter((name) => !isForeign(name))).toEqual([]);
  });

  it('counts files that could not be read by why, not a program among the films', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const film = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1');
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(64)]);
    const folder = await folderOf({ 'a.mp4': film, 'b.mp4': film, 'c.exe': program, 'd.txt': 'Text.' });
    const { id } = must(await docket.batches.create([folder], { recipe: recipeOf('together', 1) }));
    await docket.batches.settled(id);
    must(await docket.batches.changeRecipe(id, { ...recipeOf('together', 2), id: 'other' }));
    const { unreadable } = must(await docket.batches.plan(id));
    expect(unreadable.map(({ problem, files }) => [files, whatHappened(problem)])).toEqual([
      [2, expect.stringContaining('MP4')],
      [1, expect.stringContaining('Windows program')],
    ]);
  });

  it('knows of a batch that runs another again how much text its files had there', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const recipe = recipeOf('together', 1);
    const folder = await folderOf({ 'a.html': `<p>${'A long lease. '.repeat(400)}`, 'b.html': '<p>Another.' });
    const { id } = must(await docket.batches.create([folder], { recipe }));
    await docket.batches.settled(id);
    const request = { batchId: id, recipe, model: 'gpt-4o', temperature: 0 };
    const told = must(await docket.batches.planAgain(request));
    const again = must(await docket.batches.runAgain(request, false));
    const { tokens, unmeasured } = must(await docket.batches.plan(again.id));
    expect(unmeasured).toBe(0);
    expect(tokens).toBe(told.tokens);
  });

  it('estimates what the text files would send, once for each request', async () => {
    const files = { 'a.txt': 'x'.repeat(40_000), 'b.docx': 'PK', 'c.html': '<p>Text' };
    const together = await planned(files, recipeOf('together', 3));
    expect(together).toMatchObject({ requestsPerFile: 1, unmeasured: 2 });
    expect(Math.round(together.tokens / 1_000)).toBe(10);
    const apart = await planned(files, recipeOf('separately', 3));
    expect(apart.requestsPerFile).toBe(3);
    expect(Math.round(apart.tokens / 1_000)).toBe(30);
  });

  it('knows how much text a file has that was read before, whatever its format', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const page = `<p>${'A long lease. '.repeat(400)}`;
    const { id } = must(
      await docket.batches.create([await folderOf({ 'a.html': page })], { recipe: recipeOf('together', 1) }),
    );
    await docket.batches.settled(id);
    must(
      await docket.batches.changeRecipe(id, {
        ...recipeOf('together', 1),
        id: 'other',
        questions: [{ ...question, ask: 'Who pays?' }],
      }),
    );
    const { tokens, unmeasured } = must(await docket.batches.plan(id));
    expect(unmeasured).toBe(0);
    expect(tokens).toBeGreaterThan((400 * 'A long lease. '.length) / 4);
  });
});
