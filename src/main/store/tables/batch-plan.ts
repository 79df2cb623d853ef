import type { Database } from 'better-sqlite3';
import type { PlannedFormat, UnreadableFiles } from '../../../shared/batch-plan.ts';
import { prepared } from '../prepared.ts';
import { readProblem } from '../stored-problem.ts';

/** The name after its last dot, in lower case; empty if there is no dot in the last part of the path. */
const EXTENSION = `CASE WHEN instr(base, '.') = 0 THEN ''
  ELSE lower(replace(base, rtrim(base, replace(base, '.', '')), '')) END`;
/** The name without its folders and containers; their mark cannot be told from the same letters in a name. */
const BASE = `replace(marked, rtrim(marked, replace(marked, '/', '')), '')`;

/**
 * The files of a batch that wait, by extension, the most frequent first. One that runs another again has its files in the
 * same places.
 */
export function formatsWaiting(db: Database, batchId: string): readonly PlannedFormat[] {
  return prepared<[string], PlannedFormat>(
    db,
    `SELECT ${EXTENSION} AS extension, count(*) AS files, coalesce(sum(bytes), 0) AS bytes,
         count(size) AS read, coalesce(sum(size), 0) AS textBytes,
         coalesce(sum(iif(size IS NULL, 0, coalesce(pages, 1))), 0) AS pages
       FROM (SELECT ${BASE} AS base, bytes, pages, b.size
         FROM (SELECT replace(i.name, ' › ', '/') AS marked, i.bytes, coalesce(i.pages, before.pages) AS pages,
             coalesce(i.text_hash, before.text_hash) AS text_hash
           FROM batches JOIN items i ON i.batch_id = batches.id LEFT JOIN items before
             ON before.batch_id = batches.again_of AND before.position = i.position AND before.name = i.name
           WHERE batches.id = ? AND i.status = 'queued') LEFT JOIN bodies b ON b.hash = text_hash)
       GROUP BY extension ORDER BY files DESC, extension`,
  ).all(batchId);
}

/** The files of a batch that failed, by their problem: of one that names a page or a number, that of the first file is given. */
export function reasonsOfFailed(db: Database, batchId: string): readonly UnreadableFiles[] {
  return prepared<[string], { problem: string; files: number }>(
    db,
    `SELECT problem, count(*) AS files, min(position) FROM items
       WHERE batch_id = ? AND status = 'failed' AND problem IS NOT NULL
       GROUP BY problem ->> '$.code', problem ->> '$.params.what', problem ->> '$.params.kind',
         problem ->> '$.params.format'
       ORDER BY files DESC, min(position)`,
  )
    .all(batchId)
    .flatMap(({ problem, files }) => {
      const read = readProblem(problem);
      return read === null ? [] : [{ problem: read, files }];
    });
}
