import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export interface Bounds {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

const boundsSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(400),
  height: z.number().int().min(300),
  maximized: z.boolean(),
});

export const defaultBounds: Bounds = { width: 1280, height: 800, maximized: false };

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The window's place of last time; without its place when no screen shows its title bar any more. */
export function readBounds(file: string, screens: readonly Area[]): Bounds {
  try {
    const bounds: Bounds = boundsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
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
    // The first start, or a file that was edited: the defaults serve.
    return defaultBounds;
  }
}

export function writeBounds(file: string, bounds: Bounds): void {
  writeFileSync(file, JSON.stringify(bounds));
}
