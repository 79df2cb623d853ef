import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Also removes folders whose permissions a test has taken away, which only root could otherwise empty. */
export function removeFolder(path: string): void {
  if (process.platform !== 'win32') spawnSync('chmod', ['-R', 'u+rwX', path], { stdio: 'ignore' });
  rmSync(path, { recursive: true, force: true });
}
