import type { ThemeChoice } from '../../../shared/settings-data.ts';
import type { createSettingsStore } from './settings-store.ts';

const storageKey = 'docket.theme';

/** Without the attribute, the system decides; see tokens.css. */
function applyTheme(theme: ThemeChoice): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Keeps the window in the theme of the settings. Also stores it locally, so that the next start does not flash. */
export function followTheme(settings: ReturnType<typeof createSettingsStore>): void {
  const remembered = localStorage.getItem(storageKey);
  if (remembered === 'light' || remembered === 'dark') applyTheme(remembered);
  settings.subscribe(({ view }) => {
    if (view === null) return;
    localStorage.setItem(storageKey, view.settings.theme);
    applyTheme(view.settings.theme);
  });
}
