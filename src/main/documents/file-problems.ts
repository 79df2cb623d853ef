import { extname } from 'node:path';
import { type Problem, problem } from '../../shared/problem.ts';

/** Sentences for what can be wrong with a file: the cause, then the way out. */

export function emptyFile(bytes: number): Problem {
  const what = bytes === 0 ? 'This file is empty (0 bytes).' : 'This file holds only white space.';
  return problem('file_empty', `${what} Check that it was saved or copied completely.`);
}

export function tooLargeFile(bytes: number, limitBytes: number): Problem {
  const [size, limit] = distinctSizes(bytes, limitBytes);
  return problem('file_too_large', `This file is ${size}; the limit is ${limit}. Split it into smaller files.`);
}

/** A packed document that would unpack to more than is allowed. `why` is a clause with the measured number. */
export function unpacksTooLarge(why: string): Problem {
  return problem(
    'file_too_large',
    `This document ${why}, as a zip bomb does, and was not opened. If you trust it, save it as PDF or plain text.`,
  );
}

export function vanishedFile(): Problem {
  return problem(
    'file_vanished',
    'This file was moved, renamed or deleted before it could be read. Add it again from where it is now.',
  );
}

export function notAFile(what: string): Problem {
  return problem('file_unsupported', `This is ${what}, not a document, and was not opened. Leave it out.`);
}

export function damagedFile(what: string, detail?: string): Problem {
  return problem('file_damaged', what, detail === undefined ? {} : { detail: detail.slice(0, 2_000) });
}

export function outOfMemory(limitMb: number): Problem {
  return problem(
    'extract_memory',
    `Reading this file needed more than ${limitMb} MB of memory and was stopped. Split it, or save it as plain text.`,
  );
}

/** The problem for an error from the file system, told by its code; `null` when the error is no such thing. */
export function problemOfFileError(error: unknown): Problem | null {
  const code = errorCode(error);
  switch (code) {
    case null:
      return null;
    case 'ENOENT':
    case 'ENOTDIR':
      return vanishedFile();
    case 'ELOOP':
      return loopingLink();
    case 'EISDIR':
      return notAFile('a folder');
    case 'EACCES':
    case 'EPERM':
      return unreadable('Docket may not read this. Give your user account read permission, then try again.', error);
    case 'ENAMETOOLONG':
      return unreadable(
        'The path of this is too long for the system. Move it to a folder higher up, and add that.',
        error,
      );
    case 'EBUSY':
      return unreadable('Another program has locked this. Close it there, then try again.', error);
    default:
      return unreadable(
        `The system could not read this (${code}). Check the drive or the network, then try again.`,
        error,
      );
  }
}

export function loopingLink(): Problem {
  return problem(
    'file_loop',
    'This link leads back to itself or to a folder that holds it, and was not followed. Add the real file or folder.',
  );
}

function unreadable(message: string, error: unknown): Problem {
  return problem('file_unreadable', message, { detail: String(error).slice(0, 2_000) });
}

function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** The extension in lower case with its dot, or '' where there is none. */
export function extensionOf(path: string): string {
  return extname(path).toLowerCase();
}

/** Bytes as people read them, in powers of 1000: `2.1 GB`, `50 MB`, `512 bytes`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${Number(value.toFixed(value < 100 ? 1 : 0))} ${units[power]}`;
}

/** Two sizes as text that can be told apart, also when they round to the same. */
function distinctSizes(first: number, second: number): [string, string] {
  const short: [string, string] = [formatBytes(first), formatBytes(second)];
  if (short[0] !== short[1]) return short;
  return [`${first.toLocaleString('en')} bytes`, `${second.toLocaleString('en')} bytes`];
}
