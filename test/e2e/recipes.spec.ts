import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Reply, text } from '../support/model-server-replies.ts';
import type { RecordedRequest } from '../support/model-server-requests.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';

/** Seven leases, each of another town. */
function writeLeases(folder: string): string {
  const leases = join(folder, 'Leases');
  mkdirSync(leases);
  for (const [place, town] of ['Bonn', 'Graz', 'Lyon', 'Oslo', 'Riga', 'Turin', 'Ulm'].entries()) {
    writeFileSync(
      join(leases, `lease ${place + 1}.txt`),
      `Lease between Hausmann Ltd and Eva Stein. The flat is in ${town}. The lease ends on 31 March 2027. German law applies.`,
    );
  }
  return leases;
}

/** What a lease says to each question, as it is written there. */
const quotations: Readonly<Record<string, RegExp>> = {
  'Who are the parties?': /Hausmann Ltd and Eva Stein/,
  'Where is the flat?': /(?<=The flat is in )\w+/,
  'Which law applies?': /German law/,
};

/** Answers as a model does that is asked for proof: one JSON object, by the key that the request gives the question. */
function answer({ prompt }: RecordedRequest): Reply | undefined {
  const [, key, asked] = /^- "(.+)": (.+)$/m.exec(prompt) ?? [];
  if (key === undefined || asked === undefined) return undefined;
  const quote = quotations[asked]?.exec(prompt)?.[0];
  return text(JSON.stringify({ [key]: { quotes: quote === undefined ? [] : [quote], answer: quote ?? null } }));
}

/** Types questions into a new recipe and saves it. */
async function typeRecipe({ page }: App, questions: readonly string[]): Promise<void> {
  await page.getByRole('menuitem', { name: 'New recipe' }).click();
  const editor = page.getByRole('region', { name: 'Recipe' });
  for (const [place, question] of questions.entries()) {
    if (place > 0) await editor.getByRole('button', { name: 'Add question' }).click();
    await expect(editor.getByLabel('What is asked')).toBeFocused();
    await page.keyboard.type(question);
  }
  await expect(editor.getByText(/^3 requests, about \d/)).toBeVisible();
  await editor.getByText(/^Show the request for Leases/).click();
  await expect(editor.getByText(/The flat is in Bonn/)).toBeVisible();
  await editor.getByLabel('Name of the recipe').fill('Leases');
  await editor.getByRole('button', { name: 'Save' }).click();
}

test('three questions of one’s own become columns: tried on three files, then run over all', async ({
  folder,
  server,
}) => {
  server.respond((request) => answer(request));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([writeLeases(folder)]);
  await expect(page.getByText('7 of 7 files')).toBeVisible();
  const before = server.chatRequestCount;

  await page.getByRole('button', { name: 'Recipe: Sentiment, topics, summary' }).click();
  await typeRecipe(app, ['Who are the parties?', 'Where is the flat?', 'Which law applies?']);
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(/7 files waiting to be asked by gpt-4o-mini/)).toBeVisible();
  for (const title of ['Who are the parties', 'Where is the flat', 'Which law applies']) {
    await expect(page.getByRole('columnheader', { name: title })).toBeVisible();
  }
  expect(server.chatRequestCount, 'nothing is sent by saving').toBe(before);

  await page.getByRole('button', { name: 'Try on 3 files' }).click();
  await expect(page.getByText('3 of 7 files')).toBeVisible();
  const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(rowOf('lease 4.txt')).toContainText('Oslo');
  await expect(rowOf('lease 2.txt')).not.toContainText('Graz');
  expect(server.chatRequestCount).toBe(before + 9);

  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByText('7 of 7 files')).toBeVisible();
  await expect(rowOf('lease 2.txt')).toContainText('Graz');
  expect(server.chatRequestCount, 'no file of the trial is asked again').toBe(before + 21);
  await app.quit();
});
