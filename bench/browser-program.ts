/** Pages as Chromium shows them: the text that is seen once their scripts have run, without a network. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, electronPath, switches } from './electron-program.ts';
import type { PeerTexts } from './peer-programs.ts';

const program = fileURLToPath(new URL('./reading-electron', import.meta.url));
/** For all of them; a page that takes longer than ten seconds is given up by the program itself. */
const MOST_MS = 300_000;

/**
 * One start for all the files.
 *
 * @param folder a new one, for its profile and what it writes.
 */
export function readByBrowser(files: readonly string[], folder: string): Promise<PeerTexts> {
  mkdirSync(folder, { recursive: true });
  const pages = files.map((path, at) => {
    const page = join(folder, `${at}.${basename(path).replace(/^.*\./, '')}`);
    symlinkSync(path, page);
    return [page, join(folder, `${at}.txt`)] as const;
  });
  const list = join(folder, 'pages.json');
  writeFileSync(list, JSON.stringify(pages));
  const startedAt = performance.now();
  const args = [...switches, `--user-data-dir=${join(folder, 'profile')}`, program, list];
  return new Promise((resolve) => {
    execFile(electronPath, args, { env: cleanEnvironment(), timeout: MOST_MS }, () => {
      const ms = (performance.now() - startedAt) / files.length;
      resolve(
        pages.map(([, text]) => (existsSync(text) ? { text: readFileSync(text, 'utf8'), ms, peakMb: null } : null)),
      );
    });
  });
}
