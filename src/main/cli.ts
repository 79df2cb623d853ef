/** Docket without a window: the same engine and store, for a terminal or a script. Must not import electron. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type CliCommand, parseCommand } from './cli/arguments.ts';
import { runBatch } from './cli/batch-command.ts';
import { type CliContext, EXIT_INTERRUPTED } from './cli/context.ts';
import { endOnFault } from './cli/fault.ts';
import { helpTexts } from './cli/help.ts';
import { runHistory } from './cli/history-command.ts';
import { progressOn } from './cli/output.ts';
import { programFiles, programVersion } from './cli/program-files.ts';
import { runRecipes } from './cli/recipes-command.ts';
import { forkWithNode } from './common/fork-node.ts';
import { FolderInUseError } from './store/store.ts';

const progress = progressOn(process.stderr);
const faults = endOnFault((line) => process.stderr.write(line));

async function main(): Promise<number> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.name) {
    case 'help':
      process.stdout.write(helpTexts[command.about]);
      return 0;
    case 'wrong':
      progress.write(`${command.message}\nTry --help.\n`);
      return 2;
    case 'batch':
      expectFolder();
      return runBatch(command, context(command));
    case 'recipes':
      expectFolder();
      return runRecipes(command, context(command));
    case 'history':
      expectFolder();
      return runHistory(command, context(command));
  }
}

/** Without a current folder, no thread starts, and what fails then tells nobody why. */
function expectFolder(): void {
  try {
    process.cwd();
  } catch {
    throw new Error('The current folder was removed or cannot be opened. Change to another one and try again.');
  }
}

function context(command: Extract<CliCommand, { dataDir: string | null }>): CliContext {
  const files = programFiles(import.meta.url);
  return {
    dataDir: command.dataDir ?? defaultDataDir(),
    version: programVersion(import.meta.url),
    environment: process.env,
    storeWorker: files.store,
    workers: files,
    forkBuiltin: () => forkWithNode(fileURLToPath(files.builtin)),
    forkRecognition: () => forkWithNode(fileURLToPath(files.recognition)),
    forkPages: () => forkWithNode(fileURLToPath(files.pages)),
    out: process.stdout,
    progress,
    onInterrupt,
    onFault: faults.onFault,
    hasFault: () => faults.ending,
  };
}

/** Ctrl+C, a request to terminate, or a closed terminal. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Signals within this time count as one: a double press, or one signal delivered twice. A later one exits at once. */
const SAME_REQUEST_MS = 1_000;

function onInterrupt(listener: () => void): () => void {
  let firstAt: number | null = null;
  const onSignal = () => {
    if (firstAt === null) {
      firstAt = performance.now();
      listener();
    } else if (performance.now() - firstAt > SAME_REQUEST_MS) {
      process.exit(EXIT_INTERRUPTED);
    }
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of ENDING_SIGNALS) process.off(signal, onSignal);
  };
}

/** The app's data folder, matching Electron's `userData`: an empty variable counts as unset. */
function defaultDataDir(): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Docket');
    case 'win32':
      return join(process.env.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Docket');
    default:
      return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'Docket');
  }
}

// The pipe's reader is gone. Whoever writes results gets the error there; lost progress is no reason to exit.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Of what was closed under the command.
    if (faults.ending) return;
    const message = error instanceof Error ? error.message : String(error);
    progress.write(`${message}\n`);
    process.exitCode = error instanceof FolderInUseError ? 3 : 1;
  },
);
