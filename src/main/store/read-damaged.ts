/** Reads a table that is damaged in places: skips unreadable rows and counts them. */
import type { Database, Statement } from 'better-sqlite3';

/** A row by its columns, with its rowid. */
export type DamagedRow = Readonly<Record<string, unknown>> & { readonly salvaged_rowid: number };

/** How many rows were skipped, judging by their rowids, and whether the end of a table was unreadable. */
export interface Unread {
  rows: number;
  isEndUnknown: boolean;
}

/** More rows than any table will ever have. */
const LAST_ROWID = 2 ** 40;

/** The readable rows in ascending order of rowid. Unreadable ones are added to `unread`. */
export function* readDamaged(db: Database, table: string, unread: Unread): Generator<DamagedRow> {
  const select = attempt(() =>
    db.prepare<[number], DamagedRow>(
      `SELECT rowid AS salvaged_rowid, * FROM ${table} NOT INDEXED WHERE rowid >= ? ORDER BY rowid`,
    ),
  );
  if (select === null) {
    unread.isEndUnknown = true;
    return;
  }
  let from = 1;
  for (;;) {
    let next = from;
    try {
      for (const row of select.iterate(from)) {
        // A damaged page may lead back to rows already read.
        if (row.salvaged_rowid < next) break;
        yield row;
        next = row.salvaged_rowid + 1;
      }
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
    const readable = nextReadable(select, next);
    if (readable === null) {
      unread.isEndUnknown = true;
      return;
    }
    unread.rows += readable - next;
    from = readable;
  }
}

/** The rows of a table without rowids, up to the first unreadable one. */
export function* readUntilDamage(db: Database, table: string, unread: Unread): Generator<DamagedRow> {
  try {
    yield* db.prepare<[], DamagedRow>(`SELECT 0 AS salvaged_rowid, * FROM ${table}`).iterate();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    unread.isEndUnknown = true;
  }
}

/** The first readable rowid after an unreadable one; null if none is readable. */
function nextReadable(select: Statement<[number], DamagedRow>, damaged: number): number | null {
  const canRead = (rowid: number) => attempt(() => ({ row: select.get(rowid) }))?.row !== undefined;
  let step = 1;
  while (!canRead(damaged + step)) {
    step *= 2;
    if (damaged + step > LAST_ROWID) return null;
  }
  let [bad, good] = [damaged + Math.floor(step / 2), damaged + step];
  while (good - bad > 1) {
    const middle = Math.floor((bad + good) / 2);
    if (canRead(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** Null if SQLite reports an error. */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
