import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder, whyNoFolder } from '../../src/main/common/make-folder.ts';
import { asOrdinaryUser, tempFolder } from '../documents/temp-folder.ts';

it('a folder that may not be opened is told from one that is not there', async () => {
  const { path } = tempFolder();
  chmodSync(path, 0o755);
  mkdirSync(join(path, 'locked'));
  chmodSync(join(path, 'locked'), 0o000);

  await asOrdinaryUser(async () => {
    expect(whyNoFolder(join(path, 'none'))).toBeNull();
    expect(whyNoFolder(path)).toBeNull();
    expect(whyNoFolder(join(path, 'locked'))).toBe(`you have no permission to open ${join(path, 'locked')}`);
    expect(() => makeFolder(join(path, 'locked', 'data'))).toThrow('you have no permission to open');
  });
});
