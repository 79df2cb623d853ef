import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countRepeats, createLog } from '../../src/main/common/log.ts';
import { chatCall } from '../llm/workbench.ts';
import { stallMidStream } from '../support/model-server-replies.ts';
import { docketAt, server, tempFolder } from '../support/workspace.ts';

const storeWorker = new URL('../store/small-disk-worker.ts', import.meta.url);

describe('a repeated failure', () => {
  const record = () => {
    const lines: string[] = [];
    const log = (message: string, error?: unknown) => lines.push(`${message}: ${String(error)}`);
    return { lines, log };
  };

  it('is logged once, then with a count', () => {
    const { lines, log } = record();
    const counting = countRepeats(log);
    for (let n = 0; n < 24; n += 1) counting.log('Not written', new Error('disk is full'));
    counting.log('Not written', new Error('disk I/O error'));
    expect(lines).toEqual(['Not written: Error: disk is full', 'Not written: Error: disk I/O error']);
    counting.flush();
    expect(lines.slice(2)).toEqual(['Not written (23 more times): disk is full']);
    counting.flush();
    expect(lines).toHaveLength(3);
  });

  it('is counted after a while, and then logged again', async () => {
    const { lines, log } = record();
    const counting = countRepeats(log, 10);
    counting.log('Not written');
    counting.log('Not written');
    await expect.poll(() => lines.length).toBe(2);
    counting.log('Not written');
    expect(lines.at(-1)).toBe('Not written: undefined');
    expect(lines).toHaveLength(3);
  });

  it('is one line if the disk is full, however many calls end', async () => {
    const model = await server();
    const dataDir = join(await tempFolder(), 'data');
    const docket = await docketAt({ dataDir, baseUrl: model.url, storeWorker });
    // No compression makes it small: it needs pages that a full disk has not.
    model.respond(stallMidStream(1, 'x', { chunks: ['x', randomBytes(60_000).toString('base64')] }));
    const { signal } = new AbortController();
    const lease = docket.connections.lease();
    const calls = Array.from({ length: 24 }, (_, n) =>
      docket.gateway.complete(chatCall(`Question ${n}`, { stream: true }), { connection: lease.connection, signal }),
    );
    await model.waitUntil(() => model.hanging === 24);
    const flag = join(dataDir, 'disk-is-full');
    await writeFile(flag, '');
    model.release();
    expect((await Promise.all(calls)).filter((call) => call.ok)).toHaveLength(24);
    const told = () => docket.logged.filter((line) => line.startsWith('An outcome could not be written'));
    await expect.poll(() => told().length).toBe(1);
    await rm(flag);
    lease.release();
    await docket.close();
    expect(told()).toHaveLength(2);
    expect(told()[1]).toMatch(/^An outcome could not be written; it is kept and will be retried\. \(\d+ more times\)/);
  });
});

describe('the log', () => {
  it('is readable only by its owner, and is rotated when large', async () => {
    const folder = await tempFolder();
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'docket.log');
    writeFileSync(file, 'x'.repeat(1_000_001), { mode: 0o600 });
    createLog(file)('It failed.', new Error('because'));
    expect(readFileSync(file, 'utf8')).toMatch(/ It failed\. Error: because\n/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}.old`).size).toBe(1_000_001);
  });
});
