import type { Bridge } from '../../../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by preload. */
    readonly docket: Bridge;
  }
}

/** The way to the main process. Looked up at each call, so that stores can be imported where there is no window. */
export const bridge: Bridge = {
  request: (name, input) => window.docket.request(name, input),
  on: (name, listener) => window.docket.on(name, listener),
  grantFiles: (files) => window.docket.grantFiles(files),
};

export const { request, on } = bridge;
