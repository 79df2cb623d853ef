import { bridge } from '../platform/bridge.ts';
import { batches } from './batches.ts';
import { createCompareStore } from './compare-store.ts';

/** The comparison of this window. */
export const comparing = createCompareStore(bridge);

// Whoever goes to another batch is done with comparing this one.
batches.store.subscribe(({ selectedId }, before) => {
  const { sides } = comparing.store.getState();
  if (sides !== null && selectedId !== before.selectedId) comparing.close();
});
