import { utilityProcess } from 'electron';
import type { OwnProcess } from '../common/own-process.ts';

/** Starts a process of Docket's own as an Electron utility process, which needs none of the fuses that a release turns off. */
export function forkUtility<ToChild>(path: string, serviceName: string): OwnProcess<ToChild> {
  const child = utilityProcess.fork(path, [], { serviceName, stdio: 'ignore', env: {} });
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
