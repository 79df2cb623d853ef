/** Files of Debian packages, fetched on first use and kept outside the project: documents and fonts nobody here wrote. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../scripts/setup/paths.mjs';

/** The folder that a package unpacks to. Its scripts are not run and nothing is installed. */
export function unpackedPackage(name: string): string {
  const folder = join(cacheFolder(), 'debian');
  const target = join(folder, name);
  if (existsSync(target)) return target;
  const fetched = join(folder, 'fetched');
  mkdirSync(fetched, { recursive: true });
  // apt gives up root for a user who may write nowhere else.
  chmodSync(fetched, 0o777);
  run('apt-get', ['download', '-o', 'APT::Sandbox::User=root', name], fetched);
  const archive = readdirSync(fetched).find((file) => file.startsWith(`${name}_`));
  if (archive === undefined) throw new Error(`Debian has no package ${name}; run apt-get update.`);
  const partial = `${target}.partial`;
  run('dpkg-deb', ['-x', archive, partial], fetched);
  renameSync(partial, target);
  return target;
}

/** The paths of a package's files whose names end so, in order. */
export function packageFiles(name: string, ending: RegExp): readonly string[] {
  const folder = unpackedPackage(name);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
