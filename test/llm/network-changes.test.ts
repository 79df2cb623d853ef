import { describe, expect, it, vi } from 'vitest';
import { watchNetwork } from '../../src/main/common/network-changes.ts';

describe('the network of this machine', () => {
  it('is reported as changed once per change of its addresses, while calls are in flight', async () => {
    let addresses = 'wlan0 192.168.1.7';
    let isAsked = true;
    const onChange = vi.fn();
    const read = vi.fn(() => addresses);
    watchNetwork(onChange, () => isAsked, read, 1);
    addresses = '';
    await expect.poll(() => onChange.mock.calls.length).toBe(1);
    addresses = 'wlan0 10.0.0.12';
    await expect.poll(() => onChange.mock.calls.length).toBe(2);
    isAsked = false;
    const stopped = vi.fn();
    watchNetwork(
      stopped,
      () => stopped.mock.calls.length < 5,
      () => String(Math.random()),
      1,
    );
    await expect.poll(() => stopped.mock.calls.length).toBe(5);
    const looks = read.mock.calls.length;
    watchNetwork(
      stopped,
      () => stopped.mock.calls.length < 10,
      () => String(Math.random()),
      1,
    );
    await expect.poll(() => stopped.mock.calls.length).toBe(10);
    expect(read.mock.calls.length).toBe(looks);
  });

  it('can be read, and does not change spontaneously', async () => {
    const onChange = vi.fn();
    const looks = vi.fn(() => looks.mock.calls.length < 8);
    watchNetwork(onChange, looks, undefined, 1);
    await expect.poll(() => looks.mock.calls.length).toBe(8);
    expect(onChange).not.toHaveBeenCalled();
  });
});
