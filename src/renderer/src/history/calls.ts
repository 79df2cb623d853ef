import { bridge } from '../platform/bridge.ts';
import { keepPlace } from '../platform/keep-shown.ts';
import { placeOf, restorePlace } from './history-place.ts';
import { createHistoryStore } from './history-store.ts';

/** The state of the history in this window. */
export const history = createHistoryStore(bridge);
keepPlace('history', {
  subscribe: history.store.subscribe,
  place: () => placeOf(history),
  restore: (place) => restorePlace(history, place),
});
