import { createStore } from 'zustand/vanilla';

/** Keeps texts across restarts; `localStorage` in the window. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** The key of the draft for a conversation that does not exist yet. */
export const newConversationDraft = 'new';

function readDrafts(storage: TextStorage, storageKey: string): Readonly<Record<string, string>> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // A damaged entry costs a draft, never the window.
    return {};
  }
}

/** Writing to storage blocks, so longer texts are not written on each key press. */
const writtenAtOnce = 20_000;
const writeAfterMs = 300;

/** Unsent texts, by conversation. */
export function createDrafts(storage: TextStorage, storageKey: string) {
  const store = createStore<{ readonly drafts: Readonly<Record<string, string>> }>(() => ({
    drafts: readDrafts(storage, storageKey),
  }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    try {
      storage.setItem(storageKey, JSON.stringify(store.getState().drafts));
    } catch {
      // The quota of localStorage is used up. The draft stays in memory.
    }
  };
  return {
    ...store,
    set(key: string, text: string): void {
      const { [key]: _old, ...others } = store.getState().drafts;
      store.setState({ drafts: text === '' ? others : { ...others, [key]: text } });
      // Waiting until the page goes away is too late: a quit does not wait for what it writes then.
      if (text.length <= writtenAtOnce) flush();
      else timer ??= setTimeout(flush, writeAfterMs);
    },
    /** Writes pending drafts at once, before the window closes. */
    flush,
  };
}
