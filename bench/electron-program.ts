/** The Electron runtime that the set-up chose, and what it has to be told on this machine. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Follows ELECTRON_OVERRIDE_DIST_PATH. */
export const electronPath: string = createRequire(import.meta.url)('electron');

export const appFolder = fileURLToPath(new URL('../', import.meta.url));

/** Chromium refuses to sandbox root; nobody else is started without the sandbox. */
export const switches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The environment without what would change what the app does. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(OPENAI_|ELECTRON_RUN_AS_NODE)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...extra };
}
