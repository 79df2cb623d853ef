/** Runs other programs, npm in particular. */

import { spawn, spawnSync } from 'node:child_process';
import { basename } from 'node:path';

/**
 * @typedef {{ command: string, args: string[], shell?: boolean }} Program
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} RunOptions
 */

/** @type {NodeJS.Signals[]} */
const ALL_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to completion and collects its output, which set-up shows only if the program fails.
 *
 * @param {Program} program
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>}
 */
export function runQuietly({ command, args, shell = false }, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, stdout, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}

/**
 * Runs a program in this terminal and returns its exit code. The program handles signals itself, and this waits for it.
 *
 * A Ctrl+C in a terminal reaches the child directly, because it shares our process group: passing it on as well would
 * look like a second, impatient one. Without a terminal it was sent to us alone.
 *
 * @param {Program} program
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runInTerminal(program, options = {}) {
  const hasTerminal = process.stdin.isTTY || process.stderr.isTTY;
  return runWithSignals(program, { ...options, stdio: 'inherit' }, hasTerminal ? ['SIGTERM', 'SIGHUP'] : ALL_SIGNALS);
}

/**
 * Runs a program with a window, in a process group of its own, so that each signal reaches it exactly once, through
 * this process, however many of its parents were signalled: Chromium quits immediately on a second one.
 *
 * @param {Program} program
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runWindow(program, options = {}) {
  const isWindows = process.platform === 'win32'; // there, the console itself signals all its programs
  const spawnOptions = /** @type {const} */ ({ ...options, stdio: 'inherit', detached: !isWindows });
  return runWithSignals(program, spawnOptions, isWindows ? [] : ALL_SIGNALS);
}

/**
 * @param {Program} program
 * @param {import('node:child_process').SpawnOptions} options
 * @param {NodeJS.Signals[]} passedOn
 * @returns {Promise<number>}
 */
function runWithSignals({ command, args, shell = false }, options, passedOn) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, shell });
    const stopListening = listenForSignals((signal) => passedOn.includes(signal) && child.kill(signal));
    child.on('error', (error) => {
      stopListening();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stopListening();
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * Keeps this process alive through signals. npm repeats signals that the terminal has already sent: copies within a
 * second count as one.
 *
 * @param {(signal: NodeJS.Signals) => void} onSignal
 */
function listenForSignals(onSignal) {
  let lastAt = 0;
  const listener = (/** @type {NodeJS.Signals} */ signal) => {
    const isCopy = Date.now() - lastAt < 1000;
    lastAt = Date.now();
    if (!isCopy) onSignal(signal);
  };
  for (const signal of ALL_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of ALL_SIGNALS) process.off(signal, listener);
  };
}

/**
 * npm runs scripts through a shell that may die of a signal without passing it on, which would leave this process
 * orphaned. In that case, exit as if the signal had been sent here.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}

/**
 * The code a shell would report.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  if (code !== null) return code;
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
  return 128 + (numbers[/** @type {keyof typeof numbers} */ (signal)] ?? 0);
}

/**
 * The npm that started this process, on the Node it runs on: not the pinned Node inside node_modules, which `npm ci`
 * deletes while it runs.
 *
 * @param {string[]} args
 * @returns {Program}
 */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js') {
    return { command: process.env.npm_node_execpath ?? process.execPath, args: [cli, ...args] };
  }
  return { command: 'npm', args, shell: process.platform === 'win32' };
}

/** @param {string} command */
export function isInstalled(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/**
 * The end of a failed program's output, for the sentence that reports it.
 *
 * @param {string} output
 */
export function lastLines(output, count = 8) {
  return output.trim().split('\n').slice(-count).join('\n');
}

/**
 * npm names the cause first and then explains its own options at length.
 *
 * @param {string} output
 */
export function npmErrors(output, count = 8) {
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!) \S/.test(line));
  return lines.length > 0 ? lines.slice(0, count).join('\n') : lastLines(output, count);
}
