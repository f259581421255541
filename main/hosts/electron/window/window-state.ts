import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Pixels = z.int().min(-100_000).max(100_000);
const Rectangle = z.object({ x: Pixels, y: Pixels, width: Pixels.positive(), height: Pixels.positive() });
export type Rectangle = z.output<typeof Rectangle>;

const WindowState = z.object({ bounds: Rectangle, isMaximised: z.boolean() });
export type WindowState = z.output<typeof WindowState>;

export const usualSize = { width: 1280, height: 800 } as const;
export const leastSize = { width: 640, height: 480 } as const;
/** The part of a window that must be visible on a screen to be grabbed. */
const minVisible = { width: 120, height: 40 } as const;

/** Reads the window's saved state; undefined if it is unknown. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    const parsed = WindowState.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns the window's bounds: the saved ones, if the upper edge can be grabbed on a connected screen; else in the
 * middle of the first screen, no larger than that. `workAreas` are the screens without their bars, the main one first.
 */
export function fitOnScreen(saved: Rectangle | undefined, workAreas: readonly Rectangle[]): Rectangle | undefined {
  const [main] = workAreas;
  if (saved === undefined || main === undefined) return undefined;
  const size = {
    width: Math.max(leastSize.width, saved.width),
    height: Math.max(leastSize.height, saved.height),
  };
  const candidates = workAreas.map((area) => ({
    x: saved.x,
    y: saved.y,
    width: Math.min(size.width, Math.max(area.width, leastSize.width)),
    height: Math.min(size.height, Math.max(area.height, leastSize.height)),
  }));
  const visible = candidates.find((bounds, index) => {
    const { width, height } = overlap({ ...bounds, height: minVisible.height }, workAreas[index] ?? main);
    return width >= minVisible.width && height >= minVisible.height / 2;
  });
  if (visible !== undefined) return visible;
  const width = Math.min(size.width, main.width);
  const height = Math.min(size.height, main.height);
  const middle = (start: number, length: number, used: number) => start + Math.round((length - used) / 2);
  return { x: middle(main.x, main.width, width), y: middle(main.y, main.height, height), width, height };
}

function overlap(one: Rectangle, other: Rectangle): { width: number; height: number } {
  const along = (start: number, length: number, otherStart: number, otherLength: number) =>
    Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
  return {
    width: along(one.x, one.width, other.x, other.width),
    height: along(one.y, one.height, other.y, other.height),
  };
}
