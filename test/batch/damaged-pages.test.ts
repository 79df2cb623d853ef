import { describe, expect, it } from 'vitest';
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
});
