import { join } from 'node:path';
import { expect, launch, test } from './app.ts';

test('the page is isolated: no Node, no sockets, no other pages, only the bridge', async ({ folder, server }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  const found = await page.evaluate(async (url) => {
    const tried = async (name: string, attempt: () => unknown) => {
      try {
        await attempt();
        return `${name}: allowed`;
      } catch {
        return `${name}: refused`;
      }
    };
    const image = (source: string) =>
      new Promise((resolve, reject) => {
        const element = new Image();
        element.onload = resolve;
        element.onerror = reject;
        element.src = source;
      });
    return {
      globals: ['require', 'process', 'module'].filter((name) => name in globalThis),
      bridge: Object.keys(Reflect.get(globalThis, 'docket') as object).sort(),
      tries: [
        await tried('fetch', () => fetch(url)),
        await tried('image', () => image(`${url}/pixel.png`)),
        await tried('eval', () => new Function('return 1')()),
        await tried('outside the folder', () => image('app://docket/..%2f..%2fpackage.json')),
      ],
      opened: window.open(url) === null,
      permission: (await navigator.permissions.query({ name: 'geolocation' })).state,
    };
  }, server.url);
  expect(found.globals).toEqual([]);
  expect(found.bridge).toEqual(['grantFiles', 'on', 'request']);
  expect(found.tries.filter((line) => line.endsWith('allowed'))).toEqual([]);
  expect(found.opened).toBe(true);
  expect(found.permission).toBe('denied');
  const stayed = await app.electron.evaluate(async ({ BrowserWindow }, url) => {
    const [window] = BrowserWindow.getAllWindows();
    await window?.webContents.executeJavaScript(`window.location.href = ${JSON.stringify(url)}; null`);
    return [
      window?.webContents.getURL(),
      await window?.webContents.executeJavaScript("document.querySelector('nav') !== null"),
    ];
  }, server.url);
  expect(stayed).toEqual(['app://docket/index.html', true]);
  expect(server.requests).toEqual([]);
  await app.quit();
});

test('the address of the page has the files of its folder, and nothing else', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const fetched = (url: string, method = 'GET') =>
    app.electron.evaluate(
      async ({ net }, [from, by]) => {
        try {
          const { status, headers } = await net.fetch(from, { method: by });
          return { status, ...Object.fromEntries(headers) };
        } catch {
          return { status: 'failed' };
        }
      },
      [url, method] as const,
    );
  expect(await fetched('app://docket/index.html')).toMatchObject({
    status: 200,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
  });
  const others = [
    'docket/none.js',
    'docket/..%2fmain%2findex.js',
    'docket/..%5cmain%5cindex.js',
    'docket/',
    'elsewhere/index.html',
  ];
  for (const other of others) expect(await fetched(`app://${other}`), other).toMatchObject({ status: 404 });
  expect(await fetched('app://docket/index.html', 'POST')).toMatchObject({ status: 404 });
  expect(await fetched('app://docket/%zz.js')).toMatchObject({ status: 404 });
  await app.quit();
});

test('main refuses anything outside the contract, and files that were not dropped', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const answers = await app.page.evaluate(async () => {
    const { request } = Reflect.get(globalThis, 'docket') as {
      request(name: string, input: unknown): Promise<unknown>;
    };
    return [
      await request('constructor', undefined),
      await request('batch.create', { grant: '/etc' }),
      await request('batch.create', { grant: '00000000-0000-4000-8000-000000000000' }),
      await request('settings.save', { provider: 'other', baseUrl: 'file:///etc/passwd' }),
      await request('app.openLink', { url: 'file:///etc/passwd' }),
    ];
  });
  expect(answers).toMatchObject([
    { ok: false, error: { code: 'not_allowed' } },
    { ok: false, error: { code: 'invalid_input' } },
    { ok: false, error: { code: 'not_allowed' } },
    { ok: false, error: { code: 'invalid_input' } },
    { ok: true, value: false },
  ]);
  await app.quit();
});
