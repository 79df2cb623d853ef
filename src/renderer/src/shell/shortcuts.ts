import { commandRegistry } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { closeOverlay, overlays } from '../platform/overlays.ts';
import { surfaces } from '../platform/surfaces.ts';
import { isTyping, matchesShortcut } from '../ui/shortcut.ts';

/** The window-wide action of a key press; null if it is not a shortcut. */
function actionFor(event: KeyboardEvent): (() => void) | null {
  if (matchesShortcut(event, 'Mod+K'))
    return () => overlays.setState(({ open }) => ({ open: open === 'palette' ? null : 'palette' }));
  if (matchesShortcut(event, 'Mod+/') || (event.key === '?' && !isTyping(event.target))) {
    return () => overlays.setState({ open: 'shortcuts' });
  }
  const run = shownActionFor(event);
  if (run === null) return null;
  // Closes the palette or the list of shortcuts, which would cover the result.
  return () => {
    closeOverlay();
    run();
  };
}

/** The action of a registered command, as listed in the palette and the list of shortcuts. */
function shownActionFor(event: KeyboardEvent): (() => void) | null {
  const surface = surfaces.find(({ shortcut }) => matchesShortcut(event, shortcut));
  if (surface !== undefined) return () => navigate({ surface: surface.id });
  const command = commandRegistry
    .getState()
    .commands.find(({ shortcut }) => shortcut !== undefined && matchesShortcut(event, shortcut));
  return command?.run ?? null;
}

/** Binds the shortcuts of the window and of registered commands. */
export function listenForShortcuts(window: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    // Ignores keys that a view has handled or that belong to an input method.
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionFor(event);
    if (action === null) return;
    event.preventDefault();
    action();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
