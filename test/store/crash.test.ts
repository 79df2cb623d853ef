import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startModelServer } from '../support/model-server.ts';
import { hangBeforeHeaders, type Reply, text } from '../support/model-server-replies.ts';
import { openReader, openTestStore } from './open-test-store.ts';

interface Crashed {
  readonly folder: string;
  /** The requests that the server received. */
  readonly asked: readonly string[];
}

/** Runs a child until this many of its calls hang at the server, then kills it. */
async function crash(program: URL, hanging: number, queue: readonly Reply[] = []): Promise<Crashed> {
  const server = await startModelServer();
  server.respond({ queue, otherwise: hangBeforeHeaders() });
  const child = fork(fileURLToPath(program), [server.url], { execArgv: [] });
  const [told] = (await once(child, 'message')) as [{ dataDir: string }];
  onTestFinished(() => rmSync(told.dataDir, { recursive: true, force: true }));
  await server.waitUntil(() => server.hanging === hanging);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
  const asked = server.chatRequests.map(({ body }) => String(body.messages?.at(-1)?.content));
  await server.close();
  return { folder: told.dataDir, asked };
}

it('reports what is in doubt after a kill -9, and loses nothing', async () => {
  const { folder } = await crash(new URL('./crash-child.ts', import.meta.url), 1, [text('An answer')]);
  const store = await openTestStore(folder);
  expect(store.recovery).toEqual({ callsInDoubt: 1, callsNotSent: 0, repliesInterrupted: 1, batchesInterrupted: 1 });
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
    reasoning: 'What was thought',
    problem: { code: 'interrupted' },
  });
  const batch = await store.read.readBatch('b1');
  expect(batch?.batch).toMatchObject({ status: 'interrupted', counts: { total: 3, queued: 3, running: 0 } });

  // A call in doubt is found by its words, but not by those of the JSON around them.
  const find = async (search: string) =>
    (await store.read.pageOfCalls({ search, status: 'in_doubt', limit: 9 })).rows.length;
  expect([await find('arrive'), await find('And this'), await find('messages'), await find('temperature')]).toEqual([
    1, 1, 0, 0,
  ]);
  await store.close();

  const again = await openTestStore(folder);
  expect(again.recovery, 'said once').toEqual({
    callsInDoubt: 0,
    callsNotSent: 0,
    repliesInterrupted: 0,
    batchesInterrupted: 0,
  });
});

it('knows after a kill -9 that calls waiting for a slot had not left', async () => {
  const { folder, asked } = await crash(new URL('./waiting-child.ts', import.meta.url), 2);
  const store = await openTestStore(folder);

  // Two slots, and one call that could have taken the next one.
  expect(store.recovery).toMatchObject({ callsInDoubt: 3, callsNotSent: 3 });
  const inDoubt = (await store.read.pageOfCalls({ status: 'in_doubt', limit: 9 })).rows.map((row) => row.message);
  expect(asked).toHaveLength(2);
  expect(inDoubt).toEqual(expect.arrayContaining([...asked]));
  const { rows } = await store.read.pageOfCalls({ status: 'cancelled', limit: 9 });
  const details = await Promise.all(rows.map((row) => store.read.callDetail(row.id)));
  expect(details.map((detail) => [detail?.sent, detail?.problem?.code])).toEqual(
    rows.map(() => [false, 'interrupted']),
  );
  expect(await store.read.departuresSince(0), 'they are not counted among what left').toMatchObject({ calls: 0 });
});
