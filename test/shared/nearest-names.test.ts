import { describe, expect, it } from 'vitest';
import { nearestNames } from '../../src/shared/nearest-names.ts';

const names = ['claude-sonnet', 'gpt-4o', 'gpt-4o-mini', 'llama3.2:3b', 'o3', 'qwen3:8b', 'text-embedding-3-small'];

describe('the names nearest to a name', () => {
  it.each([
    ['gpt-4o-minii', 'gpt-4o-mini'],
    ['GPT-4o Mini', 'gpt-4o-mini'],
    ['openai/gpt-4o', 'gpt-4o'],
    ['qwen3', 'qwen3:8b'],
    ['llama-3.2-3b-instruct', 'llama3.2:3b'],
    ['sonnet', 'claude-sonnet'],
  ])('of %s begin with %s', (name, nearest) => {
    expect(nearestNames(name, names)[0]).toBe(nearest);
  });

  it('are five at most', () => {
    expect(nearestNames('x', names)).toHaveLength(5);
    expect(nearestNames('x', [])).toEqual([]);
  });

  it('are found in time among very many', () => {
    const before = process.cpuUsage().user;
    nearestNames(
      'x'.repeat(200),
      Array.from({ length: 1_000 }, (_, n) => `${n}${'y'.repeat(190)}`),
    );
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(4_000);
  });
});
