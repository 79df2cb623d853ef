/** The Electron runtime chosen by set-up, and the switches it needs on this machine. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Follows ELECTRON_OVERRIDE_DIST_PATH. */
export const electronPath: string = createRequire(import.meta.url)('electron');

export const appFolder = fileURLToPath(new URL('../', import.meta.url));

/** Chromium refuses to run sandboxed as root; for any other user the sandbox is on. */
export const switches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The environment without variables that would change the app's behaviour. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(OPENAI_|ELECTRON_RUN_AS_NODE)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...extra };
}
