import { bridge } from '../app/bridge.ts';
import { createBatchStore } from './batch-store.ts';

/** The batches of this window. */
export const batches = createBatchStore(bridge);
