import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatListTime,
  formatRelative,
  formatTokens,
} from '../../../src/renderer/src/ui/format.ts';

describe('sizes', () => {
  it('use decimal units and as many digits as matter', () => {
    expect([0, 999, 1000, 48_213, 1_234_567, 999_600, 12_400_000_000].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '48 KB',
      '1.2 MB',
      '1 MB',
      '12 GB',
    ]);
  });
});

describe('durations', () => {
  it('change units where people would', () => {
    expect([0.4, 340, 999.6, 1_240, 59_960, 200_000, 3_600_000, 3_900_000].map(formatDuration)).toEqual([
      '0 ms',
      '340 ms',
      '1 s',
      '1.2 s',
      '1 min',
      '3 min 20 s',
      '1 h',
      '1 h 5 min',
    ]);
  });
});

describe('counts and tokens', () => {
  it('agree in number', () => {
    expect(formatCount(1, 'file')).toBe('1 file');
    expect(formatCount(1204, 'file')).toBe('1,204 files');
    expect(formatCount(2, 'batch', 'batches')).toBe('2 batches');
  });
  it('distinguish unknown, not applicable and zero', () => {
    expect([formatTokens(null, true), formatTokens(null, false), formatTokens(0, true)]).toEqual([
      'unknown',
      'n/a',
      '0',
    ]);
  });
});

describe('times in a list', () => {
  it('are the hour of today or the day, which leaves room for what is beside them', () => {
    const now = new Date(2026, 10, 22, 15, 0).getTime();
    const at = (...parts: [number, number, number, number, number]) =>
      formatListTime(new Date(...parts).getTime(), now);
    expect(at(2026, 10, 22, 9, 5)).toMatch(/^0?9:05/);
    expect(at(2026, 10, 21, 23, 58)).toBe('Nov 21');
    expect(at(2025, 10, 21, 23, 58)).toBe('Nov 21, 2025');
  });
});

describe('relative times', () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  const at = (...parts: [number, number, number, number, number]) => formatRelative(new Date(...parts).getTime(), now);
  it('grow coarser with distance', () => {
    expect(formatRelative(now - 20_000, now)).toBe('now');
    expect(formatRelative(now - 300_000, now)).toBe('5 min');
    expect(at(2026, 10, 22, 9, 0)).toBe('6 h');
    expect(at(2026, 10, 21, 23, 0)).toBe('yesterday');
    expect(at(2026, 10, 19, 12, 0)).toBe('3 days');
    expect(at(2026, 9, 2, 12, 0)).toBe('Oct 2');
    expect(at(2024, 9, 2, 12, 0)).toBe('Oct 2, 2024');
  });
});
