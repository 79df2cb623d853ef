interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** What Chromium reports for every key that an input method takes, at times without `isComposing`. */
const inputMethodKeyCode = 229;

/** Enter sends, with Ctrl or Cmd too; Shift+Enter is a line, and an Enter that ends a composition is neither. */
export function isSendKey(event: KeyPress): boolean {
  return (
    event.key === 'Enter' &&
    !event.shiftKey &&
    !event.altKey &&
    !event.isComposing &&
    event.keyCode !== inputMethodKeyCode
  );
}
