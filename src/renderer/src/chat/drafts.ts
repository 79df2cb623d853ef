import { createStore } from 'zustand/vanilla';

/** Where texts are kept over restarts; `localStorage` in the window. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Name of the draft for a conversation that does not exist yet. */
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

/** Writing to storage blocks, so a text longer than this is not written again with each key. */
const writtenAtOnce = 20_000;
const writeAfterMs = 300;

/** What was written and not sent, by conversation. */
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
      // The quota of localStorage is used up: the draft lives on in memory.
    }
  };
  return {
    ...store,
    set(key: string, text: string): void {
      const { [key]: _old, ...others } = store.getState().drafts;
      store.setState({ drafts: text === '' ? others : { ...others, [key]: text } });
      // The window's end is no good time: a quit does not wait for what the page writes then.
      if (text.length <= writtenAtOnce) flush();
      else timer ??= setTimeout(flush, writeAfterMs);
    },
    /** Writes what is due at once; for the window's end. */
    flush,
  };
}
