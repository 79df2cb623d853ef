import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hangBeforeHeaders } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

/** The names of what can be pressed or typed into and lies under a toast. */
function coveredBy(page: Page, toast: string): Promise<readonly string[]> {
  return page.evaluate((words) => {
    const controls = [...document.querySelectorAll('button, a[href], input, textarea, [role="combobox"]')];
    const over = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].find(({ textContent }) =>
      textContent?.includes(words),
    );
    if (over === undefined) throw new Error(`No toast says ${words}`);
    const area = over.getBoundingClientRect();
    return controls
      .filter((control) => !over.contains(control) && control.checkVisibility())
      .filter((control) => {
        const { left, right, top, bottom } = control.getBoundingClientRect();
        return left < area.right && right > area.left && top < area.bottom && bottom > area.top;
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? '');
  }, toast);
}

for (const [width, height] of [
  [800, 600],
  [1280, 800],
] as const) {
  test(`a toast covers nothing that can be pressed at ${width}x${height}`, async ({ folder, server }) => {
    const notes = join(folder, 'Notes');
    mkdirSync(notes);
    writeFileSync(join(notes, 'a note.txt'), 'A note.');
    server.respond(hangBeforeHeaders());
    const app = await launch({ dataDir: join(folder, 'data') });
    const { page } = app;
    await app.electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    await app.request('settings.save', settingsFor(server));
    await app.drop([notes]);
    await page.getByRole('grid', { name: 'Files of Notes' }).waitFor();
    // A problem stays until it is dismissed.
    await app.request('settings.save', settingsFor(server, { model: '' }));
    await app.drop([notes]);
    const words = 'Nothing was added';
    await expect(page.getByText(words).first()).toBeVisible();
    for (const surface of ['2', '1', '3', '4']) {
      await page.keyboard.press(`Control+${surface}`);
      await page.getByRole('main').waitFor();
      await expect.poll(() => coveredBy(page, words), `on surface ${surface}`).toEqual([]);
    }
    server.release();
    await app.quit();
  });
}
