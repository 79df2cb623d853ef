import { bridge } from '../app/bridge.ts';
import { keepShown } from '../app/keep-shown.ts';
import { createBatchStore } from './batch-store.ts';

/** The batches of this window. */
export const batches = createBatchStore(bridge);
keepShown('batch', { ...batches.store, select: batches.select });
