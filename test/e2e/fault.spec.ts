import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stallMidStream } from '../support/model-server-replies.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';

/** Answers the dialog by pressing its second button, and records its text. */
function answerDialog({ electron }: App, file: string): Promise<void> {
  return electron.evaluate(({ dialog }, target) => {
    dialog.showMessageBox = async (...given: unknown[]) => {
      process.getBuiltinModule('node:fs').writeFileSync(target, JSON.stringify(given.at(-1)));
      return { response: 1, checkboxChecked: false };
    };
  }, file);
}

function ended({ electron }: App): Promise<number | null> {
  return new Promise((resolve) => void electron.process().once('exit', resolve));
}

for (const kind of ['exception', 'rejection'] as const) {
  test(`an uncaught error (${kind}) stops all work, is logged and reported, and ends the app`, async ({
    folder,
    server,
  }) => {
    server.respond([stallMidStream(4), stallMidStream(4), stallMidStream(4), stallMidStream(4)]);
    const dataDir = join(folder, 'data');
    const app = await launch({ dataDir });
    await app.request('settings.save', settingsFor(server));
    const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
    await composer.fill('Tell me a long story');
    await composer.press('Enter');
    await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('The committee met');
    const batch = await app.request('batch.createSample', undefined);
    await server.waitForRequests(4);

    const said = join(folder, 'said.json');
    await answerDialog(app, said);
    const code = ended(app);
    await app.electron.evaluate((_electron, injected) => {
      setTimeout(() => {
        if (injected === 'exception') throw new Error('injected for this test');
        void Promise.reject(new Error('injected for this test'));
      });
    }, kind);
    expect(await code).toBe(1);
    const { message, detail } = JSON.parse(readFileSync(said, 'utf8'));
    expect(message).toBe('Docket had to close');
    expect(detail).toContain('A fault in Docket: injected for this test');
    expect(detail).toContain('Everything was written');
    expect(detail).toContain(join(dataDir, 'docket.log'));
    expect(readFileSync(join(dataDir, 'docket.log'), 'utf8')).toContain('Error: injected for this test');

    server.release();
    const again = await launch({ dataDir });
    await again.page.getByRole('option', { name: /Tell me a long story/ }).click();
    await expect(again.page.getByRole('article', { name: 'Reply' })).toContainText('The committee met');
    const { batch: stopped } = await again.request('batch.get', { batchId: batch.id });
    expect([stopped.status, stopped.counts.failed]).toEqual(['interrupted', 0]);
    const { rows } = await again.request('history.page', { limit: 100 });
    expect(rows.filter(({ status }) => status === 'in_doubt' || status === 'open')).toEqual([]);
    await again.quit();
  });
}
