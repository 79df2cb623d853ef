import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type BuiltinChild,
  type BuiltinEndpoint,
  type BuiltinEngine,
  createBuiltinEngine,
} from '../../src/main/builtin/builtin-engine.ts';
import { wrapDocument } from '../../src/main/common/document-tags.ts';
import { forkWithNode } from '../../src/main/common/fork-node.ts';
import * as documents from './documents.ts';

const entry = fileURLToPath(new URL('../../src/main/builtin/process.ts', import.meta.url));
const otherProgram = fileURLToPath(new URL('./documents.ts', import.meta.url));
const engines: BuiltinEngine[] = [];

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

/** An engine running real processes, and the processes it started. */
function realEngine(): { engine: BuiltinEngine; children: BuiltinChild[] } {
  const children: BuiltinChild[] = [];
  const engine = createBuiltinEngine({
    fork: () => {
      const child = forkWithNode(entry);
      children.push(child);
      return child;
    },
  });
  engines.push(engine);
  return { engine, children };
}

async function reach(engine: BuiltinEngine): Promise<BuiltinEndpoint> {
  const endpoint = await engine.endpoint();
  if (!endpoint.ok) throw new Error(endpoint.error.detail);
  return endpoint.value;
}

async function isUp({ baseUrl, token }: BuiltinEndpoint): Promise<boolean> {
  return fetch(`${baseUrl}/models`, { headers: { authorization: `Bearer ${token}` } }).then(
    (response) => response.ok,
    () => false,
  );
}

describe('the engine in its own process', () => {
  it('starts on first use and answers the openai client', async () => {
    const { engine, children } = realEngine();
    expect(children).toHaveLength(0);
    const { baseUrl, token } = await reach(engine);
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const client = new OpenAI({ baseURL: baseUrl, apiKey: token, maxRetries: 0 });
    const completion = await client.chat.completions.create(
      { model: 'docket-builtin', messages: [{ role: 'user', content: wrapDocument('mail.txt', documents.angryMail) }] },
      { headers: { 'x-docket-task': 'sentiment' } },
    );
    expect(completion.choices[0]?.message.content).toBe('negative');
  });

  it('starts once for many callers, with a token of 32 random bytes', async () => {
    const { engine, children } = realEngine();
    engine.prewarm();
    const endpoints = await Promise.all(Array.from({ length: 20 }, () => reach(engine)));
    expect(children).toHaveLength(1);
    expect(new Set(endpoints.map(({ token }) => token)).size).toBe(1);
    expect(Buffer.from(endpoints[0]?.token ?? '', 'base64url')).toHaveLength(32);
  });

  it('restarts after a crash with another token and port', async () => {
    const { engine, children } = realEngine();
    const before = await reach(engine);
    const died = new Promise<void>((resolve) => children[0]?.onExit(resolve));
    children[0]?.kill();
    await died;
    const after = await reach(engine);
    expect(children).toHaveLength(2);
    expect(after.token).not.toBe(before.token);
    expect(await isUp(after)).toBe(true);
    expect(await isUp(before)).toBe(false);
  });

  it('is gone after close, and does not restart', async () => {
    const { engine, children } = realEngine();
    const endpoint = await reach(engine);
    await engine.close();
    expect(await isUp(endpoint)).toBe(false);
    expect(await engine.endpoint()).toMatchObject({ ok: false, error: { code: 'shutting_down' } });
    expect(children).toHaveLength(1);
  });

  it('closes while it is still starting', async () => {
    const { engine } = realEngine();
    const starting = engine.endpoint();
    await engine.close();
    expect((await starting).ok).toBe(false);
  });

  it('ends with its parent', async () => {
    const { fork } = await import('node:child_process');
    const child = fork(entry, { stdio: 'ignore', execArgv: [] });
    const ready = new Promise<BuiltinEndpoint>((resolve) => {
      child.on('message', (message: { port: number }) => {
        resolve({ baseUrl: `http://127.0.0.1:${message.port}/v1`, token: 'token' });
      });
    });
    child.send({ type: 'start', token: 'token' });
    const endpoint = await ready;
    expect(await isUp(endpoint)).toBe(true);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    expect(await exited).toBe(0);
    expect(await isUp(endpoint)).toBe(false);
  });
});

/** A process that only does what a test tells it. */
function scriptedChild(
  onPost: (child: { say(message: unknown): void; exit(): void }, type: string) => void,
): BuiltinChild {
  let say: (message: unknown) => void = () => {};
  let exit: () => void = () => {};
  const self = { say: (message: unknown) => say(message), exit: () => exit() };
  return {
    postMessage: (message) => queueMicrotask(() => onPost(self, message.type)),
    onMessage: (listener) => {
      say = listener;
    },
    onExit: (listener) => {
      exit = listener;
    },
    kill: () => exit(),
  };
}

describe('a start that goes wrong', () => {
  it('is reported when the process ends', async () => {
    const engine = createBuiltinEngine({ fork: () => scriptedChild((child) => child.exit()) });
    expect(await engine.endpoint()).toMatchObject({
      ok: false,
      error: { code: 'connection_failed', detail: 'Its process exited while starting.' },
    });
  });

  it('is reported when the process reports it', async () => {
    const engine = createBuiltinEngine({
      fork: () => scriptedChild((child) => child.say({ type: 'failed', message: 'No port.' })),
    });
    expect(await engine.endpoint()).toMatchObject({ ok: false, error: { detail: 'No port.' } });
  });

  it('is reported when the process is silent, and the process is killed', async () => {
    let exits = 0;
    const engine = createBuiltinEngine({
      startTimeoutMs: 20,
      fork: () => {
        const child = scriptedChild(() => {});
        return {
          ...child,
          kill: () => {
            exits += 1;
            child.kill();
          },
        };
      },
    });
    expect(await engine.endpoint()).toMatchObject({
      ok: false,
      error: { detail: 'It did not respond within 0.02 s.' },
    });
    expect(exits).toBe(1);
  });

  it('is reported when the fork fails, and retried on the next call', async () => {
    let forks = 0;
    const engine = createBuiltinEngine({
      fork: () => {
        forks += 1;
        if (forks === 1) throw new Error('EAGAIN');
        return scriptedChild((child) => child.say({ type: 'ready', port: 4711 }));
      },
    });
    expect(await engine.endpoint()).toMatchObject({ ok: false, error: { detail: 'EAGAIN' } });
    expect(await engine.endpoint()).toMatchObject({ ok: true, value: { baseUrl: 'http://127.0.0.1:4711/v1' } });
  });

  it('is reported when the file is another program', async () => {
    const engine = createBuiltinEngine({ fork: () => forkWithNode(otherProgram) });
    expect(await engine.endpoint()).toMatchObject({ ok: false, error: { code: 'connection_failed' } });
  });

  it('kills a process that does not stop by itself', async () => {
    const engine = createBuiltinEngine({
      stopTimeoutMs: 20,
      fork: () => scriptedChild((child, type) => type === 'start' && child.say({ type: 'ready', port: 1 })),
    });
    await engine.endpoint();
    await engine.close();
    expect((await engine.endpoint()).ok).toBe(false);
  });
});
