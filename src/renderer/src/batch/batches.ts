import { bridge } from '../platform/bridge.ts';
import { keepShown } from '../platform/keep-shown.ts';
import { createBatchStore } from './batch-store.ts';

/** The batches of this window. */
export const batches = createBatchStore(bridge);
keepShown('batch', { ...batches.store, select: batches.select });
