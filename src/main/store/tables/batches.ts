import type { Database } from 'better-sqlite3';
import type { Batch, BatchStatus } from '../../../shared/batch-data.ts';
import { problem } from '../../../shared/problem.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import type { BatchChange, BatchSetup, Destination, NewBatch } from '../../batch/batch-record.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { readProblem, storedProblem } from '../stored-problem.ts';
import { countItems } from './item-counts.ts';
import { WAITS_AGAIN } from './item-removal.ts';
import { putRecipeVersion, readRecipe } from './recipe-versions.ts';
import { readWatch } from './watches.ts';

interface BatchRecord {
  readonly id: string;
  readonly name: string;
  readonly own_name: string | null;
  readonly paths: string;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly status: BatchStatus;
  readonly provider_name: string;
  readonly host: string;
  readonly model: string;
  readonly llm: number;
  readonly local: number;
  readonly temperature: number;
  readonly skipped: number;
  readonly problem: string | null;
  readonly worked_ms: number | null;
  readonly again_of: string | null;
  readonly by_watch: number;
  readonly recipe: string;
}

/** Batches that were not removed. */
const BATCHES = `SELECT b.*, r.body AS recipe FROM batches b JOIN recipe_versions r ON r.id = b.recipe_version
  WHERE b.removed_at IS NULL`;

