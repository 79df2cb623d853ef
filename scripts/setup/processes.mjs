/** Running other programs, and npm in particular. */

import { spawn, spawnSync } from 'node:child_process';
import { basename } from 'node:path';

/**
 * @typedef {{ command: string, args: string[], shell?: boolean }} Program
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} RunOptions
 */

/**
 * Runs a program to its end and collects what it prints; set-up shows that only when the program fails.
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
 * Runs a program in this terminal and returns its exit code. A Ctrl+C reaches it directly, because it shares our
 * process group; we only wait for it to end in its own way. A signal sent to us alone is passed on.
 *
 * @param {Program} program
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runInTerminal({ command, args, shell = false }, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, shell, stdio: 'inherit' });
    const stopForwarding = forwardSignals(child);
    child.on('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stopForwarding();
      resolve(exitCode(code, signal));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  const waitForChild = () => {};
  const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', waitForChild);
  process.on('SIGTERM', passOn);
  process.on('SIGHUP', passOn);
  return () => {
    process.off('SIGINT', waitForChild);
    process.off('SIGTERM', passOn);
    process.off('SIGHUP', passOn);
  };
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
 * The npm that started us, on the Node it runs on: not the pinned Node inside node_modules, which `npm ci` deletes
 * while it works.
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
