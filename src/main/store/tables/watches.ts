/** Batches that watch their folders, and what they did. */
import type { Database } from 'better-sqlite3';
import type { Problem } from '../../../shared/problem.ts';
import type { BatchWatch, LoggedEntry, WatchEntry, WatchLimits, WatchUse } from '../../../shared/watch-data.ts';
import { prepared } from '../prepared.ts';
import { readProblem, storedProblem } from '../stored-problem.ts';

/** Older entries are forgotten. */
const KEPT_ENTRIES = 500;

interface WatchRow {
  readonly since: number;
  readonly files_per_day: number | null;
  readonly tokens_per_day: number | null;
  readonly by_watch: number;
  readonly used_on: number;
  readonly used_files: number;
  readonly used_tokens: number;
  readonly hold: string | null;
  readonly trouble: string | null;
}

/** Null where the folder is not watched. */
export function readWatch(db: Database, batchId: string): BatchWatch | null {
  const row = prepared<[string], WatchRow>(
    db,
    'SELECT w.*, b.by_watch FROM watches w JOIN batches b ON b.id = w.batch_id WHERE w.batch_id = ?',
  ).get(batchId);
  if (row === undefined) return null;
  const today = startOfDay(Date.now());
  const isToday = row.used_on === today;
  return {
    since: row.since,
    limits: { filesPerDay: row.files_per_day, tokensPerDay: row.tokens_per_day },
    hasBatch: row.by_watch === 1,
    foundToday: foundSince(db, batchId, today),
    usedToday: { files: isToday ? row.used_files : 0, tokens: isToday ? row.used_tokens : 0 },
    hold: readProblem(row.hold),
    trouble: readProblem(row.trouble),
  };
}

/** Those of batches that were not removed. */
export function watchedBatches(db: Database): readonly string[] {
  return prepared<[], string>(
    db,
    'SELECT batch_id FROM watches WHERE batch_id IN (SELECT id FROM batches WHERE removed_at IS NULL)',
  )
    .pluck()
    .all();
}

/** Begins to watch, or sets other limits. */
export function putWatch(db: Database, batchId: string, limits: WatchLimits, at: number): void {
  prepared(
    db,
    `INSERT INTO watches (batch_id, since, files_per_day, tokens_per_day) VALUES (?, ?, ?, ?)
       ON CONFLICT (batch_id) DO UPDATE SET files_per_day = excluded.files_per_day,
         tokens_per_day = excluded.tokens_per_day, hold = NULL`,
  ).run(batchId, at, limits.filesPerDay, limits.tokensPerDay);
  addEntry(db, batchId, { what: 'on', limits }, at);
}

export function removeWatch(db: Database, batchId: string, at: number): void {
  if (prepared(db, 'DELETE FROM watches WHERE batch_id = ?').run(batchId).changes > 0)
    addEntry(db, batchId, { what: 'off' }, at);
}

/** Why something of a watch stands still changed. */
interface WatchChange {
  /** What was noted of it; null where nothing is. */
  readonly entry: WatchEntry | null;
}

/** Says why what was found waits; null when it waits no more. @returns null if that is no news. */
export function setWatchHold(db: Database, batchId: string, problem: Problem | null, at: number): WatchChange | null {
  if (setProblem(db, 'hold', batchId, problem) === null) return null;
  if (problem === null) return { entry: null };
  const entry: WatchEntry = { what: 'held', problem };
  addEntry(db, batchId, entry, at);
  return { entry };
}

/** Says why changes are not seen at once; null when they are. @returns null if that is no news. */
export function setWatchTrouble(
  db: Database,
  batchId: string,
  problem: Problem | null,
  at: number,
): WatchChange | null {
  const change = setProblem(db, 'trouble', batchId, problem);
  if (change === null) return null;
  const ended = problem === null ? change.before : null;
  const entry: WatchEntry = { what: 'trouble', problem, ...(ended === null ? {} : { ended }) };
  addEntry(db, batchId, entry, at);
  return { entry };
}

/** @returns what it was before; null if that is the same. */
function setProblem(
  db: Database,
  column: 'hold' | 'trouble',
  batchId: string,
  problem: Problem | null,
): { readonly before: Problem | null } | null {
  const stored = storedProblem(problem);
  const before = prepared<[string], { problem: string | null }>(
    db,
    `SELECT ${column} AS problem FROM watches WHERE batch_id = ?`,
  ).get(batchId);
  if (before === undefined || before.problem === stored) return null;
  prepared(db, `UPDATE watches SET ${column} = ? WHERE batch_id = ?`).run(stored, batchId);
  return { before: readProblem(before.problem) };
}

/** Notes what a watch did; the oldest notes make room. */
export function addEntry(db: Database, batchId: string, entry: WatchEntry, at: number): void {
  prepared(db, 'INSERT INTO watch_log (batch_id, at, entry) VALUES (?, ?, ?)').run(batchId, at, JSON.stringify(entry));
  prepared(
    db,
    `DELETE FROM watch_log WHERE batch_id = ? AND id <=
       (SELECT id FROM watch_log WHERE batch_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_ENTRIES})`,
  ).run(batchId, batchId);
}

/** Newest first. */
export function readWatchLog(db: Database, batchId: string): readonly LoggedEntry[] {
  return prepared<[string], { id: number; at: number; entry: string }>(
    db,
    'SELECT id, at, entry FROM watch_log WHERE batch_id = ? ORDER BY id DESC',
  )
    .all(batchId)
    .map(({ id, at, entry }) => ({ ...(JSON.parse(entry) as WatchEntry), id, at }));
}

/** Counts what a watch has asked, by day. */
export function addWatchUse(db: Database, batchId: string, day: number, { files, tokens }: WatchUse): void {
  prepared(
    db,
    `UPDATE watches SET used_files = iif(used_on = @day, used_files, 0) + @files,
       used_tokens = iif(used_on = @day, used_tokens, 0) + @tokens, used_on = @day WHERE batch_id = @batchId`,
  ).run({ batchId, day, files, tokens });
}

/** How many files that a watch has found wait to be asked. */
export function countFoundWaiting(db: Database, batchId: string): number {
  const row = prepared<[string], { n: number }>(
    db,
    "SELECT count(*) AS n FROM items WHERE batch_id = ? AND status = 'queued' AND found_at IS NOT NULL",
  ).get(batchId);
  return row?.n ?? 0;
}

/** What waits in the batch from now on is only what its watch finds. */
export function markByWatch(db: Database, batchId: string): void {
  prepared(db, 'UPDATE batches SET by_watch = 1 WHERE id = ?').run(batchId);
}

function foundSince(db: Database, batchId: string, since: number): number {
  const row = prepared<[string, number], { n: number }>(
    db,
    'SELECT count(*) AS n FROM items WHERE batch_id = ? AND found_at >= ?',
  ).get(batchId, since);
  return row?.n ?? 0;
}

/** Midnight of this machine's day. */
function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}
