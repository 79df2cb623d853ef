/** What is needed of a key press to tell whose it is. */
export interface KeyPress {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** What Chromium reports for every key that an input method takes, at times without `isComposing`. */
const INPUT_METHOD_KEY_CODE = 229;

/** The key ends or changes a composition (Chinese, Japanese, accents) and means nothing else. */
export function belongsToInputMethod({ isComposing, keyCode }: KeyPress): boolean {
  return isComposing || keyCode === INPUT_METHOD_KEY_CODE;
}

/** Esc, but not one that only gives up a composition. */
export function isEscape(event: KeyPress): boolean {
  return event.key === 'Escape' && !belongsToInputMethod(event);
}
