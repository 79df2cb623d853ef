import { safeStorage } from 'electron';
import type { KeyCipher } from './settings/key-store.ts';

/** The calls that Electron 42 and later have; in older ones they are missing and the synchronous ones serve. */
interface AsyncSafeStorage {
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(data: Buffer): Promise<{ result: string }>;
}

/** The system's keychain as Electron reaches it. On Linux it may be `basic_text`: scrambled, not encrypted. */
export function systemCipher(): KeyCipher {
  const backend = backendName();
  const calls: AsyncSafeStorage = safeStorage;
  return {
    backend,
    strong: backend !== 'basic_text' && backend !== 'unknown' && backend !== 'none',
    available: safeStorage.isEncryptionAvailable(),
    encrypt: async (text) => (await calls.encryptStringAsync?.(text)) ?? safeStorage.encryptString(text),
    decrypt: async (data) => {
      const bytes = Buffer.from(data);
      const decrypted = await calls.decryptStringAsync?.(bytes);
      return decrypted?.result ?? safeStorage.decryptString(bytes);
    },
  };
}

function backendName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'keychain';
    case 'win32':
      return 'dpapi';
    default:
      return safeStorage.isEncryptionAvailable() ? safeStorage.getSelectedStorageBackend() : 'none';
  }
}
