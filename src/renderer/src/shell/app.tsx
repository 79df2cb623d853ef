import { Activity, lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { useStore } from 'zustand';
import { navigation, useSurface } from '../platform/navigation-store.ts';
import { overlays } from '../platform/overlays.ts';
import { catchLostFocus, rememberFocus, settleFocus } from '../platform/surface-focus.ts';
import { type SurfaceId, surfaces } from '../platform/surfaces.ts';
import { Toasts } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import styles from './app.module.css';
import { DropTarget } from './drop-target.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Rail } from './rail.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { StatusLine } from './status-line.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { loadView, views } from './views.ts';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const ShortcutHelp = lazy(async () => ({ default: (await import('./shortcut-help.tsx')).ShortcutHelp }));

/** Runs `load` once the first frame is drawn and nothing else is to do. */
function whenIdle(load: () => void): () => void {
  const idle = requestIdleCallback(load);
  return () => cancelIdleCallback(idle);
}

/** The frame of the window: rail, current surface, status line. */
export function App() {
  useLayoutEffect(() => listenForShortcuts(window), []);
  useEffect(() => whenIdle(() => void loadView('batch')), []);
  useEffect(() => catchLostFocus(() => navigation.getState().target.surface), []);
  return (
    <TooltipProvider>
      <div className={styles.app}>
        <Rail />
        <Surfaces />
        <div className={styles.toasts}>
          <Toasts />
        </div>
        <StatusLine />
      </div>
      <DropTarget />
      <Overlays />
      <UpdateNotice />
    </TooltipProvider>
  );
}

/**
 * Mounted, closed, when the window has nothing else to do. They then open within the key press, so that what is typed
 * next is typed into them.
 */
function Overlays() {
  const open = useStore(overlays, (state) => state.open !== null);
  const [mounted, setMounted] = useState(false);
  if (open && !mounted) setMounted(true);
  useEffect(() => whenIdle(() => setMounted(true)), []);
  return mounted ? (
    <Suspense fallback={null}>
      <CommandPalette />
      <ShortcutHelp />
    </Suspense>
  ) : null;
}

/** A visited surface stays mounted while hidden, so its scroll position and typed text survive. */
function Surfaces() {
  const current = useSurface();
  const [visited, setVisited] = useState<ReadonlySet<SurfaceId>>(new Set([current]));
  if (!visited.has(current)) setVisited(new Set([...visited, current]));
  useEffect(() => {
    let frame = 0;
    let left = false;
    // A surface is loaded before it is first shown. One frame later, a dialog that led here has returned the focus.
    void loadView(current).then(() => {
      if (!left) frame = requestAnimationFrame(() => settleFocus(current));
    });
    return () => {
      left = true;
      cancelAnimationFrame(frame);
    };
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
