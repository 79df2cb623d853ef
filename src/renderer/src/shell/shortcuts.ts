import { commandRegistry } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { closeOverlay, overlays } from '../platform/overlays.ts';
import { surfaces } from '../platform/surfaces.ts';
import { matchesShortcut } from '../ui/shortcut.ts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** What a key press does in the whole window; null when it is no shortcut. */
function actionFor(event: KeyboardEvent): (() => void) | null {
  if (matchesShortcut(event, 'Mod+K'))
    return () => overlays.setState(({ open }) => ({ open: open === 'palette' ? null : 'palette' }));
  if (matchesShortcut(event, 'Mod+/') || (event.key === '?' && !isTyping(event.target))) {
    return () => overlays.setState({ open: 'shortcuts' });
  }
  const run = shownActionFor(event);
  if (run === null) return null;
  // What is done is to be seen: the palette and the list of shortcuts, which name it, make way.
  return () => {
    closeOverlay();
    run();
  };
}

/** What the palette and the list of shortcuts show. */
function shownActionFor(event: KeyboardEvent): (() => void) | null {
  const surface = surfaces.find(({ shortcut }) => matchesShortcut(event, shortcut));
  if (surface !== undefined) return () => navigate({ surface: surface.id });
  const command = commandRegistry
    .getState()
    .commands.find(({ shortcut }) => shortcut !== undefined && matchesShortcut(event, shortcut));
  return command?.run ?? null;
}

/** Binds the window's shortcuts and those of the registered commands. */
export function listenForShortcuts(window: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    // A view that handled the key has the last word; keys of an input method are not ours.
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionFor(event);
    if (action === null) return;
    event.preventDefault();
    action();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
