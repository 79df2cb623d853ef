import type { RtfFound } from './found.ts';

/** A picture of at least 12 by 8 cm may well be a scanned page or table. In twentieths of a point. */
const large = { width: 6_800, height: 4_530 };

/** Counts pictures and the large ones among them. */
export function createPicture(found: RtfFound) {
  let size = { width: 0, height: 0, across: 100, down: 100 };

  return {
    begin(): void {
      size = { width: 0, height: 0, across: 100, down: 100 };
    },
    word(name: string, parameter: number): void {
      if (name === 'picwgoal') size.width = parameter;
      else if (name === 'pichgoal') size.height = parameter;
      else if (name === 'picscalex') size.across = parameter;
      else if (name === 'picscaley') size.down = parameter;
    },
    end(): void {
      found.images += 1;
      const isWide = size.width * size.across >= large.width * 100;
      if (isWide && size.height * size.down >= large.height * 100) found.largeImages += 1;
    },
  };
}
