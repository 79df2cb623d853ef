import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toPicturedBody } from '../../src/main/audit/request-body.ts';
import { cpuMs } from '../support/cpu-time.ts';

const picture = (bytes: number) => randomBytes(bytes).toString('base64');
const part = (base64: string) => ({ type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } });
const label = (text: string) => ({ type: 'text', text });

function requestWith(content: unknown): object {
  return {
    model: 'm',
    messages: [
      { role: 'system', content: 'Read “all” of it: {"image_url": "ü"}\n' },
      { role: 'user', content },
    ],
    // A name that the recipe gave.
    response_format: { schema: { properties: { image_url: { url: 'text' } } } },
  };
}

describe('a request with pictures', () => {
  const [first, second] = [picture(3_001), picture(50)];
  const text = 'Was steht auf Seite 2? "Überall" 漢字\n'.repeat(40);

  it('has the bytes that JSON gives, and says where the pictures and the long texts are', () => {
    const before = 'The text of page 1, ünder its picture. '.repeat(30);
    const body = requestWith([label('[page 1]'), part(first), label(before), part(second), part(first), label(text)]);
    const { bytes, shared } = toPicturedBody(body, [first, second, first], [before, text]);
    expect(Buffer.from(bytes).toString()).toBe(JSON.stringify(body));
    const inJson = (one: string) => JSON.stringify(one).slice(1, -1);
    const said = shared.map(([from, to]) => Buffer.from(bytes.subarray(from, to)).toString());
    expect(said).toEqual([first, before, second, first, text].map(inJson));
  });

  it('is the same without any', () => {
    const body = requestWith(text);
    const { bytes, shared } = toPicturedBody(body, [], [text]);
    expect(Buffer.from(bytes).toString()).toBe(JSON.stringify(body));
    expect(shared).toHaveLength(1);
  });

  it('is not made where a picture is missing', () => {
    expect(() => toPicturedBody(requestWith([part(first)]), [first, second], [])).toThrow('A picture is not in its');
  });

  it('is made in less than a frame of a screen, with as many scans as a request has', () => {
    const scans = Array.from({ length: 20 }, () => picture(337_500));
    const rounds = 10;
    const startedAt = cpuMs();
    for (let round = 0; round < rounds; round += 1) toPicturedBody(requestWith(scans.map(part)), scans, []);
    expect((cpuMs() - startedAt) / rounds).toBeLessThan(16);
  });
});
