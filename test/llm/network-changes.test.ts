import { describe, expect, it, vi } from 'vitest';
import { watchNetwork } from '../../src/main/network-changes.ts';

describe('the network of this machine', () => {
  it('is told to have changed once each time that its addresses have', async () => {
    let addresses = 'wlan0 192.168.1.7';
    const onChange = vi.fn();
    const stop = watchNetwork(onChange, () => addresses, 1);
    addresses = '';
    await expect.poll(() => onChange.mock.calls.length).toBe(1);
    addresses = 'wlan0 10.0.0.12';
    await expect.poll(() => onChange.mock.calls.length).toBe(2);
    stop();
  });

  it('can be read, and does not change by itself', async () => {
    const onChange = vi.fn();
    const other = vi.fn();
    let count = 0;
    const stop = watchNetwork(onChange, undefined, 1);
    const everNew = () => {
      count += 1;
      return String(count);
    };
    const stopOther = watchNetwork(other, everNew, 1);
    await expect.poll(() => other.mock.calls.length).toBeGreaterThan(5);
    expect(onChange).not.toHaveBeenCalled();
    stop();
    stopOther();
  });
});
