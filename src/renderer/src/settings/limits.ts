import type { Settings } from '../../../shared/settings-data.ts';

/** Settings that are a number and are saved as soon as they are changed. */
export type NumberSetting =
  | 'concurrency'
  | 'poolConnections'
  | 'contextTokens'
  | 'firstTokenTimeoutMs'
  | 'idleTimeoutMs'
  | 'hostWaitMs';

interface Limits {
  readonly min: number;
  readonly max: number;
  /** What a window shows is divided by this: seconds or hours for what is kept in milliseconds. */
  readonly scale: number;
}

/** Twin of `shared/settings-schema.ts`, which brings zod and so stays out of the window; a test holds them together. */
export const limits: Readonly<Record<NumberSetting, Limits>> = {
  concurrency: { min: 1, max: 64, scale: 1 },
  poolConnections: { min: 4, max: 256, scale: 1 },
  contextTokens: { min: 512, max: 10_000_000, scale: 1 },
  firstTokenTimeoutMs: { min: 1_000, max: 3_600_000, scale: 1_000 },
  idleTimeoutMs: { min: 1_000, max: 3_600_000, scale: 1_000 },
  hostWaitMs: { min: 3_600_000, max: 604_800_000, scale: 3_600_000 },
};

const units: ReadonlyMap<number, string> = new Map([
  [1_000, ' seconds'],
  [3_600_000, ' hours'],
]);

export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: string };

/** Reads what was typed; separators between thousands are allowed. */
export function parseNumberSetting(name: NumberSetting, text: string): ParsedNumber {
  const { min, max, scale } = limits[name];
  const value = Math.round(Number(text.replace(/(?<=\d)[\s,’'](?=\d{3}\b)/g, '').trim()) * scale);
  if (text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max) return { ok: true, value };
  const number = (n: number) => (n / scale).toLocaleString('en-US');
  return { ok: false, error: `Enter a whole number from ${number(min)} to ${number(max)}${units.get(scale) ?? ''}.` };
}

export function shownNumber(name: NumberSetting, settings: Settings): string {
  return (settings[name] / limits[name].scale).toLocaleString('en-US');
}
