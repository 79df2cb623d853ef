import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../support/docket.ts';
import { stallMidStream, text } from '../support/model-server-replies.ts';
import { docketAt, server, tempFolder } from '../support/workspace.ts';
import { done, seen, send } from './conversation.ts';

const storeWorker = new URL('../store/small-disk-worker.ts', import.meta.url);
/** More than the free pages of a small store. */
const long = 'The delivery was late. '.repeat(20_000);

/** A reply that finished while the disk was full. */
async function replyOnFullDisk() {
  const model = await server();
  const dataDir = join(await tempFolder(), 'data');
  const docket = await docketAt({ dataDir, baseUrl: model.url, storeWorker });
  model.respond(stallMidStream(1, long, { chunks: [long.slice(0, 5), long.slice(5)] }));
  const asked = await send(docket, 'What happened?');
  await seen(docket, asked.replyId, 'The d');
  const flag = join(dataDir, 'disk-is-full');
  await writeFile(flag, '');
  model.release();
  return { model, docket, dataDir, asked, told: await done(docket, asked), makeRoom: () => rm(flag) };
}

describe('a reply that ends on a full disk', () => {
  it('is shown in full with a warning, and is stored once there is space', async () => {
    const { model, docket, asked, told, makeRoom } = await replyOnFullDisk();
    const opened = async () => must(await docket.chat.open(asked.conversationId)).messages.at(-1);

    expect(told).toMatchObject({ status: 'failed', content: long, problem: { code: 'store_failed' } });
    expect(await opened()).toEqual(told);

    await makeRoom();
    const stored = await docket.waitFor('chat.done', ({ message }) => message.status === 'done');
    expect(stored.message).toMatchObject({ id: asked.replyId, content: long, problem: null });
    expect(await opened()).toEqual(stored.message);

    model.respond(text('On Tuesday.'));
    const { conversationId, replyId: parentId } = asked;
    await done(docket, await send(docket, 'When?', { conversationId, parentId }));
    expect(model.chatRequests.at(-1)?.body.messages?.[1]?.content).toBe(long);
  });

  it('is stored on quit, if there is space by then', async () => {
    const { docket, dataDir, asked, makeRoom } = await replyOnFullDisk();
    await makeRoom();
    await docket.close();

    const after = await docketAt({ dataDir });
    expect(must(await after.chat.open(asked.conversationId)).messages.at(-1)).toMatchObject({
      status: 'done',
      content: long,
    });
  });
});
