import { describe, expect, it } from 'vitest';
import { batchNow, must, rowsOf, runBatch } from '../support/docket.ts';
import { firstFiles } from '../support/first-files.ts';
import { hangBeforeHeaders, modelNotFound, prompted } from '../support/model-server-replies.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

describe('chosen files of a batch', () => {
  it('run again if they were cancelled, and no others do', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(() => modelNotFound());
    const stopped = await runBatch(docket, [await folderOfNotes(6)]);
    must(await docket.batches.cancel(stopped.id));
    const rows = await rowsOf(docket, stopped.id);
    model.reset();
    model.respond(prompted());
    const chosen = rows.slice(2, 4).map(({ id }) => id);

    must(await docket.batches.retryItems(stopped.id, chosen));
    await docket.batches.settled(stopped.id);

    const after = await rowsOf(docket, stopped.id);
    expect(after.filter(({ status }) => status === 'done').map(({ id }) => id)).toEqual(chosen);
  });

  it('leave the queue of a running batch, which then ends without them', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });
    const isEarly = firstFiles(1);
    model.respond((request) => (isEarly(request) ? hangBeforeHeaders() : undefined));
    const { id } = must(await docket.batches.create([await folderOfNotes(40)], { start: true }));
    await model.waitUntil(() => model.hanging > 0);
    const waiting = (await rowsOf(docket, id)).filter(({ status }) => status === 'queued').map((row) => row.id);

    const told = must(await docket.batches.skipItems(id, waiting));

    expect(told.counts).toMatchObject({ queued: 0, cancelled: waiting.length });
    model.respond(prompted());
    model.release();
    await docket.batches.settled(id);
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 40, cancelled: waiting.length, queued: 0 });
  });
});
