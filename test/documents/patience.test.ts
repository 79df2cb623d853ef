import { expect, it } from 'vitest';
import { createPatience } from '../../src/main/documents/patience.ts';

it('ten hostile documents in a row together take less than four times what the first is allowed', () => {
  const patience = createPatience(800);
  let taken = 0;
  for (let n = 0; n < 10; n += 1) {
    taken += patience.sliceMs(0);
    patience.exceeded();
  }
  expect(taken).toBe(800 + 400 + 8 * 200);
});

it('a document that was read gives the next ones their full time back', () => {
  const patience = createPatience(800);
  for (let n = 0; n < 10; n += 1) patience.exceeded();
  patience.read();
  expect(patience.sliceMs(0)).toBe(800);
});

it('a slow document gets as long as it needs after a few turns, also among hostile ones', () => {
  const patience = createPatience(800);
  for (let n = 0; n < 100; n += 1) patience.exceeded();
  expect([0, 1, 2, 3].map(patience.sliceMs)).toEqual([200, 800, 3_200, 12_800]);
});
