/** A line drawn on a page, across or upright. Lengths are in points, from the left and the bottom of the page. */
export interface Rule {
  readonly isUpright: boolean;
  /** Where it is: from the bottom, of an upright one from the left. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** A part of a path that is drawn, of up to five points: x and y in turn. */
export interface DrawnPath {
  readonly isFilled: boolean;
  readonly points: readonly number[];
}

/** A drawing of more parts is a chart or a map. The reader's pdf.js tells no more of a page. */
const MOST_PATHS = 4_000;
/** A filled area this narrow is a line. */
const THIN = 3;
/** How far a line may be off from being level. */
const LEVEL = 0.5;

/** The level and upright lines of a page. */
export function rulesOf(paths: readonly DrawnPath[]): readonly Rule[] {
  if (paths.length >= MOST_PATHS) return [];
  return paths
    .filter(({ points }) => points.every(Number.isFinite))
    .flatMap((path) => (path.isFilled ? thinArea(path.points) : segments(path.points)));
}

function segments(points: readonly number[]): readonly Rule[] {
  const rules: Rule[] = [];
  for (let at = 2; at + 1 < points.length; at += 2) {
    const [x = 0, y = 0, nextX = 0, nextY = 0] = points.slice(at - 2, at + 2);
    rules.push(...ruleIn(x, y, nextX, nextY, LEVEL));
  }
  return rules;
}

function thinArea(points: readonly number[]): readonly Rule[] {
  const [xs, ys] = [points.filter((_, at) => at % 2 === 0), points.filter((_, at) => at % 2 === 1)];
  return ruleIn(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), THIN);
}

function ruleIn(x: number, y: number, otherX: number, otherY: number, thin: number): readonly Rule[] {
  const [width, height] = [Math.abs(otherX - x), Math.abs(otherY - y)];
  if (height <= thin && width > THIN) {
    return [{ isUpright: false, at: (y + otherY) / 2, from: Math.min(x, otherX), to: Math.max(x, otherX) }];
  }
  if (width <= thin && height > THIN) {
    return [{ isUpright: true, at: (x + otherX) / 2, from: Math.min(y, otherY), to: Math.max(y, otherY) }];
  }
  return [];
}
