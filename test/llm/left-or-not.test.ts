import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listModels } from '../../src/main/llm/list-models.ts';
import { startModelServer } from '../support/model-server.ts';
import { connectionReset, unauthorized } from '../support/model-server-replies.ts';
import { chatCall, connectionSettings, failureOf, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeEach(async () => {
  bench = await openWorkbench();
});

afterEach(async () => {
  await bench.close();
});

/** A provider on another machine, as far as the counts are concerned. */
const far = { provider: { ...connectionSettings('http://127.0.0.1:9/v1').provider, local: false } };

async function failWith(baseUrl: string): Promise<{ readonly sent: readonly boolean[]; readonly counted: number }> {
  await bench.connect(baseUrl, far);
  failureOf(await bench.complete(chatCall('Sum up')));
  const sent = (await bench.records()).map((record) => record.sent);
  return { sent: [...new Set(sent)], counted: bench.audit.departedToday().calls };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

describe('a call that found no server', () => {
  it.each([
    ['a port where nothing answers', (port: number) => `http://127.0.0.1:${port}/v1`],
    ['a name with two such addresses', (port: number) => `http://localhost:${port}/v1`],
    ['a name that nobody has', () => 'http://nobody.invalid/v1'],
  ])('never left: %s', async (_, urlOf) => {
    expect(await failWith(urlOf(await freePort()))).toEqual({ sent: [false], counted: 0 });
    expect(bench.audit.inFlight()).toBe(0);
  });

  it('never left if the server does not speak TLS', async () => {
    const server = await startModelServer();
    const sent = await failWith(server.url.replace('http:', 'https:'));
    await server.close();
    expect(sent).toEqual({ sent: [false], counted: 0 });
    expect(server.chatRequestCount).toBe(0);
  });

  it('never left either when it asked for the models', async () => {
    await bench.connect(`http://127.0.0.1:${await freePort()}/v1`, far);
    expect((await listModels(bench.audit, bench.connection)).ok).toBe(false);
    expect((await bench.records()).map((record) => record.sent)).toEqual([false]);
    expect(bench.audit.departedToday().calls).toBe(0);
  });
});

describe('a call that failed at the server', () => {
  it.each([
    ['refused', unauthorized()],
    ['its connection was broken', connectionReset()],
  ])('left: %s', async (_, reply) => {
    const server = await startModelServer();
    server.respond(reply);
    const { sent, counted } = await failWith(server.url);
    await server.close();
    expect(sent).toEqual([true]);
    expect(counted).toBe(server.chatRequestCount);
  });
});
