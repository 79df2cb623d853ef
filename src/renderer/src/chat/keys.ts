import { belongsToInputMethod, type KeyPress } from '../ui/input-method.ts';

interface SendKeyPress extends KeyPress {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Enter sends, with Ctrl or Cmd too; Shift+Enter is a line, and an Enter that ends a composition is neither. */
export function isSendKey(event: SendKeyPress): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !belongsToInputMethod(event);
}
