import { createStore } from 'zustand/vanilla';
import type { Bridge, RouteResult } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Settings, SettingsView } from '../../../shared/settings-data.ts';

export interface SettingsState {
  /** Null until main has answered. */
  readonly view: SettingsView | null;
  readonly problem: Problem | null;
}

/** The settings in the main process, for every surface. */
export function createSettingsStore(bridge: Bridge) {
  const store = createStore<SettingsState>(() => ({ view: null, problem: null }));
  const refresh = async (): Promise<void> => {
    const answer = await bridge.request('settings.get', undefined);
    store.setState(answer.ok ? { view: answer.value, problem: null } : { problem: answer.error });
  };

  return {
    ...store,
    async start(): Promise<void> {
      bridge.on('settings.changed', (view) => store.setState({ view, problem: null }));
      await refresh();
    },
    refresh,
    async save(settings: Settings): Promise<RouteResult<'settings.save'>> {
      const answer = await bridge.request('settings.save', settings);
      if (answer.ok) store.setState({ view: answer.value, problem: null });
      return answer;
    },
    async setKey(key: string, allowWeak: boolean): Promise<RouteResult<'settings.setKey'>> {
      const answer = await bridge.request('settings.setKey', { key, allowWeak });
      if (answer.ok) await refresh();
      return answer;
    },
    async clearKey(): Promise<RouteResult<'settings.clearKey'>> {
      const answer = await bridge.request('settings.clearKey', undefined);
      if (answer.ok) await refresh();
      return answer;
    },
  };
}
