import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/main/llm/pacer.ts';

/** Asks for turns and notes in which turn of the event loop each one comes. */
async function turnsOf(count: number): Promise<readonly (readonly [piece: number, turn: number])[]> {
  const pacer = createPacer();
  const seen: [number, number][] = [];
  let turn = 0;
  for (let piece = 0; piece < count; piece += 1) void pacer.turn().then(() => seen.push([piece, turn]));
  while (seen.length < count) {
    await nextTurn();
    turn += 1;
  }
  return seen;
}

describe('the pacer', () => {
  it('lets a single piece of work start at once', async () => {
    expect(await turnsOf(1)).toEqual([[0, 0]]);
  });

  it('starts a burst in order, never two in one turn of the event loop', async () => {
    const seen = await turnsOf(20);
    expect(seen.map(([piece]) => piece)).toEqual(Array.from({ length: 20 }, (_, piece) => piece));
    // The first one starts before the event loop has turned, so before the first turn counted.
    expect(new Set(seen.slice(1).map(([, turn]) => turn)).size).toBe(19);
  });

  it('is free again after a burst', async () => {
    const pacer = createPacer();
    await Promise.all([pacer.turn(), pacer.turn(), pacer.turn()]);
    await nextTurn();
    await nextTurn();
    let begun = false;
    void pacer.turn().then(() => {
      begun = true;
    });
    await Promise.resolve();
    expect(begun).toBe(true);
  });
});
