import { describe, expect, it } from 'vitest';
import { belongsToInputMethod, isEscape } from '../../../src/renderer/src/ui/input-method.ts';

const esc = { key: 'Escape', isComposing: false, keyCode: 27 };

describe('keys while an input method is active', () => {
  it('handles Esc itself only if it does not cancel a composition', () => {
    expect(isEscape(esc)).toBe(true);
    expect(isEscape({ ...esc, isComposing: true })).toBe(false);
    expect(isEscape({ ...esc, keyCode: 229 })).toBe(false);
    expect(isEscape({ ...esc, key: 'Enter', keyCode: 13 })).toBe(false);
  });

  it('leaves every key of a composition to the input method', () => {
    expect(belongsToInputMethod({ key: 'Process', isComposing: false, keyCode: 229 })).toBe(true);
    expect(belongsToInputMethod({ key: 'a', isComposing: false, keyCode: 65 })).toBe(false);
  });
});
