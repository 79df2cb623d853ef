import { bridge } from '../platform/bridge.ts';
import { createHistoryStore } from './history-store.ts';

/** The state of the history in this window. */
export const history = createHistoryStore(bridge);
