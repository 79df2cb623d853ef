import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';

/** Opens the dialog in which the open batch is run again, with another model at the test's server. */
export async function openRunAgain(page: Page, model: string): Promise<Locator> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Run again with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run again with…' });
  await dialog.getByRole('combobox', { name: 'Model' }).fill(model);
  await expect(dialog).toContainText(`to ${model} at`);
  // Leaves the list of suggestions.
  await page.keyboard.press('Tab');
  return dialog;
}
