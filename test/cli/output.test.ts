import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { oneLine, progressOn, writeAll } from '../../src/main/cli/output.ts';

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

  it('cannot change the order of text on a terminal, or add lines', async () => {
    const shown = Object.assign(new PassThrough(), { isTTY: true });
    await writeAll(Readable.from(['bill\u202Efdp.txt,\u2066a\u2069\u2028done\n']), shown);
    shown.end();
    expect(await text(shown)).toBe('bill\uFFFDfdp.txt,\uFFFDa\uFFFD\uFFFDdone\n');
    expect(oneLine('bill\u202Efdp.txt\u2028done')).toBe('bill fdp.txt done');
    expect(oneLine('שלום עולם'), 'letters that are read from right to left stay').toBe('שלום עולם');
  });

  it('are written unchanged to a file or a pipe', async () => {
    expect(await written(false)).toBe(piece);
  });
});

describe('the status on a terminal', () => {
  it('cannot be controlled by what a message quotes', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const progress = progressOn(stream);
    progress.showStatus('0 of 1: \u001b[2Jgone\rover');
    progress.write('No file \u001b]0;title\u0007 here\n');
    stream.end();
    expect(await text(stream)).toBe('\r\u001b[K0 of 1: \uFFFD[2Jgone\uFFFDover\nNo file \uFFFD]0;title\uFFFD here\n');
  });

  it('takes at most one line, and other output comes after it', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 20 });
    const progress = progressOn(stream);
    progress.showStatus('Reading folders: 12 files so far');
    progress.write('The server: notes\n');
    progress.showStatus('1 of 12 files');
    progress.write('\nStopping.\n');
    stream.end();
    const clear = '\r\u001b[K';
    expect(await text(stream)).toBe(
      `${clear}Reading folders: 12\nThe server: notes\n${clear}1 of 12 files\nStopping.\n`,
    );
  });
});
