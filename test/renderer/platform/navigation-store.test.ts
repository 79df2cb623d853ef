import { beforeEach, describe, expect, it, vi } from 'vitest';
import { navigate, navigateLater, navigation } from '../../../src/renderer/src/platform/navigation-store.ts';

beforeEach(() => {
  vi.stubGlobal('localStorage', { setItem: () => {} });
  return () => void vi.unstubAllGlobals();
});

describe('what takes a moment to be shown', () => {
  const batch = { surface: 'batch', batchId: '00000000-0000-4000-8000-000000000001' } as const;

  it('is gone to when it is ready', () => {
    navigate({ surface: 'batch' });
    const show = navigateLater();
    show(batch);
    expect(navigation.getState().target).toEqual(batch);
  });

  it('takes nobody away who has gone elsewhere meanwhile, nor back', () => {
    navigate({ surface: 'batch' });
    const show = navigateLater();
    navigate({ surface: 'chat' });
    show(batch);
    expect(navigation.getState().target).toEqual({ surface: 'chat' });
    navigate({ surface: 'batch' });
    show(batch);
    expect(navigation.getState().target).toEqual({ surface: 'batch' });
  });
});
