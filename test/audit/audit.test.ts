import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type Audit, type AuditParts, createAudit } from '../../src/main/audit/audit.ts';
import { createConnection } from '../../src/main/llm/connection.ts';
import { createGateway } from '../../src/main/llm/gateway.ts';
import type { Store } from '../../src/main/store/store.ts';
import { chatCall, connectionSettings, failureOf, replyOf } from '../llm/workbench.ts';
import { makeFolder, openReader, openTestStore } from '../store/open-test-store.ts';
import { intent, outcome } from '../store/records.ts';
import { startModelServer } from '../support/model-server.ts';

const smallDisk = new URL('../store/small-disk-worker.ts', import.meta.url);
const noon = new Date(2026, 2, 1, 12).getTime();

function auditOf(store: Store, over: Partial<AuditParts> = {}): Promise<Audit> {
  return createAudit({
    write: store.write,
    departuresSince: store.read.departuresSince,
    onChange: () => {},
    onTrouble: (error) => {
      throw error;
    },
    now: () => noon,
    ...over,
  });
}

/** Begins a call and sends it. */
async function begin(audit: Audit, ...of: Parameters<typeof intent>): Promise<number> {
  const given = intent(...of);
  const begun = await audit.begin(given);
  if (!('callId' in begun)) throw new Error('The call was not begun.');
  audit.leave(begun.callId, given);
  return begun.callId;
}

/** Incompressible text. */
const bulk = (bytes: number) => randomBytes(bytes).toString('base64');

describe('the audit', () => {
  it('queues an outcome without waiting for it, and drains', async () => {
    const folder = makeFolder();
    const audit = await auditOf(await openTestStore(folder));
    const ids = await Promise.all([1, 2, 3].map((n) => begin(audit, `Question ${n}`)));
    const statuses = openReader(folder).prepare('SELECT DISTINCT status FROM calls').pluck();
    expect(audit.inFlight()).toBe(3);
    for (const id of ids) audit.end(outcome(id, 'An answer'));
    expect(audit.inFlight()).toBe(0);
    expect(statuses.all(), 'nothing was waited for').toEqual(['open']);
    await audit.drain();
    expect(statuses.all()).toEqual(['ok']);
  });

  it('also drains calls that end while draining', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const late: { end: () => void } = { end: () => {} };
    const write = {
      beginCall: store.write.beginCall,
      releaseCalls: store.write.releaseCalls,
      endCall: async (ended: Parameters<Store['write']['endCall']>[0]) => {
        await store.write.endCall(ended);
        late.end();
        late.end = () => {};
      },
    };
    const audit = await auditOf(store, { write });
    const [first, second] = [await begin(audit, 'first'), await begin(audit, 'second')];
    late.end = () => audit.end(outcome(second, 'Late.'));
    audit.end(outcome(first, 'Early.'));
    await audit.drain();
    expect(openReader(folder).prepare('SELECT status FROM calls').pluck().all()).toEqual(['ok', 'ok']);
  });

  it('reports each call that is sent or ends', async () => {
    const onChange = vi.fn();
    const audit = await auditOf(await openTestStore(), { onChange });
    const id = await begin(audit, 'A question');
    expect(onChange).toHaveBeenCalledTimes(1);
    audit.end(outcome(id, 'x'));
    expect(onChange).toHaveBeenCalledTimes(2);
    await audit.drain();
  });

  it('counts what left today, across restarts and until midnight', async () => {
    const store = await openTestStore();
    let now = noon;
    const parts = { now: () => now };
    const first = await auditOf(store, parts);
    const ids = [
      await begin(first, 'x', { createdAt: now, host: 'a', requestBytes: 10 }),
      await begin(first, 'x', { createdAt: now, host: 'b', requestBytes: 5 }),
      await begin(first, 'x', { createdAt: now, host: 'a', requestBytes: 1 }),
      await begin(first, 'x', { createdAt: now, host: '127.0.0.1', requestBytes: 900, local: true }),
    ];
    const today = { calls: 3, bytes: 16, hosts: ['a', 'b'] };
    expect(first.departedToday()).toEqual(today);
    for (const id of ids) first.end(outcome(id, 'y'));
    await first.drain();
    const second = await auditOf(store, parts);
    expect(second.departedToday()).toEqual(today);
    now += 12 * 3_600_000;
    expect(second.departedToday()).toEqual({ calls: 0, bytes: 0, hosts: [] });
    await begin(second, 'x', { createdAt: now, host: 'c', requestBytes: 2 });
    expect(second.departedToday()).toEqual({ calls: 1, bytes: 2, hosts: ['c'] });
  });

  it('counts what left today even if the clock or time zone changed', async () => {
    let now = noon;
    let changed = () => {};
    const audit = await auditOf(await openTestStore(), { now: () => now, onChange: () => changed() });
    audit.end(outcome(await begin(audit, 'x', { createdAt: now, host: 'a', requestBytes: 10 }), 'y'));
    await audit.drain();
    now += 24 * 3_600_000;
    expect(audit.departedToday().calls).toBe(0);
    now -= 24 * 3_600_000;
    const corrected = new Promise<void>((resolve) => {
      changed = resolve;
    });
    audit.departedToday();
    await corrected;
    expect(audit.departedToday()).toEqual({ calls: 1, bytes: 10, hosts: ['a'] });
  });

  it('counts a call that ends during a clock change once, for the day on which it was sent', async () => {
    const store = await openTestStore();
    let now = noon;
    let mayRead = Promise.resolve();
    const departuresSince: AuditParts['departuresSince'] = async (...given) => {
      await mayRead;
      return store.read.departuresSince(...given);
    };
    let changed = () => {};
    const audit = await auditOf(store, { now: () => now, departuresSince, onChange: () => changed() });
    const ofToday = { createdAt: now, host: 'a', requestBytes: 10 };
    audit.end(outcome(await begin(audit, 'ended', ofToday), 'y'));
    const open = await begin(audit, 'in flight', ofToday);

    now += 24 * 3_600_000;
    expect(audit.departedToday(), 'it was sent yesterday').toEqual({ calls: 0, bytes: 0, hosts: [] });
    now -= 24 * 3_600_000;
    let read = () => {};
    mayRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    expect(audit.departedToday().calls, 'the store has not been read yet').toBe(1);
    const later = await begin(audit, 'later', ofToday);
    for (const id of [open, later]) audit.end(outcome(id, 'y'));
    await audit.drain();
    const corrected = new Promise<void>((resolve) => {
      changed = resolve;
    });
    read();
    await corrected;
    expect(audit.departedToday()).toEqual({ calls: 3, bytes: 30, hosts: ['a'] });
    expect((await auditOf(store)).departedToday().calls, 'after a restart').toBe(3);
  });

  it('does not count a call given up before it was sent, now or after a restart', async () => {
    const store = await openTestStore();
    const audit = await auditOf(store);
    const given = intent('Never mind', { createdAt: noon });
    const begun = await audit.begin(given);
    expect(audit.inFlight(), 'on record, not on its way').toBe(0);
    if ('callId' in begun) audit.end(outcome(begun.callId, null, { sent: false, status: 'cancelled' }));
    await audit.drain();
    expect([audit.inFlight(), audit.departedToday().calls]).toEqual([0, 0]);
    expect((await auditOf(store)).departedToday().calls).toBe(0);
  });

  it('does not count a call served from an earlier one', async () => {
    const audit = await auditOf(await openTestStore());
    const id = await begin(audit, 'Sum up', { itemId: 1, createdAt: noon });
    audit.end(outcome(id, 'The sum'));
    await audit.drain();
    expect(await audit.begin(intent('Sum up', { itemId: 1 }))).toHaveProperty('finished');
    expect([audit.inFlight(), audit.departedToday().calls]).toEqual([0, 1]);
  });
});

