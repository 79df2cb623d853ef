import { belongsToInputMethod, type KeyPress } from '../ui/input-method.ts';

interface SendKeyPress extends KeyPress {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * Enter sends, also with Ctrl or Cmd. Shift+Enter inserts a line break, and an Enter that ends a composition does
 * neither.
 */
export function isSendKey(event: SendKeyPress): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !belongsToInputMethod(event);
}
