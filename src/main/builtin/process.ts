import { createEngine } from './engine.ts';
import { type FromChild, isToChild } from './messages.ts';
import { startServer } from './server.ts';

/**
 * Entry point of the engine's process. Runs under Electron's utilityProcess or child_process.fork, and never outlives
 * its parent.
 */

/** The part of Electron's `ParentPort` used here. Typed here because this code must not depend on Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: FromChild): void;
}

interface Parent {
  send(message: FromChild): void;
  onMessage(listener: (message: unknown) => void): void;
  onGone(listener: () => void): void;
}

function findParent(): Parent | null {
  const port = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
  if (port !== undefined) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onGone: (listener) => port.on('close', listener),
    };
  }
  if (process.send === undefined) return null;
  return {
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}

async function start(parent: Parent, token: string): Promise<void> {
  const engine = createEngine();
  try {
    const { port } = await startServer({ engine, token });
    parent.send({ type: 'ready', port });
  } catch (error) {
    parent.send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return;
  }
  // Not awaited: the first request waits for whatever is left, and a failure shows up again there.
  setImmediate(() => void engine.warmUp().catch(() => {}));
}

const parent = findParent();
if (parent === null) {
  console.error('The built-in text engine can only be started by Docket.');
  process.exit(1);
}
let started = false;
parent.onGone(() => process.exit(0));
parent.onMessage((message) => {
  if (!isToChild(message)) return;
  if (message.type === 'stop') process.exit(0);
  if (started) return;
  started = true;
  void start(parent, message.token);
});
