/** Tables whose frames are compared: what is done to each, and the pages of the peers. */
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { inElectron, SETTLE_MS } from './batch-app.ts';
import { type Frames, framesDuring, landingMs, scrollThrough, turnWheel } from './frame-times.ts';
import type { Plan } from './plan.ts';

export const AG_GRID = 'AG Grid';
export const EMPTY = 'empty page';

/** How many columns are pressed. */
export const SORTS = 6;
/** How often is jumped to another place of the table. */
const JUMPS = 30;
const ROW_PX = 32;

/** Where things are in a page. */
interface TableParts {
  readonly scroller: string;
  /** Null if it has none, as the empty page. */
  readonly header: string | null;
  readonly row: string | null;
}

export const docketParts: TableParts = {
  scroller: '[role="grid"]',
  header: '[role="columnheader"]',
  row: '[role="row"][data-index]',
};
const agGridParts: TableParts = { scroller: '.ag-grid-viewport', header: '.ag-header-cell', row: '.ag-row' };
const emptyParts: TableParts = { scroller: '#table', header: null, row: null };

/** What the peers' page offers. */
interface PeerPage {
  fill(titles: readonly string[], rows: readonly (readonly string[])[]): void;
  empty(height: number): void;
}

export interface Watched {
  readonly frames: Frames;
  /** From jumps to the rows there; none without rows. */
  readonly landedMs: readonly number[];
}

/** Columns are sorted one after the other, the wheel is turned, and the table scrolled from end to end; then jumps. */
export async function watchTable(page: Page, parts: TableParts, plan: Plan): Promise<Watched> {
  const { watchMs, scrollSteps } = plan.tableFrames;
  const frames = await framesDuring(page, async () => {
    for (let place = 0; place < SORTS; place += 1) {
      if (parts.header !== null) await page.locator(parts.header).nth(place).click();
      await turnWheel(page, parts.scroller, watchMs / SORTS);
    }
    await scrollThrough(page, parts.scroller, scrollSteps);
  });
  const landedMs = parts.row === null ? [] : await landingMs(page, parts.scroller, parts.row, JUMPS);
  return { frames, landedMs };
}

/** The same table in a page that does nothing else. */
export function watchAgGrid(
  folder: string,
  plan: Plan,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<Watched> {
  return inPeer(folder, async (page) => {
    await page.evaluate(([names, lines]) => (globalThis as unknown as PeerPage).fill(names, lines), [
      titles,
      rows,
    ] as const);
    await page.locator('.ag-row').first().waitFor();
    await delay(SETTLE_MS);
    return watchTable(page, agGridParts, plan);
  });
}

/** A page with nothing in it that is scrolled as far: what the machine can do meanwhile. */
export function watchEmptyPage(folder: string, plan: Plan): Promise<Watched> {
  return inPeer(folder, async (page) => {
    await page.evaluate((height) => (globalThis as unknown as PeerPage).empty(height), plan.tableFrames.rows * ROW_PX);
    await delay(SETTLE_MS);
    return watchTable(page, emptyParts, plan);
  });
}

async function inPeer(folder: string, use: (page: Page) => Promise<Watched>): Promise<Watched> {
  const agGridFolder = fileURLToPath(new URL('./ag-grid', import.meta.url));
  let watched: Watched | null = null;
  await inElectron([`--user-data-dir=${folder}`, agGridFolder], {}, async (_app, page) => {
    // The window is there before its script has run.
    await page.waitForFunction(() => 'empty' in globalThis);
    watched = await use(page);
  });
  if (watched === null) throw new Error('Nothing was watched.');
  return watched;
}