describe('on a full disk', () => {
  it('a call that cannot be recorded is not sent; the next one is, once there is space', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder, smallDisk);
    const server = await startModelServer();
    const connection = createConnection(connectionSettings(server.url));
    const gateway = createGateway(await auditOf(store));
    const ask = () => gateway.complete(chatCall(bulk(60_000)), { connection, signal: new AbortController().signal });
    writeFileSync(join(folder, 'disk-is-full'), '');
    expect(failureOf(await ask()).problem).toMatchObject({
      code: 'store_failed',
      message: expect.stringContaining('not sent'),
      detail: expect.stringContaining('full'),
    });
    expect(server.sockets.everOpened).toBe(0);
    rmSync(join(folder, 'disk-is-full'));
    replyOf(await ask());
    expect(server.chatRequestCount).toBe(1);
    await connection.close(0);
    await server.close();
  });

  it('an outcome is kept and retried until there is space', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder, smallDisk);
    const troubles: unknown[] = [];
    const onTrouble = (error: unknown) => {
      troubles.push(error);
      if (troubles.length === 3) rmSync(join(folder, 'disk-is-full'));
    };
    const audit = await auditOf(store, { onTrouble, retryOutcomeAfterMs: 5 });
    const id = await begin(audit, 'A question');
    writeFileSync(join(folder, 'disk-is-full'), '');
    const reply = bulk(60_000);
    audit.end(outcome(id, reply));
    const status = openReader(folder).prepare('SELECT status FROM calls WHERE id = ?').pluck();
    await expect.poll(() => status.get(id)).toBe('ok');
    expect(troubles).toHaveLength(3);
    expect(troubles[0]).toMatchObject({ name: 'StoreError', code: 'SQLITE_FULL' });
    expect((await store.read.callDetail(id))?.replyBody).toBe(reply);
  });

  it('a quit retries once more, at once, and does not wait forever', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder, smallDisk);
    const onTrouble = vi.fn();
    const audit = await auditOf(store, { onTrouble, retryOutcomeAfterMs: 3_600_000 });
    const id = await begin(audit, 'A question');
    writeFileSync(join(folder, 'disk-is-full'), '');
    audit.end(outcome(id, bulk(60_000)));
    while (onTrouble.mock.calls.length === 0) await nextTurn();
    await audit.drain();
    expect(onTrouble).toHaveBeenCalledTimes(2);
    rmSync(join(folder, 'disk-is-full'));
    await store.close();
    const after = await openTestStore(folder);
    expect(after.recovery.callsInDoubt).toBe(1);
  });
});
