import { createStore } from 'zustand/vanilla';
import type { StoreUpdate } from '../../../shared/app-data.ts';
import type { Bridge } from '../../../shared/contract.ts';

export interface UpdateState {
  /** Null when nothing is updated, or no more. */
  readonly update: StoreUpdate | null;
}

/** What a first start of a new version does to the history before it answers anything. */
export function createUpdateStore(bridge: Bridge) {
  const store = createStore<UpdateState>(() => ({ update: null }));

  /** @param answered resolves with the first answer of main: by then the update is over. */
  function start(answered: Promise<unknown>): void {
    const end = bridge.on('store.updating', (update) => store.setState({ update }));
    void answered.then(() => {
      end();
      store.setState({ update: null });
    });
  }

  return { ...store, start };
}
