/** Each contender runs in a fresh process, so that none is warmed up or slowed down by another. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a file in this folder to completion and returns its report. */
export function runChild<Report>(file: string, task: unknown): Promise<Report> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(task)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let report: { readonly value: Report } | null = null;
    child.on('message', (value: Report) => {
      report = { value };
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (report !== null && code === 0) resolve(report.value);
      else reject(new Error(`${file} ended with ${signal ?? `code ${code}`} for ${JSON.stringify(task)}`));
    });
  });
}

/** In the child: the task it was started for. */
export function readTask<Task>(): Task {
  return JSON.parse(process.argv[2] ?? '');
}

/** In the child: sends the report to the parent. */
export function sendReport(report: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(report, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** Collects the warm-up's garbage, so that this does not happen during the measurement. */
export function collectGarbage(): void {
  globalThis.gc?.();
}
