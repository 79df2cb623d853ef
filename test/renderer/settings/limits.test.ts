import { describe, expect, it } from 'vitest';
import {
  limits,
  type NumberSetting,
  parseNumberSetting,
  shownNumber,
} from '../../../src/renderer/src/settings/limits.ts';
import { defaultSettings, settingsSchema } from '../../../src/shared/settings-schema.ts';

describe('limits of number settings', () => {
  it.each(Object.keys(limits) as NumberSetting[])('%s: agree with what the main process accepts', (name) => {
    const takes = (value: number) => settingsSchema.safeParse({ ...defaultSettings, [name]: value }).success;
    const { min, max } = limits[name];
    expect([takes(min), takes(max), takes(min - 1), takes(max + 1)]).toEqual([true, true, false, false]);
  });

  it('shows seconds for values stored in milliseconds', () => {
    expect(shownNumber('firstTokenTimeoutMs', defaultSettings)).toBe('120');
    expect(parseNumberSetting('firstTokenTimeoutMs', '90')).toEqual({ ok: true, value: 90_000 });
    expect(parseNumberSetting('idleTimeoutMs', '1.5')).toEqual({ ok: true, value: 1_500 });
  });

  it('accepts thousands separators', () => {
    expect(parseNumberSetting('contextTokens', '128,000')).toEqual({ ok: true, value: 128_000 });
    expect(parseNumberSetting('contextTokens', '1 000 000')).toEqual({ ok: true, value: 1_000_000 });
  });

  it.each(['', 'five', '0', '65', 'NaN', 'Infinity'])('says what is allowed instead of "%s"', (text) => {
    expect(parseNumberSetting('concurrency', text)).toEqual({ ok: false, error: 'Enter a whole number from 1 to 64.' });
  });
});
