import { describe, expect, it } from 'vitest';
import { createEndFinder } from '../../src/main/llm/stream-end.ts';

function findsEnd(...parts: readonly string[]): boolean {
  const finder = createEndFinder();
  return parts.map((part) => finder(Buffer.from(part))).at(-1) ?? false;
}

const piece = `data: ${JSON.stringify({ choices: [{ delta: { content: 'Prices – rose' } }] })}\n\n`;

describe('the end of a stream', () => {
  it('is found wherever the stream is cut', () => {
    const whole = `${piece}data: [DONE]\n\n`;
    for (let at = 1; at < whole.length; at += 1) expect(findsEnd(whole.slice(0, at), whole.slice(at))).toBe(true);
    expect(findsEnd(...whole)).toBe(true);
  });

  it.each(['data: [DONE]', 'data:[DONE]\r\n\r\n', `: ping\r\n${piece}data: [DONE]`, 'event: end\ndata: [DONE]\n\n'])(
    'is found in %j',
    (stream) => {
      expect(findsEnd(stream)).toBe(true);
    },
  );

  it('is not where a reply speaks of it', () => {
    const quoting = `data: ${JSON.stringify({ choices: [{ delta: { content: '\ndata: [DONE]\n' } }] })}\n\n`;
    expect(findsEnd(piece, quoting, piece)).toBe(false);
    expect(findsEnd(...quoting)).toBe(false);
  });

  it('is not there before it has come', () => {
    expect(findsEnd(piece, 'data: [DO')).toBe(false);
    expect(findsEnd('')).toBe(false);
  });
});
