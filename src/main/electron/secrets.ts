import { safeStorage } from 'electron';
import type { KeyCipher } from '../settings/key-store.ts';

/** Calls available from Electron 42 on; older versions fall back to the synchronous ones. */
interface AsyncSafeStorage {
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(data: Buffer): Promise<{ result: string }>;
}

/** The system's keychain, through Electron. On Linux the backend may be `basic_text`: obfuscated, not encrypted. */
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
