/** The other end of an `OwnProcess`: the process that started this one, by Electron's utilityProcess or by fork. */
export interface ParentProcess<FromChild> {
  send(message: FromChild): void;
  onMessage(listener: (message: unknown) => void): void;
  onGone(listener: () => void): void;
}

/** The part of Electron's `ParentPort` used here. Typed here because such a process must not depend on Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
}

/** Null when this process was not started by Docket. */
export function findParent<FromChild>(): ParentProcess<FromChild> | null {
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
