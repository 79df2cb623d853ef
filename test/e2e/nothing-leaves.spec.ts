import { fileURLToPath } from 'node:url';
import { expect, test } from './app.ts';
import type { DayOptions, DayReport } from './watched/day-process.ts';
import { OUTWARD_ADDRESS, run, runInNamespace, whyNoNamespace } from './watched/network-namespace.ts';
import { whyNoTrace } from './watched/system-calls.ts';

/**
 * Two monitors that complement each other: in a network namespace, everything that leaves the app arrives at the test;
 * strace also sees sockets that send nothing. The set-up script provides both on any Linux, but a container may forbid
 * either.
 */
const noNamespace = whyNoNamespace();
const noTrace = whyNoTrace();

test.skip(process.platform !== 'linux', 'Monitoring what leaves needs Linux.');

const scriptOf = (name: string) => fileURLToPath(new URL(`./watched/${name}.ts`, import.meta.url));

async function spend(
  plan: DayOptions['plan'],
  { folder, host, nameServer }: { folder: string; host: string; nameServer?: string },
): Promise<DayReport> {
  const ownNetwork = noNamespace === null;
  const options: DayOptions = {
    folder,
    plan,
    host: ownNetwork ? host : '127.0.0.1',
    ownNetwork,
    traced: noTrace === null,
  };
  const command = [process.execPath, scriptOf('day-process'), JSON.stringify(options)];
  return JSON.parse(await (ownNetwork ? runInNamespace(command, folder, nameServer) : run(command)));
}

/** Where Docket looks for model servers on this machine, as its settings say. */
const LOCAL_SERVERS = ['127.0.0.1:11434', '127.0.0.1:1234', '127.0.0.1:8080'];
const nothingMissed = {
  'TCP connections that nobody took': 0,
  'datagrams that nobody took': 0,
  multicasts: 0,
};

function leftMachine({ reached }: DayReport): readonly string[] {
  return reached.filter((to) => !to.startsWith('127.') && !to.startsWith('::1:'));
}

test('what leaves is monitored, by a network namespace or at least by strace', async () => {
  for (const [watch, why] of [
    ['network of its own', noNamespace],
    ['strace', noTrace],
  ] as const) {
    if (why !== null) test.info().annotations.push({ type: 'warning', description: `No ${watch} here: ${why}` });
  }
  expect([noNamespace, noTrace], 'Allow `unshare --net`, or install strace').toContain(null);
});

test('the monitor sees DNS lookups, connections, datagrams and multicasts, even to ports without a listener', async ({
  folder,
}) => {
  test.skip(noNamespace !== null, `No network namespace here: ${noNamespace}`);
  const seen = JSON.parse(await runInNamespace([process.execPath, scriptOf('control-process')], folder));
  expect(seen.contacts).toEqual([
    { kind: 'look-up', to: 'somebody.example' },
    { kind: 'tcp', to: '203.0.113.5:443' },
    { kind: 'udp', to: 'port 3478' },
  ]);
  expect(seen.missed).toEqual({
    'TCP connections that nobody took': 1,
    'datagrams that nobody took': 1,
    multicasts: 1,
  });
});

test('from first start to last quit only the configured address is contacted', async ({ folder }) => {
  // A name server that Chromium knows, so that it would try DNS over HTTPS.
  const day = await spend('work', { folder, host: OUTWARD_ADDRESS, nameServer: '8.8.8.8' });
  expect(day.requests).toBeGreaterThan(10);
  expect(day.contacts.filter(({ to }) => !LOCAL_SERVERS.includes(to))).toEqual([]);
  if (noNamespace === null) expect(day.missed).toEqual(nothingMissed);
  if (noTrace === null) expect(day.reached).toContain(day.endpoint);
  expect(leftMachine(day).filter((to) => to !== day.endpoint)).toEqual([]);
});

test('only the name of the configured server is looked up', async ({ folder }) => {
  test.skip(noNamespace !== null, `No network namespace here: ${noNamespace}`);
  const day = await spend('work', { folder, host: 'models.example' });
  expect(day.requests).toBeGreaterThan(10);
  const others = day.contacts.filter(({ to }) => !LOCAL_SERVERS.includes(to));
  expect(new Set(others.map(({ kind, to }) => `${kind} ${to}`))).toEqual(new Set(['look-up models.example']));
  expect(day.missed).toEqual(nothingMissed);
  const [, port] = day.endpoint.split(':');
  // To order addresses, the system's resolver connects a datagram socket to each, which sends nothing.
  expect(leftMachine(day).filter((to) => ![`${OUTWARD_ADDRESS}:${port}`, `${OUTWARD_ADDRESS}:0`].includes(to))).toEqual(
    [],
  );
});

/**
 * WebRTC connects a datagram socket to these addresses to learn the local one. That sends nothing, as the network's
 * counters confirm.
 */
const ROUTES_ASKED = ['8.8.8.8:53', '2001:4860:4860::8888:53', '2001:4860:4860::8888:443'];

test('a page that tries every way out, including WebRTC, reaches nothing', async ({ folder }) => {
  const day = await spend('escape', { folder, host: OUTWARD_ADDRESS });
  expect(day.contacts.filter(({ to }) => !LOCAL_SERVERS.includes(to))).toEqual([]);
  if (noNamespace === null) expect(day.missed).toEqual(nothingMissed);
  expect(leftMachine(day).filter((to) => !ROUTES_ASKED.includes(to))).toEqual([]);
});
