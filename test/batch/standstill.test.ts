import { describe, expect, it } from 'vitest';
import { createStandstill } from '../../src/main/batch/standstill.ts';
import type { Lanes } from '../../src/main/llm/call-options.ts';
import type { RetryWait } from '../../src/shared/call-data.ts';
import { type Problem, problem } from '../../src/shared/problem.ts';
import { must } from '../support/docket.ts';
import { rateLimited } from '../support/model-server-replies.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

const limited: Problem = problem('rate_limited', { host: 'api.example.com' });
const overloaded: Problem = problem('server_error', { host: 'api.example.com', during: 'request' });

function wait(delayMs: number, why = limited): RetryWait {
  return { problem: why, attempt: 2, attempts: 5, delayMs };
}

/** Work that goes on until the test ends it. */
function call(run: (work: () => Promise<void>) => Promise<void>) {
  let end = () => {};
  const ended = run(
    () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  );
  return {
    async end(): Promise<void> {
      end();
      await ended;
    },
  };
}

const lanes: Lanes = { ahead: (work) => work(), slot: (work) => work(), room: () => 1, most: () => 1 };

describe('a batch stands still', () => {
  it('while a call waits and none is on its way', async () => {
    const standstill = createStandstill();
    const other = call(standstill.counting(lanes).slot);
    standstill.waits(wait(30_000), 1_000);
    expect(standstill.current(2_000)).toBeNull();
    await other.end();
    expect(standstill.current(3_000)).toEqual({ problem: limited, remainingMs: 28_000, since: null });
  });

  it('also during the next attempts, until a file has come to its end', async () => {
    const standstill = createStandstill();
    standstill.waits(wait(10_000), 0);
    standstill.current(1_000);
    const attempt = call(standstill.counting(lanes).slot);
    expect(standstill.current(10_500)).toEqual({ problem: limited, remainingMs: 0, since: null });
    await attempt.end();
    standstill.moved();
    expect(standstill.current(11_000)).toBeNull();
  });

  it('for as long as the call that waits longest, and for its reason', () => {
    const standstill = createStandstill();
    standstill.waits(wait(30_000), 0);
    standstill.waits(wait(5_000, overloaded), 100);
    expect(standstill.current(1_000)).toEqual({ problem: limited, remainingMs: 29_000, since: null });
    standstill.waits(wait(40_000, overloaded), 2_000);
    expect(standstill.current(3_000)).toEqual({ problem: overloaded, remainingMs: 39_000, since: null });
  });

  it('again where the other calls still wait after a file has come to its end', () => {
    const standstill = createStandstill();
    standstill.waits(wait(30_000), 0);
    standstill.current(1_000);
    standstill.moved();
    expect(standstill.current(2_000)).toEqual({ problem: limited, remainingMs: 28_000, since: null });
  });

  it('not for a wait that is over before it is read, nor one that has passed', () => {
    const standstill = createStandstill();
    standstill.waits(wait(900), 0);
    expect(standstill.current(100)).toBeNull();
    standstill.waits(wait(2_000), 0);
    expect(standstill.current(2_000)).toBeNull();
  });
});

describe('a batch whose provider asks to wait', () => {
  it('tells why and how long, without a rate, and goes on', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    // Three files of three calls, each of which is refused once.
    model.respond(Array.from({ length: 9 }, () => rateLimited({ retryAfterSeconds: 2 })));
    const { id } = must(await docket.batches.create([await folderOfNotes(3)]));

    const told = await docket.waitFor('batch.progress', ({ waiting }) => waiting !== null);

    expect(told).toMatchObject({
      filesPerSecond: null,
      batch: { status: 'running', counts: { done: 0, running: 3 } },
      waiting: { problem: { code: 'rate_limited', httpStatus: 429, retryAfterMs: 2_000 } },
    });
    expect(told.waiting?.remainingMs).toBeGreaterThan(0);
    expect(told.waiting?.remainingMs).toBeLessThanOrEqual(2_500);
    await docket.batches.settled(id);
    expect(docket.payloads('batch.progress').at(-1)).toMatchObject({
      batch: { status: 'finished', counts: { done: 3 } },
      waiting: null,
    });
    expect(model.chatRequestCount).toBe(18);
  });
});
