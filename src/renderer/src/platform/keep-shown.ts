interface Selecting {
  getState(): { readonly selectedId: string | null };
  subscribe(listener: (state: { readonly selectedId: string | null }) => void): unknown;
  select(id: string): void;
}

/**
 * Restores what was displayed when the page's process died. Session storage lives as long as the window, so a new start
 * begins afresh.
 */
export function keepShown(name: 'conversation' | 'batch', store: Selecting): void {
  const key = `docket.shown.${name}`;
  const shown = sessionStorage.getItem(key);
  if (shown !== null) store.select(shown);
  store.subscribe(({ selectedId }) => {
    if (selectedId === null) sessionStorage.removeItem(key);
    else if (selectedId !== sessionStorage.getItem(key)) sessionStorage.setItem(key, selectedId);
  });
}
