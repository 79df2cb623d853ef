import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Also one in which a test has taken rights from folders: whoever is not root could not empty them. */
export function removeFolder(path: string): void {
  if (process.platform !== 'win32') spawnSync('chmod', ['-R', 'u+rwX', path], { stdio: 'ignore' });
  rmSync(path, { recursive: true, force: true });
}
