import { problemSentence } from '../../../shared/problem-words.ts';
import type { ThemeChoice } from '../../../shared/settings-data.ts';
import { request } from '../platform/bridge.ts';
import type { Command } from '../platform/commands.ts';
import { overlays } from '../platform/overlays.ts';
import { settingsStore } from '../platform/stores.ts';
import { showToast } from '../ui/toast.tsx';

async function setTheme(theme: ThemeChoice): Promise<void> {
  const { view } = settingsStore.getState();
  if (view === null) return;
  const saved = await settingsStore.save({ ...view.settings, theme });
  if (!saved.ok)
    showToast({ title: 'The theme could not be changed', detail: problemSentence(saved.error), problem: true });
}

async function revealData(): Promise<void> {
  const answer = await request('app.revealData', undefined);
  if (!answer.ok)
    showToast({ title: 'The folder could not be opened', detail: problemSentence(answer.error), problem: true });
}

const themeCommand = (theme: ThemeChoice, title: string): Command => ({
  id: `app.theme.${theme}`,
  title,
  group: 'Docket',
  keywords: 'appearance theme mode colour color',
  run: () => void setTheme(theme),
});

/** Commands of the window itself, always available. */
export const appCommands: readonly Command[] = [
  {
    id: 'app.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Docket',
    keywords: 'keys help',
    run: () => overlays.setState({ open: 'shortcuts' }),
  },
  {
    id: 'app.revealData',
    title: 'Show the data folder',
    group: 'Docket',
    keywords: 'files database where',
    run: () => void revealData(),
  },
  themeCommand('light', 'Light theme'),
  themeCommand('dark', 'Dark theme'),
  themeCommand('system', 'System theme'),
];
