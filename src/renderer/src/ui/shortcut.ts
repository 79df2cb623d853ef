/** Shortcuts are written "Mod+Shift+N". Mod is Cmd on a Mac and Ctrl elsewhere. */

export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
};
const macNames: Readonly<Record<string, string>> = {
  ...names,
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '⏎',
  Delete: '⌫',
};

/** The keys as labelled on this system's keyboards. */
export function shortcutKeys(shortcut: string): readonly string[] {
  return shortcut.split('+').map((key) => (isMac ? macNames : names)[key] ?? key);
}

/** For `aria-keyshortcuts`, which has no Mod. */
export function ariaShortcut(shortcut: string): string {
  return shortcut.replace('Mod', isMac ? 'Meta' : 'Control');
}

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether the pressed key is the shortcut, with exactly its modifiers. */
export function matchesShortcut(event: KeyPress, shortcut: string): boolean {
  const keys = shortcut.split('+');
  const key = keys.at(-1) ?? '';
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const otherMod = isMac ? event.ctrlKey : event.metaKey;
  // A symbol such as "?" needs Shift on some keyboards only, so Shift is not compared for symbols.
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key);
  return (
    namedKey(event.key).toLowerCase() === key.toLowerCase() &&
    mod === keys.includes('Mod') &&
    !otherMod &&
    event.altKey === keys.includes('Alt') &&
    (sign || event.shiftKey === keys.includes('Shift'))
  );
}

/** The key that deletes on a Mac's keyboard calls itself Backspace. */
function namedKey(key: string): string {
  return isMac && key === 'Backspace' ? 'Delete' : key;
}

/** Whether a key goes into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
