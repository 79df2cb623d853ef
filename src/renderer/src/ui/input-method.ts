/** What is needed to tell whether a key press belongs to an input method. */
export interface KeyPress {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Chromium reports this for every key that an input method handles, sometimes without `isComposing`. */
const INPUT_METHOD_KEY_CODE = 229;

/** The key only ends or changes a composition (Chinese, Japanese, accents). */
export function belongsToInputMethod({ isComposing, keyCode }: KeyPress): boolean {
  return isComposing || keyCode === INPUT_METHOD_KEY_CODE;
}

/** Esc, unless it only cancels a composition. */
export function isEscape(event: KeyPress): boolean {
  return event.key === 'Escape' && !belongsToInputMethod(event);
}
