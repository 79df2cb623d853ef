/** Long texts are prepared on a real thread. */
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { prepareText } from '../../src/main/recipes/prepare-text.ts';
import { createTextThread, type TextThread } from '../../src/main/recipes/text-thread.ts';

const worker = new URL('../../src/main/recipes/text-worker.ts', import.meta.url);
const long = {
  text: 'On 13/4/2025 the committee met. Nobody came.\n\n'.repeat(100_000),
  tokens: 3_000,
  pageStarts: [0, 45_000, 90_000],
  needsHints: true,
};

const threads: TextThread[] = [];

function openThread(idleMs?: number): TextThread {
  const thread = createTextThread(worker, idleMs);
  threads.push(thread);
  return thread;
}

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
});

describe('a long text', () => {
  it('is prepared as a short one is, while everything else goes on', async () => {
    const { prepare } = openThread();
    await prepare(long);
    let turns = 0;
    const turn = () => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const prepared = await prepare(long);
    clearImmediate(next);
    expect(turns).toBeGreaterThan(50);
    expect(prepared).toEqual(prepareText(long));
    expect(prepared.hints.dateOrder).toBe('day_first');
    expect(prepared.parts.flatMap(({ start, pageStarts }) => pageStarts.map((page) => start + page))).not.toEqual([]);
  });

  it('fails alone if it fails on the thread', async () => {
    const { prepare } = openThread();
    const broken = prepare({ ...long, tokens: 0 });
    const next = prepare(long);
    await expect(broken).rejects.toThrow('at least one token');
    expect((await next).parts.length).toBeGreaterThan(100);
  });

  it('is prepared by a new thread once the last one has ended for want of work', async () => {
    const { prepare } = openThread(1);
    const first = await prepare(long);
    // A timer that was set after the thread's.
    await once(AbortSignal.timeout(1), 'abort');
    expect(await prepare(long)).toEqual(first);
  });
});
