import { Activity, type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { ChatView } from '../chat/chat-view.tsx';
import { Toasts } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import styles from './app.module.css';
import { CommandPalette } from './command-palette.tsx';
import { DropTarget } from './drop-target.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useSurface } from './navigation-store.ts';
import { Rail } from './rail.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { StatusLine } from './status-line.tsx';
import { rememberFocus, settleFocus } from './surface-focus.ts';
import { type SurfaceId, surfaces } from './surfaces.ts';

const loadBatch = () => import('../batch/batch-view.tsx');
const loadHistory = () => import('../history/history-view.tsx');
const loadSettings = () => import('../settings/settings-view.tsx');

const views: Readonly<Record<SurfaceId, ComponentType>> = {
  chat: ChatView,
  batch: lazy(async () => ({ default: (await loadBatch()).BatchView })),
  history: lazy(async () => ({ default: (await loadHistory()).HistoryView })),
  settings: lazy(async () => ({ default: (await loadSettings()).SettingsView })),
};

/** The first frame needs one surface; the others are read in the quiet after it, before anybody asks for them. */
function preloadViews(): () => void {
  const idle = requestIdleCallback(() => void Promise.all([loadBatch(), loadHistory(), loadSettings()]));
  return () => cancelIdleCallback(idle);
}

/** The frame of the window: the rail, the surface in use, the status line. */
export function App() {
  useEffect(() => listenForShortcuts(window), []);
  useEffect(preloadViews, []);
  return (
    <TooltipProvider>
      <div className={styles.app}>
        <Rail />
        <Surfaces />
        <StatusLine />
      </div>
      <DropTarget />
      <CommandPalette />
      <ShortcutHelp />
      <Toasts />
    </TooltipProvider>
  );
}

/** A surface that was visited stays mounted, hidden: its scroll position and what was typed survive. */
function Surfaces() {
  const current = useSurface();
  const [visited, setVisited] = useState<ReadonlySet<SurfaceId>>(new Set([current]));
  if (!visited.has(current)) setVisited(new Set([...visited, current]));
  useEffect(() => {
    // After this frame a dialog that led here has given the focus back.
    const frame = requestAnimationFrame(() => settleFocus(current));
    return () => cancelAnimationFrame(frame);
  }, [current]);
  return surfaces.map(({ id, name }) => {
    if (!visited.has(id)) return null;
    const View = views[id];
    return (
      <Activity key={id} mode={id === current ? 'visible' : 'hidden'}>
        <main
          className={styles.surface}
          aria-label={name}
          data-surface={id}
          tabIndex={-1}
          onFocus={(event) => rememberFocus(id, event.target)}
        >
          <ErrorBoundary name={name}>
            <Suspense fallback={null}>
              <View />
            </Suspense>
          </ErrorBoundary>
        </main>
      </Activity>
    );
  });
}
