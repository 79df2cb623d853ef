import { expect, it } from 'vitest';
import { createWaitTimer } from '../../src/main/chat/wait-timer.ts';

/** A clock that goes on by 10 ms whenever it is looked at, as on a machine that is slow. */
function slowClock(): () => number {
  let time = 0;
  return () => (time += 10);
}

it('gives reasoning no duration that was read in one go with the answer, however long that took', () => {
  const timer = createWaitTimer(slowClock());
  timer.thoughts();
  timer.words();
  expect(timer.reasoningMs()).toBeNull();
  expect(timer.read()).toMatchObject({ reasoningMs: null, timeToFirstTokenMs: 10 });
});

it('gives reasoning the time until an answer that came later', async () => {
  const timer = createWaitTimer(slowClock());
  timer.thoughts();
  await Promise.resolve();
  timer.words();
  expect(timer.reasoningMs()).toBe(10);
});
