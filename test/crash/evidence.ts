/** What the disk and the server's log say after a crash, read without Docket's own bookkeeping. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { storeFile } from '../../src/main/store/store.ts';
import { getRequest } from '../../src/main/store/tables/request-bodies.ts';

export interface Evidence {
  readonly integrity: unknown;
  /** SHA-256 of the exact body of each recorded request that may have been sent, and how many rows have it. */
  readonly recorded: ReadonlyMap<string, number>;
  /** The same for each request the server received. */
  readonly received: ReadonlyMap<string, number>;
  readonly openCalls: number;
  readonly inDoubt: number;
  readonly lastCallId: number;
  readonly batch: { readonly status: string; readonly started: boolean } | null;
  readonly items: readonly ItemEvidence[];
  readonly streamingReplies: number;
  readonly messageIds: ReadonlySet<string>;
}

export interface ItemEvidence {
  readonly id: number;
  readonly path: string;
  readonly status: string;
  readonly lastCallId: number;
  /** Answered calls; a finished file has three. */
  readonly answered: number;
}

export async function collectEvidence(dataDir: string, serverLog: string): Promise<Evidence> {
  const db = new Database(storeFile(dataDir), { readonly: true });
  try {
    const count = (sql: string) => Number(db.prepare(sql).pluck().get() ?? 0);
    const batch = db.prepare<[], { status: string; startedAt: number | null }>(
      'SELECT status, started_at AS startedAt FROM batches',
    );
    const found = batch.get();
    return {
      integrity: db.pragma('integrity_check', { simple: true }),
      recorded: counted(recordedHashes(db)),
      received: counted((await readFile(serverLog, 'utf8')).split('\n').filter((line) => line !== '')),
      openCalls: count("SELECT count(*) FROM calls WHERE status = 'open'"),
      inDoubt: count("SELECT count(*) FROM calls WHERE status = 'in_doubt'"),
      lastCallId: count('SELECT max(id) FROM calls'),
      batch: found === undefined ? null : { status: found.status, started: found.startedAt !== null },
      items: readItems(db),
      streamingReplies: count("SELECT count(*) FROM messages WHERE status = 'streaming'"),
      messageIds: new Set(db.prepare<[], string>('SELECT id FROM messages').pluck().all() as string[]),
    };
  } finally {
    db.close();
  }
}

/** Requests the server received that have no row, or only one claiming that they were not sent. */
export function countUnrecorded({ recorded, received }: Evidence): number {
  return [...received].reduce((sum, [hash, times]) => sum + Math.max(0, times - (recorded.get(hash) ?? 0)), 0);
}

function readItems(db: Database.Database): readonly ItemEvidence[] {
  return db
    .prepare<[], ItemEvidence>(
      `SELECT i.id, i.path, i.status, coalesce(max(c.id), 0) AS lastCallId,
         count(CASE WHEN c.status = 'ok' THEN 1 END) AS answered
       FROM items i LEFT JOIN calls c ON c.item_id = i.id GROUP BY i.id ORDER BY i.position`,
    )
    .all();
}

function recordedHashes(db: Database.Database): readonly string[] {
  const hashes = db.prepare<[], Buffer>('SELECT request_hash FROM calls WHERE sent = 1').pluck().all() as Buffer[];
  return hashes.map((hash) => createHash('sha256').update(getRequest(db, hash)).digest('hex'));
}

function counted(hashes: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
}
