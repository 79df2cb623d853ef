/** The command line as a process of its own, started from its source. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../support/workspace.ts';

const program = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

export interface CliOptions {
  /** Variables beside the few that a process needs. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
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
export async function startCli(args: readonly string[], { env = {}, cwd }: CliOptions = {}): Promise<RunningCli> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: cwd ?? (await tempFolder()),
    env: { PATH: process.env.PATH, HOME: await tempFolder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  const collect = async (): Promise<CliResult> => {
    const [stdout, stderr] = await outputs;
    const [code] = await ended;
    return { code, stdout, stderr };
  };
  return { child, result: collect() };
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return (await startCli(args, options)).result;
}

/** Ctrl+C: the whole group gets the signal. */
export function pressCtrlC({ child }: RunningCli): void {
  if (child.pid === undefined) throw new Error('The command did not start.');
  process.kill(-child.pid, 'SIGINT');
}
