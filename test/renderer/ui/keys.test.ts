import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextIndex } from '../../../src/renderer/src/ui/list-keys.ts';
import { matchesShortcut } from '../../../src/renderer/src/ui/shortcut.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('list keys', () => {
  const press = (key: string, active: number, count = 10) => nextIndex({ ...plain, key }, active, count, 4);
  it('move the choice and stop at the ends', () => {
    expect([press('ArrowDown', 0), press('ArrowDown', 9), press('ArrowUp', 3), press('ArrowUp', 0)]).toEqual([
      1, 9, 2, 0,
    ]);
    expect([press('PageDown', 2), press('PageUp', 2), press('Home', 5), press('End', 5)]).toEqual([6, 0, 0, 9]);
  });
  it('start at an end if nothing is chosen', () => {
    expect([press('ArrowDown', -1), press('ArrowUp', -1)]).toEqual([0, 9]);
  });
  it('leave other keys, modified keys and empty lists alone', () => {
    expect(press('a', 0)).toBeNull();
    expect(press('ArrowDown', -1, 0)).toBeNull();
    expect(nextIndex({ ...plain, ctrlKey: true, key: 'ArrowDown' }, 0, 10, 4)).toBeNull();
  });
});

describe('shortcuts', () => {
  it('match exactly their modifiers', () => {
    expect(matchesShortcut({ ...plain, key: 'k', ctrlKey: true }, 'Mod+K')).toBe(true);
    expect(matchesShortcut({ ...plain, key: 'K', ctrlKey: true, shiftKey: true }, 'Mod+K')).toBe(false);
    expect(matchesShortcut({ ...plain, key: 'k' }, 'Mod+K')).toBe(false);
    expect(matchesShortcut({ ...plain, key: 'k', ctrlKey: true, altKey: true }, 'Mod+K')).toBe(false);
    expect(matchesShortcut({ ...plain, key: 'F2' }, 'F2')).toBe(true);
  });
  it('do not require Shift if only some keyboards need it', () => {
    expect(matchesShortcut({ ...plain, key: '/', ctrlKey: true, shiftKey: true }, 'Mod+/')).toBe(true);
  });
  it('take the key of a Mac that deletes, which is called Backspace, for Delete', async () => {
    expect(matchesShortcut({ ...plain, key: 'Backspace' }, 'Delete')).toBe(false);
    vi.stubGlobal('navigator', { userAgent: 'Macintosh; Intel Mac OS X 10_15_7' });
    vi.resetModules();
    const onMac = await import('../../../src/renderer/src/ui/shortcut.ts');
    expect(onMac.matchesShortcut({ ...plain, key: 'Backspace' }, 'Delete')).toBe(true);
    expect(onMac.matchesShortcut({ ...plain, key: 'Delete' }, 'Delete')).toBe(true);
  });
});
