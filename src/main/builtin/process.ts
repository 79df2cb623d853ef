import { findParent, type ParentProcess } from '../common/parent-process.ts';
import { createEngine } from './engine.ts';
import { type FromChild, isToChild } from './messages.ts';
import { startServer } from './server.ts';

/**
 * Entry point of the engine's process. Runs under Electron's utilityProcess or child_process.fork, and never outlives
 * its parent.
 */

async function start(parent: ParentProcess<FromChild>, token: string): Promise<void> {
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

const parent = findParent<FromChild>();
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
