/** A picture of at least 12 by 8 cm may well be a scanned page or table. In English Metric Units. */
export const largeImage = { width: 4_320_000, height: 2_880_000 };
