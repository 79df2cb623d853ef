/** A picture of at least 12 by 8 cm may well be a scanned page or table. In English Metric Units. */
export const largeImage = { width: 4_320_000, height: 2_880_000 };

/** English Metric Units in a unit of length. */
const units: Readonly<Record<string, number>> = {
  cm: 360_000,
  mm: 36_000,
  in: 914_400,
  pt: 12_700,
  pc: 152_400,
  px: 9_525,
};

/** A length as OpenDocument and style sheets write it (`13.2cm`), in English Metric Units; 0 if it is none. */
export function lengthOf(written: string | undefined): number {
  const [, value, unit = ''] = /^([\d.]+)(\w+)$/.exec(written ?? '') ?? [];
  return Number(value ?? 0) * (units[unit] ?? 0);
}
