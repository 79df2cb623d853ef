import { bridge } from '../platform/bridge.ts';
import { createHistoryStore } from './history-store.ts';

/** The history as this window looks at it. */
export const history = createHistoryStore(bridge);
