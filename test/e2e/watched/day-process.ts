/** Uses Docket for a day in the network it is started in, and prints as JSON what was contacted. */
import { readFileSync } from 'node:fs';
import { createServer, connect as openSocket, type Socket } from 'node:net';
import { join } from 'node:path';
import { startModelServer } from '../../support/model-server.ts';
import { electronPath, projectRoot, sandboxSwitch } from '../app.ts';
import { type Contact, startListeners } from './listeners.ts';
import { OUTWARD_ADDRESS } from './network-namespace.ts';
import { reachedIn, writeTracedProgram } from './system-calls.ts';
import { spendDay, tryToEscape } from './whole-day.ts';

export interface DayOptions {
  readonly folder: string;
  readonly plan: 'work' | 'escape';
  /** The address of the configured server: an address or name in the test's network, or loopback. */
  readonly host: string;
  readonly ownNetwork: boolean;
  readonly traced: boolean;
}

export interface DayReport {
  /** `host:port` of the only server configured in the app. */
  readonly endpoint: string;
  /** Number of requests that this server received. */
  readonly requests: number;
  /** Empty without a network namespace. */
  readonly contacts: readonly Contact[];
  readonly missed: Readonly<Record<string, number>>;
  /** Addresses with ports, including loopback; empty where system calls cannot be traced. */
  readonly reached: readonly string[];
}

const options: DayOptions = JSON.parse(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(await watchDay(options)));

async function watchDay({ folder, plan, host, ownNetwork, traced }: DayOptions): Promise<DayReport> {
  const model = await startModelServer();
  const outward = await forward(new URL(model.url), ownNetwork ? OUTWARD_ADDRESS : '127.0.0.1');
  const namedAddress = (name: string) => (name === host ? OUTWARD_ADDRESS : '203.0.113.5');
  const listeners = ownNetwork ? await startListeners(namedAddress) : null;
  const log = join(folder, 'system-calls.log');
  const executable = traced ? writeTracedProgram(join(folder, 'electron-traced'), electronPath, log) : electronPath;
  const endpoint = `${host}:${outward.port}`;

  const installation = { executable, appPath: projectRoot, switches: sandboxSwitch };
  await (plan === 'work' ? spendDay : tryToEscape)({ folder, endpoint: `http://${endpoint}/v1`, installation });

  listeners?.close();
  outward.close();
  await model.close();
  return {
    endpoint,
    requests: model.requests.length,
    contacts: listeners?.contacts ?? [],
    missed: listeners?.missed() ?? {},
    reached: traced ? reachedIn(readFileSync(log, 'utf8')) : [],
  };
}

/** The model server listens only on loopback; this makes it reachable at another host's address. */
async function forward(target: URL, address: string): Promise<{ readonly port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = openSocket(Number(target.port), target.hostname);
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => {}).on('close', () => sockets.delete(each));
    }
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The forwarding server has no port.');
  return {
    port: place.port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
