/** A copy of the project in a folder with another name, mode or owner, as someone else might have cloned it. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { cacheFolder } from '../../scripts/setup/paths.mjs';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The user that owns nothing, present on every Linux. */
const NOBODY = 65_534;

export interface Clone {
  /** Of the project's copy. */
  readonly folder: string;
  /** Runs npm in it as its owner would at a terminal. Never rejects. */
  npm(
    args: readonly string[],
  ): Promise<{ readonly code: number | null; readonly output: string; readonly stdout: string }>;
}

export interface CloneOptions {
  readonly name: string;
  /** Of the folder around it. */
  readonly mode: number;
  /** Somebody without rights; only root can make such a copy. */
  readonly ofNobody?: boolean;
}

/** Dependencies and the Electron runtime are linked, not fetched, because the project's own commands are under test. */
export function cloneProject({ name, mode, ofNobody = false }: CloneOptions): Clone {
  const around = realpathSync(mkdtempSync(join(tmpdir(), 'docket-clone-')));
  onTestFinished(() => rmSync(around, { recursive: true, force: true }));
  const folder = join(around, name);
  copyFiles(folder);
  link(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  rmSync(join(folder, 'node_modules', '.cache'), { recursive: true, force: true });
  // These say where the runtime is, and are written anew for each place: a link would write into the original.
  for (const file of ['dist', 'path.txt', '.docket-runtime']) {
    rmSync(join(folder, 'node_modules', 'electron', file), { recursive: true, force: true });
  }
  const cache = join(around, 'cache');
  link(cacheFolder(), cache);
  const home = join(around, 'home');
  mkdirSync(home);
  if (ofNobody) execFileSync('find', [around, '-type', 'd', '-exec', 'chown', `${NOBODY}:${NOBODY}`, '{}', '+']);
  if (ofNobody) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, join(folder, 'out'), join(folder, 'src')]);
  chmodSync(around, mode);
  return {
    folder,
    npm: (args) => run(ofNobody, folder, args, { ...ownEnvironment(), HOME: home, DOCKET_CACHE: cache }),
  };
}

/** Files known to git, and the bundles built from them. */
function copyFiles(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  for (const file of listed.split('\0').filter((path) => path !== '')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(folder, file));
  }
  cpSync(join(projectRoot, 'out'), join(folder, 'out'), { recursive: true });
}

/** Links keep the owner of Chromium's sandbox helper; they do not reach another file system. */
function link(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execFileSync('sh', ['-c', 'cp -al "$1/." "$2" 2>/dev/null || cp -a "$1/." "$2"', 'sh', from, to]);
}

/** The environment without variables set by npm and the tests. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(?:npm_|ELECTRON_|DISPLAY$|XAUTHORITY$|WAYLAND_DISPLAY$|VITEST|NODE_ENV$|PLAYWRIGHT|INIT_CWD$|CI$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !foreign.test(key)));
}

function run(ofNobody: boolean, cwd: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const [command = '', ...rest] = [...(ofNobody ? asNobody : []), 'npm', ...args];
  return new Promise<{ code: number | null; output: string; stdout: string }>((resolve) => {
    const child = spawn(command, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { output: '', stdout: '' };
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk;
      said.output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.output += chunk;
    });
    child.on('error', (error) => resolve({ code: null, ...said, output: error.message }));
    child.on('close', (code) => resolve({ code, ...said }));
  });
}
