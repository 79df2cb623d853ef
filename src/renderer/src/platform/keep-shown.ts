interface Selecting {
  getState(): { readonly selectedId: string | null };
  subscribe(listener: () => void): unknown;
  select(id: string): void;
}

/** Shows again what was selected when the page's process died. */
export function keepShown(name: 'conversation' | 'batch', store: Selecting): void {
  keepPlace(name, { subscribe: store.subscribe, place: () => store.getState().selectedId, restore: store.select });
}

interface Kept {
  subscribe(listener: () => void): unknown;
  /** Null where nothing is to be restored. */
  place(): string | null;
  restore(place: string): void;
}

/**
 * Restores what was displayed when the page's process died. Session storage lives as long as the window, so a new start
 * begins afresh.
 */
export function keepPlace(name: 'conversation' | 'batch' | 'history', kept: Kept): void {
  const key = `docket.shown.${name}`;
  const shown = sessionStorage.getItem(key);
  if (shown !== null) kept.restore(shown);
  kept.subscribe(() => {
    const place = kept.place();
    if (place === null) sessionStorage.removeItem(key);
    else if (place !== sessionStorage.getItem(key)) sessionStorage.setItem(key, place);
  });
}
