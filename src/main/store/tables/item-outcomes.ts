/** What became of a file. */
import type { Database } from 'better-sqlite3';
import { shownValue } from '../../../shared/answer-words.ts';
import type { ItemRow } from '../../../shared/batch-data.ts';
import type { ItemOutcome } from '../../batch/item-record.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { storedProblem } from '../stored-problem.ts';
import { cellsOfItems, putAnswers } from './answers.ts';
import { putBody, toBody } from './bodies.ts';
import { readItemRow } from './items.ts';

/** Stores what became of a file, in place of what an earlier run found. One that was removed meanwhile stays so. */
export function finishItem(db: Database, outcome: ItemOutcome): ItemRow | null {
  const text = outcome.text === null ? null : toBody(outcome.text);
  if (text !== null) putBody(db, text);
  prepared(
    db,
    `UPDATE items SET status = iif(status = 'removed', status, ?), removed_status = iif(status = 'removed', ?, NULL),
       bytes = coalesce(?, bytes), format = ?, encoding = ?, pages = ?, characters = ?, sha256 = ?, text_hash = ?, page_starts = ?, notes = ?, total_tokens = ?, latency_ms = ?,
       problem = ? WHERE id = ?`,
  ).run(
    expectKnown('itemStatus', outcome.status),
    outcome.status,
    outcome.bytes,
    outcome.format,
    outcome.encoding,
    outcome.places?.starts.length ?? null,
    outcome.characters,
    outcome.sha256,
    text?.hash ?? null,
    outcome.places === null ? null : JSON.stringify(outcome.places),
    JSON.stringify(outcome.notes),
    outcome.totalTokens,
    outcome.latencyMs,
    storedProblem(outcome.problem),
    outcome.itemId,
  );
  const before = shownOfItem(db, outcome.itemId);
  putAnswers(db, outcome.itemId, outcome.answers);
  // What was checked is not what it says now.
  if (shownOfItem(db, outcome.itemId) !== before) uncheck(db, outcome.itemId);
  return readItemRow(db, outcome.itemId);
}

/** All answers of a file as they are shown, to compare. */
function shownOfItem(db: Database, itemId: number): string {
  const cells = cellsOfItems(db, [itemId]).get(itemId) ?? [];
  return JSON.stringify(cells.map((cell) => [cell.question, shownValue(cell)]).sort());
}

export function uncheck(db: Database, itemId: number): void {
  prepared(db, 'UPDATE items SET checked_at = NULL WHERE id = ? AND checked_at IS NOT NULL').run(itemId);
}
