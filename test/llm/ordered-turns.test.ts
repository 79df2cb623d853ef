import { expect, it } from 'vitest';
import { createOrderedTurns } from '../../src/main/llm/ordered-turns.ts';

/** Work whose begin is told, and that goes on until the test ends it. */
function script(concurrency: number) {
  const turns = createOrderedTurns(concurrency);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    turns,
    begun,
    ask: (place: number, name: string) =>
      turns.run(place, async () => {
        begun.push(name);
        await new Promise<void>((end) => ends.set(name, end));
        return name;
      }),
    end: async (name: string) => {
      await new Promise(setImmediate);
      expect(begun).toContain(name);
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

it('are given to whoever came first, in the order in which he asked', async () => {
  const { begun, ask, end } = script(1);
  const first = ask(1, '1a');
  for (const [place, name] of [
    [3, '3a'],
    [2, '2a'],
    [2, '2b'],
    [1, '1b'],
  ] as const)
    void ask(place, name);
  await end('1a');
  expect(await first).toBe('1a');
  // Came later, and goes before those who came after him.
  void ask(1, '1c');
  for (const name of ['1b', '1c', '2a', '2b', '3a']) await end(name);
  expect(begun).toEqual(['1a', '1b', '1c', '2a', '2b', '3a']);
});

it('are as many at once as there may be, also when that changes', async () => {
  const { turns, begun, ask, end } = script(1);
  for (const name of ['a', 'b', 'c', 'd']) void ask(1, name);
  turns.setConcurrency(3);
  await new Promise(setImmediate);
  expect(begun).toEqual(['a', 'b', 'c']);
  turns.setConcurrency(1);
  for (const name of ['a', 'b']) await end(name);
  expect(begun).toHaveLength(3);
  await end('c');
  expect(begun).toHaveLength(4);
});

it('are free again after work that fails', async () => {
  const turns = createOrderedTurns(1);
  await expect(turns.run(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.run(1, async () => 'next')).toBe('next');
});
