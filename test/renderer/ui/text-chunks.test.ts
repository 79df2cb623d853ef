import { describe, expect, it } from 'vitest';
import { chunkText, cutAt } from '../../../src/renderer/src/ui/text-chunks.ts';

describe('a long text in chunks', () => {
  it.each([
    ['lines', 'a line of text\n'.repeat(10_000)],
    ['one line', 'x'.repeat(100_001)],
    ['pairs', '\u{1f600}'.repeat(60_000)],
    ['nothing', ''],
  ])('is the text when joined: %s', (_, text) => {
    expect(chunkText(text).join('')).toBe(text);
  });

  it('ends chunks at line ends if there are any', () => {
    const chunks = chunkText('a line of text\n'.repeat(10_000));
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.every((chunk) => chunk.endsWith('\n'))).toBe(true);
  });

  it('never cuts a character in half', () => {
    expect(
      chunkText(`x${'\u{1f600}'.repeat(60_000)}`).every((chunk) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(chunk)),
    ).toBe(true);
    expect('\u{1f600}\u{1f600}'.slice(0, cutAt('\u{1f600}\u{1f600}', 3))).toBe('\u{1f600}');
    expect(cutAt('abc', 9)).toBe(3);
  });

  // Quadratic work would exceed the time-out of the test.
  it('splits 50 MB', () => {
    const text = 'lorem ipsum dolor sit amet\n'.repeat(1_850_000);
    expect(chunkText(text).length).toBeGreaterThan(1_000);
  });
});
