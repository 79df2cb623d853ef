/** Times between the frames of a page, as seen by the page itself. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { quantile } from './statistics.ts';

/** At 60 frames a second, one frame that came late. */
const LATE_MS = 33.4;
const WHEEL_STEP_PX = 120;
const WHEEL_EVERY_MS = 30;

export interface Frames {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Share of frames that took longer than two refreshes of the screen. */
  readonly lateShare: number;
  readonly count: number;
}

/** What functions that run in the page find there. */
interface PageGlobals {
  requestAnimationFrame(tell: (now: number) => void): number;
  cancelAnimationFrame(handle: number): void;
  docketBenchFrames?: { stop(): readonly number[] };
}

/** Watches every frame during some work. */
export async function framesDuring(page: Page, action: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const window = globalThis as unknown as PageGlobals;
    const times: number[] = [];
    let handle = window.requestAnimationFrame(function look(now) {
      times.push(now);
      handle = window.requestAnimationFrame(look);
    });
    const stop = () => {
      window.cancelAnimationFrame(handle);
      return times;
    };
    window.docketBenchFrames = { stop };
  });
  await action();
  const times = await page.evaluate(() => (globalThis as unknown as PageGlobals).docketBenchFrames?.stop() ?? []);
  return summary(times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

function summary(deltas: readonly number[]): Frames {
  return {
    p50Ms: quantile(deltas, 0.5),
    p95Ms: quantile(deltas, 0.95),
    p99Ms: quantile(deltas, 0.99),
    maxMs: Math.max(...deltas),
    lateShare: deltas.filter((ms) => ms > LATE_MS).length / deltas.length,
    count: deltas.length,
  };
}

/** Resolves once the last change is drawn. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const window = globalThis as unknown as PageGlobals;
    // The first callback runs before its frame is drawn, the second after it.
    for (let times = 0; times < 2; times += 1) await new Promise((resolve) => window.requestAnimationFrame(resolve));
  });
}

/** Scrolls with the wheel: real input events, about thirty per second. */
export async function turnWheel(page: Page, selector: string, forMs: number): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not in sight.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    await page.mouse.wheel(0, WHEEL_STEP_PX);
    await delay(WHEEL_EVERY_MS);
  }
}

/** From the first row to the last, one step per frame, so that every frame shows different rows. */
export async function scrollThrough(page: Page, selector: string, steps: number): Promise<void> {
  await page.locator(selector).evaluate(async (element, count) => {
    const window = globalThis as unknown as PageGlobals;
    const step = (element.scrollHeight - element.clientHeight) / count;
    for (let at = 0; at <= count; at += 1) {
      element.scrollTop = at * step;
      await new Promise((resolve) => window.requestAnimationFrame(resolve));
    }
  }, steps);
}

/** Jumps to places all over a table. @returns how long each took until a row was drawn in the middle of what is in sight. */
export function landingMs(page: Page, selector: string, row: string, jumps: number): Promise<readonly number[]> {
  return page.locator(selector).evaluate(
    async (element, { rowSelector, count }) => {
      const window = globalThis as unknown as PageGlobals;
      const { left, top, width, height } = element.getBoundingClientRect();
      const middle = () => element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
      const nextFrame = () => new Promise((resolve) => window.requestAnimationFrame(resolve));
      const times: number[] = [];
      for (let jump = 0; jump < count; jump += 1) {
        // Every place is far from the one before.
        element.scrollTop = (((jump * 7) % count) / count) * (element.scrollHeight - element.clientHeight);
        const from = performance.now();
        do await nextFrame();
        while (middle()?.closest(rowSelector) == null);
        times.push(performance.now() - from);
        for (let frames = 0; frames < 12; frames += 1) await nextFrame();
      }
      return times;
    },
    { rowSelector: row, count: jumps },
  );
}
