/** All that is known of a file. */
import type { Database } from 'better-sqlite3';
import type { Answer, AnswerCell } from '../../../shared/answer.ts';
import type { ExportFilter, ItemDetail } from '../../../shared/batch-data.ts';
import type { StoredText } from '../../../shared/kept-file.ts';
import { placesOf, type StoredPlaces } from '../../../shared/places.ts';
import { prepared } from '../prepared.ts';
import { answersOfItem } from './answers.ts';
import { getBody } from './bodies.ts';
import { callsOfItem } from './call-history.ts';
import { NOTED } from './item-counts.ts';
import { type ItemRecord, toItemRow, type WhereaboutsRecord, whereaboutsOf } from './items.ts';

interface ItemDetailRecord extends ItemRecord, WhereaboutsRecord {
  readonly apart: number | null;
  readonly without_pages: string | null;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly pages: number | null;
  readonly characters: number | null;
  readonly sha256: string | null;
}

/** A file with all that is known of it, its calls included. */
export function readItemDetail(db: Database, itemId: number): ItemDetail | null {
  const record = prepared<[number], ItemDetailRecord>(db, 'SELECT * FROM items WHERE id = ?').get(itemId);
  if (record === undefined) return null;
  const answers = answersOfItem(db, itemId);
  return {
    row: toItemRow(record, answers.map(toCell)),
    ...whereaboutsOf(record),
    apart: record.apart === 1,
    withoutPages: record.without_pages === null ? [] : (JSON.parse(record.without_pages) as number[]),
    format: record.format,
    encoding: record.encoding,
    pages: record.pages,
    characters: record.characters,
    sha256: record.sha256,
    answers,
    calls: callsOfItem(db, itemId),
  };
}

/** What was read of a file; null if that was not kept. @throws DamagedTextError */
export function readItemText(db: Database, itemId: number): StoredText | null {
  const record = prepared<[number], { format: string | null; text_hash: Buffer; page_starts: string | null }>(
    db,
    'SELECT format, text_hash, page_starts FROM items WHERE id = ? AND text_hash IS NOT NULL',
  ).get(itemId);
  if (record === undefined) return null;
  return {
    text: getBody(db, record.text_hash),
    format: record.format,
    places: record.page_starts === null ? null : placesOf(JSON.parse(record.page_starts) as StoredPlaces),
  };
}

export interface DetailsQuery {
  readonly batchId: string;
  readonly only: ExportFilter;
  /** The first place in the batch that may be on the page. */
  readonly from: number;
  readonly limit: number;
}

/** A page of full results for an export. */
export function pageOfDetails(db: Database, { batchId, only, from, limit }: DetailsQuery): readonly ItemDetail[] {
  const filter = only === 'all' ? "AND i.status <> 'removed'" : only === 'noted' ? `AND ${NOTED}` : 'AND i.status = ?';
  const status = only === 'all' || only === 'noted' ? [] : [only];
  return prepared<(string | number)[], { id: number }>(
    db,
    `SELECT i.id FROM items i WHERE i.batch_id = ? AND i.position >= ? ${filter} ORDER BY i.position LIMIT ?`,
  )
    .all(batchId, from, ...status, limit)
    .flatMap(({ id }) => readItemDetail(db, id) ?? []);
}

/** Full results of some files of a batch, in the order of the ids; those of another batch, gone or removed are left out. */
export function detailsOfItems(db: Database, batchId: string, itemIds: readonly number[]): readonly ItemDetail[] {
  return itemIds.flatMap((itemId) => {
    const item = readItemDetail(db, itemId);
    return item === null || item.row.batchId !== batchId || item.row.status === 'removed' ? [] : [item];
  });
}

function toCell({ question, status, value, proof, corrected }: Answer): AnswerCell {
  return { question, status, value, proof, ...(corrected === undefined ? {} : { corrected }) };
}
