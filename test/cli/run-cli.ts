/** Runs the command line in a separate process, from source. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../support/workspace.ts';

const program = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

export interface CliOptions {
  /** Variables in addition to the few that a process needs. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A file or device to write results to, in place of a pipe. */
  readonly out?: string;
  /** The folder it is started in is removed before it runs. */
  readonly removesCwd?: boolean;
  /** False: the pipe at its stdout is closed at once. */
  readonly readsResults?: boolean;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult>;
}

/** Starts a command in a process group of its own, as a terminal does. */
export async function startCli(
  args: readonly string[],
  { env = {}, cwd, readsResults, out, removesCwd = false }: CliOptions = {},
): Promise<RunningCli> {
  const command = [process.execPath, program, ...args];
  const [file = '', ...rest] = removesCwd
    ? ['/bin/sh', '-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', 'sh', ...command]
    : command;
  const results = out === undefined ? null : openSync(out, 'w');
  const child = spawn(file, rest, {
    cwd: cwd ?? (await tempFolder()),
    env: {
      PATH: process.env.PATH,
      HOME: await tempFolder(),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...env,
    },
    stdio: ['ignore', results ?? 'pipe', 'pipe'],
    detached: true,
  });
  if (results !== null) closeSync(results);
  onTestFinished(() => void child.kill('SIGKILL'));
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => stdout.push(piece));
  child.stderr?.on('data', (piece: Buffer) => stderr.push(piece));
  if (readsResults === false) child.stdout?.destroy();
  const result = once(child, 'close').then(
    ([code]: (number | null)[]): CliResult => ({
      code: code ?? null,
      stdout: Buffer.concat(stdout).toString('utf8'),
      stderr: Buffer.concat(stderr).toString('utf8'),
    }),
  );
  return { child, result };
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return (await startCli(args, options)).result;
}

/** Ctrl+C: the whole group gets the signal. */
export function pressCtrlC({ child }: RunningCli): void {
  if (child.pid === undefined) throw new Error('The command did not start.');
  process.kill(-child.pid, 'SIGINT');
}
