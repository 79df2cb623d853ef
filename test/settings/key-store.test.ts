import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyStore, type KeyCipher, noCipher } from '../../src/main/settings/key-store.ts';

const KEY = 'sk-0123456789abcdef';
const ORIGIN = 'https://api.openai.com';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-key-'));
  file = join(folder, 'key.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Reverses the bytes: enough to see whether the file contains the cipher's output. */
const reversing: KeyCipher = {
  backend: 'gnome_libsecret',
  strong: true,
  available: true,
  encrypt: async (text) => Buffer.from(text).reverse(),
  decrypt: async (data) => Buffer.from(data).reverse().toString(),
};
const weak: KeyCipher = { ...reversing, backend: 'basic_text', strong: false };

const open = (cipher: KeyCipher, environment: { origin: string; key: string } | null = null) =>
  createKeyStore({ file, cipher, environment });

describe('an entered key', () => {
  it('is stored encrypted, readable only by its owner, and found again', async () => {
    const keys = await open(reversing);
    await keys.set(ORIGIN, KEY, false);
    const written = readFileSync(file, 'utf8');
    expect(written).not.toContain(KEY);
    expect(JSON.parse(written)).toEqual({
      origin: ORIGIN,
      backend: 'gnome_libsecret',
      data: Buffer.from(KEY).reverse().toString('base64'),
    });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['key.json']);
    const again = await open(reversing);
    expect(again.keyFor(ORIGIN)).toBe(KEY);
    expect(again.stateFor(ORIGIN)).toEqual({
      storage: 'encrypted',
      hint: 'cdef',
      backend: 'gnome_libsecret',
      backendIsStrong: true,
    });
  });

  it('is not readable by others even if a file left by a crash was', async () => {
    writeFileSync(`${file}.new`, 'left over', { mode: 0o644 });
    await (await open(reversing)).set(ORIGIN, KEY, false);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await open(reversing)).keyFor(ORIGIN)).toBe(KEY);
  });

  it.each([
    'https://api.openai.com:8443',
    'http://api.openai.com',
    'https://api.openai.com.evil.example',
    'https://evil.example',
  ])('is not given to %s', async (origin) => {
    const keys = await open(reversing);
    await keys.set(ORIGIN, KEY, false);
    expect(keys.keyFor(origin)).toBeNull();
    expect(keys.stateFor(origin)).toMatchObject({ storage: 'none', hint: null });
    expect(keys.stateFor(null).storage).toBe('none');
  });

  it('is deleted when cleared', async () => {
    const keys = await open(reversing);
    await keys.set(ORIGIN, KEY, false);
    await keys.clear();
    expect(keys.keyFor(ORIGIN)).toBeNull();
    expect(existsSync(file)).toBe(false);
    await keys.clear();
  });

  it('shows no hint if it is short', async () => {
    const keys = await open(reversing);
    await keys.set(ORIGIN, 'secret', false);
    expect(keys.stateFor(ORIGIN).hint).toBe('');
  });

  it('that cannot be encrypted is not stored, and the previous one stays', async () => {
    const keys = await open(reversing);
    await keys.set(ORIGIN, KEY, false);
    const broken = await open({ ...reversing, encrypt: () => Promise.reject(new Error('The keychain is locked.')) });
    await expect(broken.set(ORIGIN, 'sk-another-long-key', false)).rejects.toThrow('locked');
    expect(broken.keyFor(ORIGIN)).toBe(KEY);
  });
});

describe('with a backend that only obfuscates', () => {
  it('a key is kept for the session only', async () => {
    const keys = await open(weak);
    await keys.set(ORIGIN, KEY, false);
    expect(keys.stateFor(ORIGIN)).toMatchObject({ storage: 'session', backend: 'basic_text', backendIsStrong: false });
    expect(keys.keyFor(ORIGIN)).toBe(KEY);
    expect(readdirSync(folder)).toEqual([]);
    expect((await open(weak)).keyFor(ORIGIN)).toBeNull();
  });

  it('a key is stored on disk if the user insists, and removed when they no longer do', async () => {
    const keys = await open(weak);
    await keys.set(ORIGIN, KEY, true);
    expect(keys.stateFor(ORIGIN).storage).toBe('weak');
    expect((await open(weak)).stateFor(ORIGIN).storage).toBe('weak');
    await keys.set(ORIGIN, KEY, false);
    expect(existsSync(file)).toBe(false);
  });

  it('or with no backend, a key stays in memory', async () => {
    const keys = await open(noCipher);
    await keys.set(ORIGIN, KEY, true);
    expect(keys.stateFor(ORIGIN).storage).toBe('session');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a key file', () => {
  it.each([
    ['of another machine', JSON.stringify({ origin: ORIGIN, backend: 'keychain', data: 'AAAA' })],
    ['that is garbage', '{"origin":'],
    ['of another shape', '{"key":"sk-1"}'],
    ['that is empty', ''],
  ])('%s means that there is no key', async (_name, content) => {
    writeFileSync(file, content);
    const cipher = { ...reversing, decrypt: () => Promise.reject(new Error('wrong key')) };
    expect((await open(cipher)).stateFor(ORIGIN).storage).toBe('none');
  });
});

describe('a key from the environment', () => {
  const environment = { origin: ORIGIN, key: 'sk-from-the-environment' };

  it('is used if none was entered, and never written to disk', async () => {
    const keys = await open(reversing, environment);
    expect(keys.keyFor(ORIGIN)).toBe(environment.key);
    expect(keys.stateFor(ORIGIN).storage).toBe('environment');
    expect(keys.keyFor('https://evil.example')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('comes back when the entered one is cleared', async () => {
    const keys = await open(reversing, environment);
    await keys.set(ORIGIN, KEY, false);
    expect(keys.keyFor(ORIGIN)).toBe(KEY);
    await keys.clear();
    expect(keys.keyFor(ORIGIN)).toBe(environment.key);
  });
});
