import type { Settings } from '../../../shared/settings-data.ts';

/** Numeric settings, saved as soon as they are changed. */
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
  /** Divisor between the stored and the displayed value: seconds or hours for milliseconds. */
  readonly scale: number;
}

/**
 * Duplicates the limits of `shared/settings-schema.ts`, which would pull zod into the window; a test keeps the two
 * equal.
 */
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

/** Parses a typed number; thousands separators are allowed. */
export function parseNumberSetting(name: NumberSetting, text: string): ParsedNumber {
  const { min, max, scale } = limits[name];
  const value = Math.round(Number(text.replace(/(?<=\d)[\s,’'](?=\d{3}\b)/g, '').trim()) * scale);
  if (text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max) return { ok: true, value };
  const number = (n: number) => (n / scale).toLocaleString('en-US');
  return { ok: false, error: `Enter a whole number from ${number(min)} to ${number(max)}${units.get(scale) ?? ''}.` };
}

/** Empty for a setting that is left to Docket. */
export function shownNumber(name: NumberSetting, settings: Settings): string {
  const value = settings[name];
  return value === null ? '' : (value / limits[name].scale).toLocaleString('en-US');
}
