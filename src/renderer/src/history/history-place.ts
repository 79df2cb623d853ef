import type { HistoryPlace, HistoryStore } from './history-store.ts';

/** Where the user is, as text. */
export function placeOf({ store }: HistoryStore): string {
  const { query, rows, startsBefore, selectedId, topId, detail } = store.getState();
  const place: HistoryPlace = {
    query,
    selectedId,
    openId: detail.status === 'closed' ? null : detail.callId,
    // The top of a list that begins further down is not the top of all.
    topId: topId ?? (startsBefore === null ? null : (rows?.[0]?.id ?? null)),
  };
  return JSON.stringify(place);
}

/** @param place is from `placeOf`, in this window. */
export function restorePlace(history: HistoryStore, place: string): void {
  history.restore(JSON.parse(place));
}
