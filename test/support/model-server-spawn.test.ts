import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hangBeforeHeaders, text } from './model-server-replies.ts';
import { spawnModelServer } from './model-server-spawn.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-server-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function send(url: string, content: string): { body: string; sha256: string; reply: Promise<string> } {
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] });
  const sha256 = createHash('sha256').update(body).digest('hex');
  const headers = { 'content-type': 'application/json' };
  const reply = fetch(`${url}/chat/completions`, { method: 'POST', headers, body }).then((response) => response.text());
  return { body, sha256, reply };
}

describe('the model server as a process', () => {
  it('answers by its options and script, and counts', async () => {
    const server = await spawnModelServer({ latencyMs: 50, script: { queue: [text('scripted')] } });
    try {
      const started = performance.now();
      expect(await send(server.url, 'a').reply).toContain('scripted');
      expect(performance.now() - started).toBeGreaterThanOrEqual(48);
      await send(server.url, 'b').reply;
      expect(await server.stats()).toMatchObject({ chatRequestCount: 2, maxInFlight: 1, inFlight: 0, violations: [] });
    } finally {
      await server.close();
    }
    await expect(fetch(`${server.url}/models`)).rejects.toThrow();
  });

  it('logs a request before answering it, even if it never answers', async () => {
    const logFile = join(folder, 'received.log');
    const server = await spawnModelServer({ logFile, script: { queue: [text('ok'), hangBeforeHeaders()] } });
    try {
      const first = send(server.url, 'a');
      await first.reply;
      expect(await readFile(logFile, 'utf8')).toBe(`${first.sha256}\n`);
      const second = send(server.url, 'b');
      const lost = expect(second.reply).rejects.toThrow();
      await server.waitForRequests(2);
      process.kill(server.pid, 'SIGKILL');
      await lost;
      expect(await readFile(logFile, 'utf8')).toBe(`${first.sha256}\n${second.sha256}\n`);
    } finally {
      await server.close();
    }
  });

  it('started by hand, says where it is listening and stops when told', async () => {
    const script = new URL('./model-server-process.ts', import.meta.url).pathname;
    const child = execFile(process.execPath, [script, '{"chunks":2}']);
    const url = await new Promise<string>((resolve) => {
      child.stdout?.once('data', (line: string) => resolve(JSON.parse(line).url));
    });
    expect((await fetch(`${url}/models`)).status).toBe(200);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
