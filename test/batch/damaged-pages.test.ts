import { describe, expect, it } from 'vitest';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import { pdfOfPages } from '../documents/pdf/raw-pdf.ts';
import { tempFolder } from '../documents/temp-folder.ts';
import { must, rowsOf, runBatch } from '../support/docket.ts';
import { docketAt, server } from '../support/workspace.ts';

describe('a PDF with damaged pages in a batch', () => {
  it('is read without them if that is chosen, and says which are missing', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = tempFolder();
    const path = folder.put('lease.pdf', pdfOfPages(['The rent is due.', null, 'Signed in May.', null]));
    const { id } = await runBatch(docket, [path]);
    const [failed] = await rowsOf(docket, id);
    expect(failed).toMatchObject({ status: 'failed', problem: { params: { damaged: [2, 4] } } });

    must(await docket.batches.readWithoutPages(id, [failed?.id ?? -1]));
    await docket.batches.settled(id);

    const [row] = await rowsOf(docket, id);
    expect(row).toMatchObject({
      status: 'done',
      problem: null,
      notes: [{ code: 'pages_missing', params: { pages: [2, 4], of: 4 } }],
    });
    const asked = model.requests.filter(({ method }) => method === 'POST');
    expect(asked).not.toHaveLength(0);
    for (const { prompt } of asked) expect(prompt).toContain('[Page 2 is damaged and missing here.]');
  });

  it('fails again if it has lost other pages since', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const folder = tempFolder();
    const path = folder.put('lease.pdf', pdfOfPages(['The rent is due.', null, 'Signed in May.']));
    const { id } = await runBatch(docket, [path]);
    const [failed] = await rowsOf(docket, id);
    folder.put('lease.pdf', pdfOfPages(['The rent is due.', null, null]));

    must(await docket.batches.readWithoutPages(id, [failed?.id ?? -1]));
    await docket.batches.settled(id);

    expect(await rowsOf(docket, id)).toMatchObject([{ status: 'failed', problem: { params: { damaged: [2, 3] } } }]);
  });

  it('is one of those that can be read so, which are read together, and the others stay as they are', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const folder = tempFolder();
    folder.put('a.pdf', pdfOfPages(['The rent is due.', null]));
    folder.put('b.pdf', pdfOfPages([null, null]));
    folder.put('c.txt', '');
    folder.put('d.pdf', pdfOfPages([null, 'Signed in May.', 'In duplicate.']));
    folder.put('e.txt', 'Good.');
    const { id } = await runBatch(docket, [folder.path]);
    const before = await rowsOf(docket, id);
    const idOf = (name: string) => before.find((row) => row.name.endsWith(name))?.id;

    const damaged = await docket.batches.damagedInPart(id);
    expect(damaged).toEqual([idOf('a.pdf'), idOf('d.pdf')]);
    const allIds = before.map((row) => row.id);
    must(await docket.batches.readWithoutPages(id, allIds));
    await docket.batches.settled(id);

    const after = await rowsOf(docket, id);
    expect(after.map(({ status }) => status)).toEqual(['done', 'failed', 'failed', 'done', 'done']);
    expect(after.map(({ notes }) => notes.map(({ code }) => code))).toEqual([
      ['pages_missing'],
      [],
      [],
      ['pages_missing'],
      [],
    ]);
    expect(await docket.batches.damagedInPart(id)).toEqual([]);
  });

  it('is read without them too where the batch is run again', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const folder = tempFolder();
    const path = folder.put('lease.pdf', pdfOfPages(['The rent is due.', null]));
    const first = await runBatch(docket, [path]);
    must(await docket.batches.readWithoutPages(first.id, await docket.batches.damagedInPart(first.id)));
    await docket.batches.settled(first.id);

    const request = { batchId: first.id, recipe: standardRecipe, model: 'gpt-4o', temperature: 0 };
    const again = must(await docket.batches.runAgain(request, true));
    await docket.batches.settled(again.id);

    expect(await rowsOf(docket, again.id)).toMatchObject([{ status: 'done', notes: [{ code: 'pages_missing' }] }]);
  });
});