/** Makes a batch whose files are still to be collected. */
export function insertBatch(db: Database, batch: NewBatch): BatchSetup | null {
  prepared(
    db,
    `INSERT INTO batches (id, name, paths, source, created_at, status, provider_name, host, model, llm, local, temperature,
         recipe_version, again_of)
       VALUES (?, ?, ?, ?, ?, 'collecting', ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    batch.id,
    batch.name,
    JSON.stringify(batch.paths),
    batch.source,
    batch.createdAt,
    batch.providerName,
    batch.host,
    batch.model,
    Number(batch.llm),
    Number(batch.local),
    batch.temperature,
    putRecipeVersion(db, batch.recipe),
    batch.againOf ?? null,
  );
  return readBatch(db, batch.id);
}

/** Newest first, each with the counts of its files. */
export function listBatches(db: Database): readonly Batch[] {
  return prepared<[], BatchRecord>(db, `${BATCHES} ORDER BY b.created_at DESC, b.rowid DESC`)
    .all()
    .map((record) => toBatch(db, record));
}

/** Null when there is none, or it was removed. */
export function readBatch(db: Database, id: string): BatchSetup | null {
  const record = prepared<[string], BatchRecord>(db, `${BATCHES} AND b.id = ?`).get(id);
  if (record === undefined) return null;
  return {
    batch: toBatch(db, record),
    paths: JSON.parse(record.paths) as string[],
    byWatch: record.by_watch === 1,
  };
}

/** The newest unfinished batch that the same command made. */
export function findUnfinishedBatch(db: Database, source: string): Batch | null {
  return newestBatch(db, "source = ? AND status <> 'finished'", source);
}

/** The newest batch of the same command that ran to its end. */
export function findFinishedBatch(db: Database, source: string): Batch | null {
  return newestBatch(db, "source = ? AND status = 'finished'", source);
}

function newestBatch(db: Database, condition: string, source: string): Batch | null {
  const row = prepared<[string], { id: string }>(
    db,
    `SELECT id FROM batches WHERE ${condition} AND removed_at IS NULL ORDER BY created_at DESC, rowid DESC LIMIT 1`,
  ).get(source);
  return row === undefined ? null : (readBatch(db, row.id)?.batch ?? null);
}

/**
 * The time at work when a run ends now. One that ran before this was kept has none; a clock that was set back takes
 * nothing away.
 */
const WORKED = `CASE WHEN running_since IS NULL
  THEN CASE WHEN started_at IS NULL THEN coalesce(worked_ms, 0) ELSE worked_ms END
  ELSE worked_ms + max(0, ? - running_since) END`;

/** It began when it first ran; it has ended while it is finished or cancelled. Null when there is no such batch. */
export function changeBatch(db: Database, id: string, change: BatchChange): BatchSetup | null {
  const started = change.status === 'running' ? change.at : null;
  const finished = change.status === 'finished' || change.status === 'cancelled' ? change.at : null;
  prepared(
    db,
    `UPDATE batches SET status = ?, started_at = coalesce(started_at, ?),
       finished_at = max(?, coalesce(started_at, 0)), problem = ?, skipped = coalesce(?, skipped),
       worked_ms = ${WORKED}, running_since = ?, trial = ?, by_watch = ? WHERE id = ?`,
  ).run(
    expectKnown('batchStatus', change.status),
    started,
    finished,
    storedProblem(change.problem ?? null),
    change.skipped ?? null,
    change.at,
    started,
    Number(change.isTrial ?? false),
    Number(change.byWatch ?? false),
    id,
  );
  return readBatch(db, id);
}

/** Lets a batch of which no file is done run with another provider, which says anew what the one before said in part. */
export function retargetBatch(db: Database, id: string, to: Destination & Pick<NewBatch, 'source'>): void {
  prepared(
    db,
    `UPDATE batches SET source = ?, provider_name = ?, host = ?, model = ?, llm = ?, local = ?, temperature = ?
       WHERE id = ?`,
  ).run(to.source, to.providerName, to.host, to.model, Number(to.llm), Number(to.local), to.temperature, id);
  const answered = 'batch_id = ? AND id IN (SELECT item_id FROM answers)';
  prepared(
    db,
    `UPDATE items SET ${WAITS_AGAIN}, total_tokens = NULL, latency_ms = NULL, problem = NULL WHERE ${answered}`,
  ).run(id);
  prepared(db, 'DELETE FROM answers WHERE item_id IN (SELECT id FROM items WHERE batch_id = ?)').run(id);
}

/** Asks something else from now on. What was answered stays until it is asked again. */
export function setBatchRecipe(db: Database, id: string, recipe: Recipe, source: string): BatchSetup | null {
  prepared(db, 'UPDATE batches SET recipe_version = ?, source = ? WHERE id = ?').run(
    putRecipeVersion(db, recipe),
    source,
    id,
  );
  return readBatch(db, id);
}

/** How many names the newest look at what was dropped passed over. */
export function setSkipped(db: Database, id: string, skipped: number): void {
  prepared(db, 'UPDATE batches SET skipped = ? WHERE id = ?').run(skipped, id);
}

/** Gives a batch another name; null when there is none. What was dropped keeps its own. */
export function renameBatch(db: Database, id: string, name: string): Batch | null {
  prepared(db, 'UPDATE batches SET own_name = ? WHERE id = ?').run(name, id);
  return readBatch(db, id)?.batch ?? null;
}

/** Hides a batch. Its files and results stay in the store, as its calls do in the history. */
export function removeBatch(db: Database, id: string, at: number): void {
  prepared(db, 'UPDATE batches SET removed_at = ? WHERE id = ?').run(at, id);
}

/** After a crash: what ran is interrupted, what was being collected never began and is interrupted too. */
export function markRunningInterrupted(db: Database): number {
  // By batch, which the index of the statuses begins with: else every row of all batches would be read.
  prepared(
    db,
    "UPDATE items SET status = 'queued' WHERE status = 'running' AND batch_id IN (SELECT id FROM batches)",
  ).run();
  // What the crash cut off had recorded its calls until then.
  const diedAt = prepared<[], { at: number }>(
    db,
    'SELECT created_at AS at FROM calls WHERE id = (SELECT max(id) FROM calls)',
  ).get();
  const at = diedAt?.at ?? 0;
  // Whoever tried a few files gave no go for the others.
  const trials = prepared(
    db,
    `UPDATE batches SET status = 'ready', problem = ?, worked_ms = ${WORKED}, running_since = NULL, trial = 0
       WHERE status = 'running' AND trial = 1
       AND EXISTS (SELECT 1 FROM items i WHERE i.batch_id = batches.id AND i.status = 'queued')`,
  ).run(storedProblem(problem('interrupted', { what: 'trial' })), at).changes;
  // Another look at its folder had found files, and was cut off before anybody was told what would be sent.
  prepared(
    db,
    `UPDATE batches SET status = 'ready', finished_at = NULL WHERE status = 'finished'
       AND EXISTS (SELECT 1 FROM items i WHERE i.batch_id = batches.id AND i.status = 'queued')`,
  ).run();
  const others = prepared(
    db,
    `UPDATE batches SET status = 'interrupted', worked_ms = ${WORKED}, running_since = NULL
       WHERE status IN ('running', 'collecting')`,
  ).run(at).changes;
  return trials + others;
}

function toBatch(db: Database, record: BatchRecord): Batch {
  return {
    id: record.id,
    name: record.own_name ?? record.name,
    dropped: record.name,
    createdAt: record.created_at,
    startedAt: record.started_at,
    finishedAt: record.finished_at,
    workedMs: record.worked_ms,
    status: record.status,
    ...countItems(db, record.id),
    recipe: readRecipe(record.recipe),
    providerName: record.provider_name,
    host: record.host,
    model: record.model,
    temperature: record.temperature,
    llm: record.llm === 1,
    local: record.local === 1,
    againOf: record.again_of,
    watch: readWatch(db, record.id),
    skipped: record.skipped,
    problem: readProblem(record.problem),
  };
}
