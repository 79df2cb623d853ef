/** Reads the rows of a table that is damaged in places: what cannot be read is jumped over, and counted. */
import type { Database, Statement } from 'better-sqlite3';

/** A row by its columns, and its own number. */
export type DamagedRow = Readonly<Record<string, unknown>> & { readonly salvaged_rowid: number };

/** How many rows were jumped over, as their numbers tell; and whether a table ended in what cannot be read. */
export interface Unread {
  rows: number;
  isEndUnknown: boolean;
}

/** No table of years of use has more rows. */
const LAST_ROWID = 2 ** 40;

/** The readable rows, in rising order of their numbers. What is not readable is added to `unread`. */
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
        // A damaged page may lead back to what was read.
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

/** The rows of a table that has no numbers, up to the first that cannot be read. */
export function* readUntilDamage(db: Database, table: string, unread: Unread): Generator<DamagedRow> {
  try {
    yield* db.prepare<[], DamagedRow>(`SELECT 0 AS salvaged_rowid, * FROM ${table}`).iterate();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    unread.isEndUnknown = true;
  }
}

/** The first row number behind what cannot be read; null when nothing behind it can. */
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

/** Null when SQLite cannot. */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
