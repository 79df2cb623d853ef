/** In some locales Chromium cannot read every file name. */
import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronPath, expect, projectRoot, sandboxSwitch, test } from './app.ts';

/** The process that holds a data folder. */
function holder(dataDir: string): number {
  return Number(/\d+$/.exec(readlinkSync(join(dataDir, 'SingletonLock')))?.[0]);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Page {
  send(method: string, params: object): Promise<{ readonly result?: { readonly value?: unknown } }>;
}

/** The page of an app that Playwright did not start, reached through the DevTools protocol. */
async function attach(dataDir: string): Promise<Page> {
  let address = '';
  await expect(async () => {
    const [port] = readFileSync(join(dataDir, 'DevToolsActivePort'), 'utf8').split('\n');
    const targets: unknown = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    expect(targets).toEqual([expect.objectContaining({ title: 'Docket' })]);
    address = (targets as [{ webSocketDebuggerUrl: string }])[0].webSocketDebuggerUrl;
  }).toPass();
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  let sent = 0;
  return {
    send: (method, params) =>
      new Promise((resolve) => {
        sent += 1;
        const id = sent;
        const hear = ({ data }: MessageEvent) => {
          const answer = JSON.parse(String(data));
          if (answer.id !== id) return;
          socket.removeEventListener('message', hear);
          resolve(answer.result ?? {});
        };
        socket.addEventListener('message', hear);
        socket.send(JSON.stringify({ id, method, params }));
      }),
  };
}

for (const locale of ['zz_ZZ.UTF-8', 'C']) {
  test(`a file with any name is read by an app started under ${locale}`, async ({ folder }) => {
    test.skip(process.platform !== 'linux', 'File names depend on the locale only on Linux.');
    const dataDir = join(folder, '数据');
    const minutes = join(folder, '会议记录.txt');
    writeFileSync(minutes, 'The committee met on Tuesday.');
    const args = [...sandboxSwitch, '--remote-debugging-port=0', projectRoot, '--data-dir', dataDir];
    const first = spawn(electronPath, args, { env: { ...process.env, LC_ALL: locale }, stdio: 'ignore' });
    expect(await new Promise((resolve) => void first.once('exit', resolve))).toBe(0);

    // Another process has taken over.
    const page = await attach(dataDir);
    const shown = async () =>
      (await page.send('Runtime.evaluate', { expression: 'document.body.innerText' })).result?.value;
    const data = { items: [], files: [minutes], dragOperationsMask: 1 };
    await expect(async () => {
      for (const type of ['dragEnter', 'dragOver', 'drop'])
        await page.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data });
      await expect.poll(shown, { timeout: 2_000 }).toMatch(/会议记录\.txt[\s\S]*29 characters/);
    }).toPass();

    const second = holder(dataDir);
    process.kill(second, 'SIGTERM');
    await expect.poll(() => isRunning(second)).toBe(false);
  });
}
