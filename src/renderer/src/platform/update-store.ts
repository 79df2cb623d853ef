import { createStore } from 'zustand/vanilla';
import type { StoreUpdate } from '../../../shared/app-data.ts';
import type { Bridge } from '../../../shared/contract.ts';

export interface UpdateState {
  /** Null when no update is in progress. */
  readonly update: StoreUpdate | null;
}

/** Progress of updating the history at the first start of a new version, before main answers anything. */
export function createUpdateStore(bridge: Bridge) {
  const store = createStore<UpdateState>(() => ({ update: null }));

  /** @param answered resolves with main's first answer, when the update is over. */
  function start(answered: Promise<unknown>): void {
    const end = bridge.on('store.updating', (update) => store.setState({ update }));
    void answered.then(() => {
      end();
      store.setState({ update: null });
    });
  }

  return { ...store, start };
}
