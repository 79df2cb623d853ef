import { fork } from 'node:child_process';
import type { OwnProcess } from './own-process.ts';

/** Starts a process of Docket's own with Node itself: for the command line and for tests. */
export function forkWithNode<ToChild extends object>(path: string): OwnProcess<ToChild> {
  const child = fork(path, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    env: bareEnvironment(),
    // As in Electron, where messages may hold bytes.
    serialization: 'advanced',
  });
  let exited = false;
  const exitListeners: (() => void)[] = [];
  const onGone = (): void => {
    if (exited) return;
    exited = true;
    for (const listener of exitListeners) listener();
  };
  child.on('exit', onGone);
  // Also emitted if the process could not be started or a message could not be sent: it is unusable then.
  child.on('error', () => {
    child.kill('SIGKILL');
    onGone();
  });
  return {
    postMessage: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      if (exited) listener();
      else exitListeners.push(listener);
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/**
 * Such a process needs nothing from the environment, least of all its keys. Windows needs SystemRoot to start one.
 */
function bareEnvironment(): NodeJS.ProcessEnv {
  const root = process.env.SystemRoot;
  return root === undefined ? {} : { SystemRoot: root };
}
