import { createStore } from 'zustand/vanilla';
import type { ReplyOptions } from './chat-store.ts';
import type { TextStorage } from './drafts.ts';

const storageKey = 'docket.replyOptions';

export interface ChosenOptions extends ReplyOptions {
  /** The provider they were chosen for; another one may not have the model. */
  readonly host: string;
}

function readChosen(storage: TextStorage): ChosenOptions | null {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('host' in stored) || typeof stored.host !== 'string')
      return null;
    return {
      host: stored.host,
      ...('model' in stored && typeof stored.model === 'string' && { model: stored.model }),
      ...('temperature' in stored && typeof stored.temperature === 'number' && { temperature: stored.temperature }),
    };
  } catch {
    return null;
  }
}

/** The composer's model and temperature, where they differ from the settings. */
export function createReplyOptions(storage: TextStorage) {
  const store = createStore<{ readonly chosen: ChosenOptions | null }>(() => ({ chosen: readChosen(storage) }));
  const optionsFor = (chosen: ChosenOptions | null, host: string): ReplyOptions => {
    if (chosen === null || chosen.host !== host) return {};
    const { host: _host, ...options } = chosen;
    return options;
  };
  return {
    ...store,
    optionsFor,
    /** Empty options return to the settings. */
    choose(host: string, options: ReplyOptions): void {
      const chosen = { ...options, host };
      storage.setItem(storageKey, JSON.stringify(chosen));
      store.setState({ chosen });
    },
  };
}
