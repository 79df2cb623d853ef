import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPooledFetch, MAX_RESPONSE_BYTES } from '../../src/main/llm/pooled-fetch.ts';

const EVENTS = { 'content-type': 'text/event-stream' };

let server: Server;
let url: string;
let answer: (response: ServerResponse) => void;
let everOpened: number;
let received: number;
let dispatcher: Agent;
let pooledFetch: ReturnType<typeof createPooledFetch>;

beforeEach(async () => {
  everOpened = 0;
  received = 0;
  server = createServer((_request, response) => {
    received += 1;
    answer(response);
  });
  server.on('connection', () => {
    everOpened += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/v1/x?a=b`;
  dispatcher = new Agent({ connections: 1 });
  pooledFetch = createPooledFetch(dispatcher, 'Test/1');
});

afterEach(async () => {
  await dispatcher.destroy();
  server.closeAllConnections();
  server.close();
});

/** A promise and the function that resolves it. */
function signalled(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Reads the first piece of a stream and leaves the rest. */
async function readFirst(response: Response): Promise<string> {
  for await (const chunk of response.body ?? []) return new TextDecoder().decode(chunk);
  return '';
}

describe('the pooled fetch', () => {
  it('returns status, headers and body', async () => {
    answer = (response) =>
      response.writeHead(418, { 'x-request-id': 'r1', 'content-type': 'text/plain' }).end('tea, ünd 日本');
    const response = await pooledFetch(url, { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('x-request-id')]).toEqual([418, 'r1']);
    expect(await response.text()).toBe('tea, ünd 日本');
  });

  it('asks for uncompressed replies, because servers may compress otherwise', async () => {
    let asked: string | string[] | undefined;
    server.prependListener('request', (request) => {
      asked = request.headers['accept-encoding'];
    });
    answer = (response) => response.end('{}');
    await pooledFetch(url, { method: 'POST', body: '{}' });
    expect(asked).toBe('identity');
  });

  it.each([
    ['gzip', gzipSync, 'application/json'],
    ['x-gzip', gzipSync, 'application/json'],
    ['br', brotliCompressSync, 'text/event-stream'],
    ['deflate', deflateSync, 'text/plain'],
  ] as const)('unpacks what comes in %s all the same', async (encoding, pack, type) => {
    answer = (response) =>
      response.writeHead(200, { 'content-type': type, 'content-encoding': encoding }).end(pack('data: tea, ünd 日本'));
    expect(await (await pooledFetch(url)).text()).toBe('data: tea, ünd 日本');
  });

  it.each(['application/json', 'text/event-stream'])('limits what a compressed %s body unpacks to', async (type) => {
    const bomb = gzipSync(Buffer.alloc(MAX_RESPONSE_BYTES + 1));
    answer = (response) => response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(bomb);
    await expect(pooledFetch(url).then((response) => response.text())).rejects.toThrow(/larger than/);
  });

  it('fails on a truncated compressed body', async () => {
    const packed = gzipSync('tea and biscuits');
    answer = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, 20));
    await expect(pooledFetch(url)).rejects.toThrow();
  });

  it('strips the byte order mark that some servers put before their JSON', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('\uFEFF{"a":1}');
    expect(await (await pooledFetch(url)).json()).toEqual({ a: 1 });
  });

  it.each([204, 304])('accepts a %s without a body', async (status) => {
    answer = (response) => response.writeHead(status, EVENTS).end();
    const response = await pooledFetch(url);
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  it('keeps its socket if a reader leaves a stream just before its end', async () => {
    const left = signalled();
    answer = (response) => {
      response.writeHead(200, EVENTS).write('data: [DONE]\n\n');
      void left.promise.then(() => response.end());
    };
    expect(await readFirst(await pooledFetch(url))).toBe('data: [DONE]\n\n');
    left.resolve();
    answer = (response) => response.end('second');
    // The end of the first reply is still arriving; a pool with one socket sends the next request once it has arrived.
    expect(await (await pooledFetch(url)).text()).toBe('second');
    expect(everOpened).toBe(1);
  });

  it('drops a socket whose reply continues after its reader left', async () => {
    const closed = signalled();
    answer = (response) => {
      response.once('close', () => closed.resolve());
      response.writeHead(200, EVENTS).write('data: 1\n\n');
    };
    expect(await readFirst(await pooledFetch(url))).toBe('data: 1\n\n');
    await closed.promise;
    expect(everOpened).toBe(1);
  });

  it('loses nothing that arrived before the socket broke, however late it is read', async () => {
    const broken = signalled();
    answer = (response) => {
      response.writeHead(200, EVENTS);
      response.write('one ');
      response.write('two ', () => {
        response.socket?.once('close', () => broken.resolve());
        setImmediate(() => response.socket?.destroy());
      });
    };
    const response = await pooledFetch(url);
    const disconnected = once(dispatcher, 'disconnect');
    await Promise.all([broken.promise, disconnected]);
    let text = '';
    const read = async () => {
      for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
    };
    await expect(read()).rejects.toThrow();
    expect(text).toBe('one two ');
  });

  it.each(['application/json', 'text/event-stream'])('closes the socket if a %s body is aborted', async (type) => {
    const closed = signalled();
    const stop = new AbortController();
    answer = (response) => {
      response.once('close', () => closed.resolve());
      response.writeHead(200, { 'content-type': type }).write('{"a":', () => setImmediate(() => stop.abort()));
    };
    const read = pooledFetch(url, { method: 'POST', body: '{}', signal: stop.signal }).then((response) =>
      response.text(),
    );
    await expect(read).rejects.toThrow();
    await closed.promise;
    expect(received).toBe(1);
  });
});
