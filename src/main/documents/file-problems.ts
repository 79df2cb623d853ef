import { extname } from 'node:path';
import { type Problem, type ProblemParameters, problem } from '../../shared/problem.ts';

const DETAIL_CHARACTERS = 2_000;

export function tooLargeFile(bytes: number, limitBytes: number): Problem {
  return problem('file_too_large', { what: 'file', bytes, limitBytes });
}

export function notAFile(special: 'folder' | 'pipe' | 'socket' | 'device'): Problem {
  return problem('file_unsupported', { what: 'special', special });
}

export function damagedFile(what: ProblemParameters['file_damaged'], detail?: string): Problem {
  return problem('file_damaged', what, detail === undefined ? {} : { detail: detail.slice(0, DETAIL_CHARACTERS) });
}

/** A document within so many others that it is not opened. */
export function tooDeep(limit: number): Problem {
  return problem('file_too_large', { what: 'nested', limit });
}

export function outOfMemory(limitMb: number): Problem {
  return problem('extract_memory', { limitBytes: limitMb * 1_000_000 });
}

/** The problem for a file system error, by its code; `null` if it is not one. */
export function problemOfFileError(error: unknown): Problem | null {
  const code = errorCode(error);
  switch (code) {
    case null:
      return null;
    case 'ENOENT':
    case 'ENOTDIR':
      return problem('file_vanished', { what: 'file' });
    case 'ELOOP':
      return problem('file_loop', {});
    case 'EISDIR':
      return notAFile('folder');
    case 'EACCES':
    case 'EPERM':
      return unreadable({ reason: 'permission' }, error);
    case 'ENAMETOOLONG':
      return unreadable({ reason: 'path_too_long' }, error);
    case 'EBUSY':
      return unreadable({ reason: 'locked' }, error);
    default:
      return unreadable({ reason: 'system', systemCode: code }, error);
  }
}

function unreadable(why: ProblemParameters['file_unreadable'], error: unknown): Problem {
  return problem('file_unreadable', why, { detail: String(error).slice(0, DETAIL_CHARACTERS) });
}

function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** The extension in lower case with its dot, or ''. */
export function extensionOf(path: string): string {
  return extname(path).toLowerCase();
}
