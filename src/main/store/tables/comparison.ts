/** Two batches compared: which files both have, and whether their answers are the same. */
import type { Database } from 'better-sqlite3';
import {
  type BatchComparison,
  type CellState,
  cellStates,
  type PairedQuestion,
  type SharingBatch,
} from '../../../shared/batch-comparison.ts';
import { prepared } from '../prepared.ts';

export type PairedItems = Pick<BatchComparison, 'left' | 'right' | 'edited'>;

/** The files of two batches. One is the same in both if it is at the same place, or else if it has the same content. */
export function pairItems(db: Database, leftId: string, rightId: string): PairedItems {
  const pairs = pairFiles(filesOf(db, leftId), filesOf(db, rightId));
  return {
    left: Int32Array.from(pairs, ({ left }) => left?.id ?? 0),
    right: Int32Array.from(pairs, ({ right }) => right?.id ?? 0),
    edited: Uint8Array.from(pairs, (pair) => Number(wasEdited(pair))),
  };
}

/** What the answers about some paired files are to each other: places in `cellStates`, file by file. */
export function compareAnswers(
  db: Database,
  leftIds: Int32Array,
  rightIds: Int32Array,
  questions: readonly PairedQuestion[],
): Uint8Array {
  const [left, right] = [valuesOf(db, leftIds), valuesOf(db, rightIds)];
  const states = new Uint8Array(leftIds.length * questions.length);
  for (const [row, leftId] of leftIds.entries()) {
    const [before, after] = [left.get(leftId), right.get(rightIds[row] ?? 0)];
    for (const [place, question] of questions.entries()) {
      const state = compare(before?.get(question.left), after?.get(question.right));
      states[row * questions.length + place] = cellStates.indexOf(state);
    }
  }
  return states;
}

/** Other batches with files of a batch: at the same place, or of the same content. */
export function batchesSharing(db: Database, batchId: string): readonly SharingBatch[] {
  return prepared<[string, string, string], SharingBatch>(
    db,
    `SELECT i.batch_id AS batchId, count(*) AS files FROM items i JOIN batches b ON b.id = i.batch_id
       WHERE b.removed_at IS NULL AND i.batch_id <> ? AND i.status <> 'removed'
       AND ((i.path, coalesce(i.inside, '')) IN (SELECT path, coalesce(inside, '') FROM items WHERE batch_id = ? AND status <> 'removed')
         OR i.sha256 IN (SELECT sha256 FROM items WHERE batch_id = ? AND status <> 'removed' AND sha256 IS NOT NULL))
       GROUP BY i.batch_id`,
  ).all(batchId, batchId, batchId);
}

interface File {
  readonly id: number;
  /** Its path, and where it lies in the file there. */
  readonly place: string;
  readonly sha256: string | null;
}

interface FilePair {
  readonly left: File | null;
  readonly right: File | null;
}

function filesOf(db: Database, batchId: string): readonly File[] {
  return prepared<[string], File>(
    db,
    "SELECT id, path || coalesce(inside, '') AS place, sha256 FROM items WHERE batch_id = ? AND status <> 'removed' ORDER BY position",
  ).all(batchId);
}

function pairFiles(left: readonly File[], right: readonly File[]): readonly FilePair[] {
  const open = new Map(right.map((file) => [file.place, file]));
  const take = (file: File | undefined) => {
    if (file !== undefined) open.delete(file.place);
    return file ?? null;
  };
  const byPlace = left.map((file) => ({ left: file, right: take(open.get(file.place)) }));
  const byContent = new Map([...open.values()].map((file) => [file.sha256, file]));
  const takeAlike = ({ sha256 }: File) => {
    const file = sha256 === null ? undefined : byContent.get(sha256);
    byContent.delete(sha256);
    return take(file);
  };
  const all = byPlace.map((pair) => (pair.right === null ? { ...pair, right: takeAlike(pair.left) } : pair));
  return [...all, ...[...open.values()].map((file) => ({ left: null, right: file }))];
}

function wasEdited({ left, right }: FilePair): boolean {
  const [before, after] = [left?.sha256 ?? null, right?.sha256 ?? null];
  return before !== null && after !== null && before !== after;
}

interface Value {
  readonly words: string;
  readonly isList: boolean;
}

/** What the table shows of the answers of some files, by file and question; without those that have no value. */
function valuesOf(db: Database, ids: Int32Array) {
  const rows = prepared<[string], [number, string, string, number]>(
    db,
    `SELECT item_id, question, shown, value LIKE '{"type":"list"%' FROM answers
       WHERE item_id IN (SELECT value FROM json_each(?)) AND shown IS NOT NULL AND shown <> ''`,
  )
    .raw()
    .all(JSON.stringify([...ids])) as unknown as readonly (readonly [number, string, string, number])[];
  const values = new Map<number, Map<string, Value>>();
  for (const [itemId, question, words, isList] of rows) {
    const ofItem = values.get(itemId) ?? new Map<string, Value>();
    ofItem.set(question, { words, isList: isList === 1 });
    values.set(itemId, ofItem);
  }
  return values;
}

function compare(left: Value | undefined, right: Value | undefined): CellState {
  if (left === undefined) return right === undefined ? 'none' : 'only_right';
  if (right === undefined) return 'only_left';
  return left.words === right.words || likeness(left) === likeness(right) ? 'same' : 'different';
}

/** Case, white space and the order of a list make no other answer. */
function likeness({ words, isList }: Value): string {
  const plain = words.normalize().toLowerCase().replaceAll(/\s+/gu, ' ').trim();
  return isList ? plain.split(', ').sort().join(', ') : plain;
}
