import { utilityProcess } from 'electron';
import type { BuiltinChild } from '../builtin/builtin-engine.ts';

/**
 * Starts the built-in engine as an Electron utility process, which needs none of the fuses that a release turns off.
 */
export function forkUtility(path: string): BuiltinChild {
  const child = utilityProcess.fork(path, [], { serviceName: 'Docket text engine', stdio: 'ignore', env: {} });
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
