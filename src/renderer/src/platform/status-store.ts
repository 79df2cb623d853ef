import { createStore } from 'zustand/vanilla';
import type { Status } from '../../../shared/app-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';

export interface StatusState {
  /** Null until main has answered. */
  readonly status: Status | null;
  readonly problem: Problem | null;
}

/** The data of the status line. */
export function createStatusStore(bridge: Bridge) {
  const store = createStore<StatusState>(() => ({ status: null, problem: null }));

  async function start(): Promise<void> {
    bridge.on('status.changed', (status) => store.setState({ status, problem: null }));
    const answer = await bridge.request('status.get', undefined);
    if (!answer.ok) store.setState({ problem: answer.error });
    // An event received in the meantime is newer.
    else if (store.getState().status === null) store.setState({ status: answer.value });
  }

  return { ...store, start };
}
