import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { writeAll } from '../../src/main/cli/output.ts';

const piece = 'Tone:\t\u001b[31mred\u009b0m\u0007\r\nbad\rgood\r\n';

async function written(isTTY: boolean): Promise<string> {
  const out = Object.assign(new PassThrough(), { isTTY });
  await writeAll(Readable.from([piece]), out);
  out.end();
  return text(out);
}

describe('results', () => {
  it('cannot control a terminal', async () => {
    expect(await written(true)).toBe('Tone:\t\uFFFD[31mred\uFFFD0m\uFFFD\r\nbad\uFFFDgood\r\n');
  });

  it('are as they are in a file or a pipe', async () => {
    expect(await written(false)).toBe(piece);
  });
});
