import type { Bridge } from '../../../shared/contract.ts';

declare global {
  interface Window {
    /** Set by preload. */
    readonly docket: Bridge;
  }
}

/** The connection to the main process. Looked up at each call, so that stores can be imported without a window. */
export const bridge: Bridge = {
  request: (name, input) => window.docket.request(name, input),
  on: (name, listener) => window.docket.on(name, listener),
  grantFiles: (files) => window.docket.grantFiles(files),
};

export const { request, on } = bridge;
