import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KeyState } from '../../shared/settings-data.ts';

/** Encrypts the key at rest, with the system's keychain where there is one. */
export interface KeyCipher {
  /** The system's name for it, shown to the user: `gnome_libsecret`, `keychain`, `basic_text`, `none`. */
  readonly backend: string;
  /** False if anyone with the file could read the key (Electron's `basic_text`). */
  readonly strong: boolean;
  readonly available: boolean;
  encrypt(text: string): Promise<Uint8Array>;
  /** Rejects if the file was written by another user, machine or backend. */
  decrypt(data: Uint8Array): Promise<string>;
}

/** Keys are bound to the origin they were entered for: another server never receives them. */
export interface KeyStore {
  keyFor(origin: string): string | null;
  stateFor(origin: string | null): KeyState;
  /** With a weak backend, keeps the key only for the session unless `allowWeak`. */
  set(origin: string, key: string, allowWeak: boolean): Promise<void>;
  clear(): Promise<void>;
}

const keyFileSchema = z.object({ origin: z.string(), backend: z.string(), data: z.base64() });

interface HeldKey {
  readonly origin: string;
  readonly key: string;
  readonly storage: 'environment' | 'session' | 'encrypted' | 'weak';
}

export interface KeyStoreParts {
  readonly file: string;
  readonly cipher: KeyCipher;
  /** The key from the environment, and the origin it is for. */
  readonly environment: { readonly origin: string; readonly key: string } | null;
}

export async function createKeyStore({ file, cipher, environment }: KeyStoreParts): Promise<KeyStore> {
  const fromEnvironment: HeldKey | null = environment === null ? null : { ...environment, storage: 'environment' };
  let held: HeldKey | null = await readKeyFile(file, cipher);

  const find = (origin: string | null): HeldKey | null =>
    [held, fromEnvironment].find((key) => key !== null && key.origin === origin) ?? null;

  return {
    keyFor: (origin) => find(origin)?.key ?? null,
    stateFor: (origin) => {
      const key = find(origin);
      return {
        storage: key?.storage ?? 'none',
        hint: key === null ? null : hintOf(key.key),
        backend: cipher.backend,
        backendIsStrong: cipher.available && cipher.strong,
      };
    },
    set: async (origin, key, allowWeak) => {
      const keep = cipher.available && (cipher.strong || allowWeak);
      if (keep) await writeKeyFile(file, { origin, backend: cipher.backend, data: await cipher.encrypt(key) });
      else await rm(file, { force: true });
      held = { origin, key, storage: keep ? (cipher.strong ? 'encrypted' : 'weak') : 'session' };
    },
    clear: async () => {
      held = null;
      await rm(file, { force: true });
    },
  };
}

/** Four characters are enough to tell keys apart; a short key shows none. */
function hintOf(key: string): string {
  return key.length >= 12 ? key.slice(-4) : '';
}

async function readKeyFile(file: string, cipher: KeyCipher): Promise<HeldKey | null> {
  try {
    const parsed = keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const key = await cipher.decrypt(Buffer.from(parsed.data, 'base64'));
    return { origin: parsed.origin, key, storage: cipher.strong ? 'encrypted' : 'weak' };
  } catch {
    // No file, or one that this system cannot decrypt: there is no key, and Settings says so.
    return null;
  }
}

async function writeKeyFile(
  file: string,
  content: { origin: string; backend: string; data: Uint8Array },
): Promise<void> {
  const text = JSON.stringify({ ...content, data: Buffer.from(content.data).toString('base64') });
  // The mode only applies to a newly created file.
  await rm(`${file}.new`, { force: true });
  // Flushed before the rename: a power cut leaves the old key or the new one, never an empty file.
  await writeFile(`${file}.new`, text, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

/** For the command line, which cannot encrypt: keys only come from the environment. */
export const noCipher: KeyCipher = {
  backend: 'none',
  strong: false,
  available: false,
  encrypt: () => Promise.reject(new Error('No encryption here.')),
  decrypt: () => Promise.reject(new Error('No encryption here.')),
};
