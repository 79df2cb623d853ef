import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startModelServer } from '../support/model-server.ts';
import { hangBeforeHeaders, text } from '../support/model-server-replies.ts';
import { openReader, openTestStore } from './open-test-store.ts';

/** Runs the child until its last call hangs at the server, then kills it. Returns its data folder. */
async function crashInMidCall(): Promise<string> {
  const server = await startModelServer();
  server.respond({ queue: [text('An answer')], otherwise: hangBeforeHeaders() });
  const child = fork(fileURLToPath(new URL('./crash-child.ts', import.meta.url)), [server.url], { execArgv: [] });
  const [told] = (await once(child, 'message')) as [{ dataDir: string }];
  onTestFinished(() => rmSync(told.dataDir, { recursive: true, force: true }));
  await server.waitUntil(() => server.hanging === 1);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
  await server.close();
  return told.dataDir;
}

it('after a kill -9 tells what is in doubt, and loses nothing', async () => {
  const folder = await crashInMidCall();
  const store = await openTestStore(folder);
  expect(store.recovery).toEqual({ callsInDoubt: 1, repliesInterrupted: 1, batchesInterrupted: 1 });
  expect(store.salvage).toBeNull();
  expect(openReader(folder).pragma('integrity_check', { simple: true })).toBe('ok');

  const { rows } = await store.read.pageOfCalls({ limit: 10 });
  expect(rows.map((row) => [row.message, row.status])).toEqual([
    ['Will this "arrive"?\nAnd this?', 'in_doubt'],
    ['An earlier question', 'ok'],
  ]);
  const detail = await store.read.callDetail(rows[0]?.id ?? 0);
  expect(detail).toMatchObject({
    errorCode: 'in_doubt',
    problem: { code: 'in_doubt', params: { host: expect.stringContaining('127.0.0.1:') } },
    latencyMs: null,
    replyBody: null,
  });
  expect(JSON.parse(detail?.requestBody ?? '').messages[0].content).toBe('Will this "arrive"?\nAnd this?');

  const talk = await store.read.readConversation('c1');
  expect(talk?.messages.at(-1)).toMatchObject({
    id: 'm2',
    status: 'interrupted',
    content: 'What had arrived',
    problem: { code: 'interrupted' },
  });
  const batch = await store.read.readBatch('b1');
  expect(batch?.batch).toMatchObject({ status: 'interrupted', counts: { total: 3, queued: 3, running: 0 } });

  // What is in doubt is found by its words, and not by those of the JSON around them.
  const find = async (search: string) =>
    (await store.read.pageOfCalls({ search, status: 'in_doubt', limit: 9 })).rows.length;
  expect([await find('arrive'), await find('And this'), await find('messages'), await find('temperature')]).toEqual([
    1, 1, 0, 0,
  ]);
  await store.close();

  const again = await openTestStore(folder);
  expect(again.recovery, 'said once').toEqual({ callsInDoubt: 0, repliesInterrupted: 0, batchesInterrupted: 0 });
});
