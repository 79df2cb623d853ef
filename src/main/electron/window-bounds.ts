import { readFileSync, writeFileSync } from 'node:fs';

export interface Bounds {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Smaller than any window Docket opens: the file was damaged. */
const MIN_WIDTH = 400;
const MIN_HEIGHT = 300;

export const defaultBounds: Bounds = { width: 1280, height: 800, maximized: false };

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The window's last bounds; without its position if no screen would show its title bar. */
export function readBounds(file: string, screens: readonly Area[]): Bounds {
  try {
    const bounds = parseBounds(JSON.parse(readFileSync(file, 'utf8')));
    if (bounds === null) return defaultBounds;
    const { x, y } = bounds;
    const visible =
      x !== undefined &&
      y !== undefined &&
      screens.some(
        (screen) =>
          x + bounds.width > screen.x + 40 &&
          x < screen.x + screen.width - 40 &&
          y >= screen.y &&
          y < screen.y + screen.height - 40,
      );
    return visible ? bounds : { width: bounds.width, height: bounds.height, maximized: bounds.maximized };
  } catch {
    // First start, or a file that was edited: use the defaults.
    return defaultBounds;
  }
}

/** Parsed by hand: a schema library would be the largest module loaded before the window opens. */
function parseBounds(stored: unknown): Bounds | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { x, y, width, height, maximized } = stored as Readonly<Record<string, unknown>>;
  if (!isWhole(width) || !isWhole(height) || width < MIN_WIDTH || height < MIN_HEIGHT) return null;
  if (typeof maximized !== 'boolean') return null;
  return { ...(isWhole(x) && isWhole(y) ? { x, y } : {}), width, height, maximized };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function writeBounds(file: string, bounds: Bounds): void {
  writeFileSync(file, JSON.stringify(bounds), { mode: 0o600 });
}
