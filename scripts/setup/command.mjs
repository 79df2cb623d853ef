/** Wraps every command: problems become sentences, never stack traces. */

import { SetupProblem, say } from './report.mjs';

/**
 * @param {() => Promise<number | void>} body returns the exit code, or nothing on success
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runCommand(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    say(sentenceFor(error));
    process.exitCode = 1;
  }
  return process.exitCode === 0;
}

/** @param {unknown} error */
export function sentenceFor(error) {
  if (error instanceof SetupProblem) return error.message;
  if (!(error instanceof Error)) return `Something unexpected happened: ${String(error)}`;
  if (process.env.DOCKET_DEBUG) return error.stack ?? error.message;
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC') return 'The disk is full. Set-up needs about 2 GB while it runs and 500 MB afterwards.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `${path ?? 'A file'} cannot be written. Run the command as its owner, or set DOCKET_CACHE to a folder of your own.`;
  }
  return `Something unexpected happened: ${error.message} (run it again with DOCKET_DEBUG=1 to see where).`;
}
