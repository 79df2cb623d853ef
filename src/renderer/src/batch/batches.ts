import { bridge } from '../platform/bridge.ts';
import { keepShown } from '../platform/keep-shown.ts';
import { createBatchStore } from './batch-store.ts';
import { followDamagedFiles } from './damaged-files.ts';

/** The batches of this window. */
export const batches = createBatchStore(bridge);
export const damagedFiles = followDamagedFiles(bridge, batches);
keepShown('batch', { ...batches.store, select: batches.select });
