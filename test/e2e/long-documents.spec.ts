import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, settingsFor, test } from './app.ts';

test('a document longer than the model reads at once is read in parts, and says so beside its answers', async ({
  folder,
  server,
}) => {
  const documents = join(folder, 'Documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'long.txt'), 'Great growth. '.repeat(300));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server, { contextTokens: 512 }));
  await app.drop([documents]);
  await app.page
    .getByRole('row')
    .filter({ hasText: /long\.txt.*Done/ })
    .click();
  await expect(app.page.getByText('Read: all 4,200 characters, 3 parts, nothing cut.')).toHaveCount(3);
  await app.quit();
});
