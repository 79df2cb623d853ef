import { describe, expect, it } from 'vitest';
import { directionOf } from '../../../src/renderer/src/ui/text-direction.ts';

describe('direction of a text', () => {
  it.each(['שלום, world', '1. פריט', '**وهذه** فقرة', '(2026) عربي'])('is right to left for "%s"', (text) => {
    expect(directionOf(text)).toBe('rtl');
  });

  it.each(['Hello שלום', '第三四半期', '123', '', null])('is that of the page for "%s"', (text) => {
    expect(directionOf(text)).toBeUndefined();
  });
});
