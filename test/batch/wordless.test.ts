import { describe, expect, it } from 'vitest';
import { batchNow, must, rowsOf, runBatch } from '../support/docket.ts';
import { bytes, prompted } from '../support/model-server-replies.ts';
import { isShortQuestion } from '../support/model-server-requests.ts';
import { docketAt, folderOfNotes, noteText, server } from '../support/workspace.ts';

describe('a server that keeps calls alive without a word', () => {
  const wordless = bytes(
    Array.from({ length: 1_000 }, () => ': PROCESSING\n\n'),
    { everyMs: 10 },
  );
  const settings = { firstTokenTimeoutMs: 100, idleTimeoutMs: 100 };

  it('for two files fails these, and does all others meanwhile', async () => {
    const model = await server();
    const texts = [1, 2].map((n) => noteText(`note 00${n}`));
    model.respond(({ prompt }) => (texts.some((text) => prompt.includes(text)) ? wordless : undefined));
    const docket = await docketAt({ baseUrl: model.url, settings });

    const batch = await runBatch(docket, [await folderOfNotes(10)]);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 8, failed: 2 } });
    const failed = (await rowsOf(docket, batch.id)).filter(({ status }) => status === 'failed');
    expect(failed.map(({ problem }) => problem?.code)).toEqual(['timeout_first_token', 'timeout_first_token']);
  });

  it('for all files and a small question too is waited for', async () => {
    const model = await server();
    model.respond(wordless);
    const docket = await docketAt({ baseUrl: model.url, settings });
    const { id } = must(await docket.batches.create([await folderOfNotes(3)], { start: true }));
    const { waiting } = await docket.waitFor('batch.progress', (told) => told.waiting?.since != null);
    expect(waiting?.problem.code).toBe('timeout_first_token');
    await model.waitUntil(() => model.chatRequests.filter(isShortQuestion).length >= 2);
    model.respond(prompted());
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 3, failed: 0 } });
  });
});
