/** The picture of a page beside the text of a file. */
import type { Page } from '@playwright/test';

export const canvasOf = (page: Page, name: string) => page.getByRole('img', { name, exact: true });

/** How wide it is shown, in CSS pixels. */
export const shownWidth = async (page: Page, name: string) => (await canvasOf(page, name).boundingBox())?.width ?? 0;

/** What is drawn of a page: its size, and whether there is ink on it. */
export async function drawn(page: Page, name: string) {
  return await canvasOf(page, name).evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return { isWide: canvas.width > canvas.height, hasInk: pixels.some((value) => value < 100) };
  });
}

/** Turns the wheel over a page while Ctrl is held: a negative number enlarges it. */
export async function zoomByWheel(page: Page, name: string, by: number): Promise<void> {
  await canvasOf(page, name).hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, by);
  await page.keyboard.up('Control');
}
