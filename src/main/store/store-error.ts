import type { StoreFailureCause } from '../../shared/problem.ts';

/** A failure of the store itself (a full disk, a lock, a bug): never an empty result. */
export class StoreError extends Error {
  /** SQLite's result code, or Docket's own for what SQLite does not detect. */
  readonly code: string | null;
  readonly reason: StoreFailureCause;
  constructor(message: string, code: string | null) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
    this.reason = reasonOf(code ?? '');
  }
}

/** The path no longer leads to the open file. SQLite alone would keep writing to the orphaned one. */
export const GONE = 'DOCKET_GONE';

/** A stored text is missing or does not match its hash; the rest of the store may be intact. */
export const DAMAGED_TEXT = 'DOCKET_DAMAGED_TEXT';

/** By prefix of SQLite's result codes (sqlite.org/rescode.html). Longer prefixes come before shorter ones. */
const REASONS: readonly (readonly [code: string, reason: StoreFailureCause])[] = [
  ['SQLITE_FULL', 'disk_full'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_READONLY_DBMOVED', 'gone'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_IOERR_CORRUPTFS', 'damaged'],
  ['SQLITE_IOERR', 'disk_failed'],
  [GONE, 'gone'],
  [DAMAGED_TEXT, 'damaged'],
];

function reasonOf(code: string): StoreFailureCause {
  return REASONS.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'other';
}
