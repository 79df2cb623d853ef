import { describe, expect, test } from 'vitest';
import { readableNames } from '../../src/main/common/readable-names.mjs';

const { PATH = '' } = process.env;
const added = (env: Record<string, string>) => readableNames({ PATH, ...env }, 'linux');
const utf8 = { LC_ALL: 'C.UTF-8' };

describe.runIf(process.platform === 'linux')('the locale that Electron is started with', () => {
  test('is left alone where it reads every name', () => {
    expect(added({ LC_ALL: 'C.UTF-8' })).toEqual({});
    expect(added({ LANG: 'C.UTF-8' })).toEqual({});
  });

  test('is made UTF-8 where the system does not have it, and the language stays', () => {
    expect(added({ LC_ALL: 'zz_ZZ.UTF-8' })).toEqual({ ...utf8, LANGUAGE: 'zz_ZZ' });
    // One variable that is right does not help beside one that is wrong.
    expect(added({ LANG: 'zz_ZZ.UTF-8', LC_CTYPE: 'C.UTF-8' })).toEqual({ ...utf8, LANGUAGE: 'zz_ZZ' });
    expect(added({ LC_ALL: 'zz_ZZ.UTF-8', LANGUAGE: 'de:en' })).toEqual({ ...utf8, LANGUAGE: 'de:en' });
  });

  test('is made UTF-8 where there is none, or only ASCII', () => {
    for (const env of [{}, { LC_ALL: 'C' }, { LANG: 'POSIX' }, { LC_ALL: '', LANG: '' }]) {
      expect(added(env)).toEqual({ ...utf8, LANGUAGE: 'en' });
    }
  });

  test('is left alone on other systems, and where nothing can be found out', () => {
    expect(readableNames({ LC_ALL: 'zz_ZZ.UTF-8' }, 'darwin')).toEqual({});
    expect(readableNames({ PATH: '/nowhere', LC_ALL: 'zz_ZZ.UTF-8' }, 'linux')).toEqual({});
  });
});
