import type { Database } from 'better-sqlite3';
import { readStoredUsage } from '../../llm/token-usage.ts';
import { prepared } from '../prepared.ts';

/** What the calls about some files of a batch took, as far as the server counted. */
export interface TokensOfFiles {
  readonly total: number;
  readonly cached: number;
  readonly reasoning: number;
  /** Answered calls whose tokens the server did not count. */
  readonly uncounted: number;
  /** Place of the last of the files; null behind the end of the batch. */
  readonly lastPosition: number | null;
}

interface CallRecord {
  readonly position: number;
  readonly total: number | null;
  readonly usage: string | null;
  /** Null for a file without calls. */
  readonly status: string | null;
}

export function tokensOfFiles(db: Database, batchId: string, afterPosition: number, limit: number): TokensOfFiles {
  const calls = prepared<[string, number, number], CallRecord>(
    db,
    `SELECT i.position, c.total_tokens AS total, c.usage, c.status
       FROM (SELECT id, position FROM items WHERE batch_id = ? AND position > ? ORDER BY position LIMIT ?) i
       LEFT JOIN calls c ON c.item_id = i.id AND c.status <> 'open' ORDER BY i.position`,
  ).all(batchId, afterPosition, limit);
  const sum = { total: 0, cached: 0, reasoning: 0, uncounted: 0 };
  for (const { total, usage, status } of calls) {
    const counted = readStoredUsage(usage);
    sum.total += total ?? 0;
    sum.uncounted += Number(status === 'ok' && total === null);
    sum.cached += counted?.cachedTokens ?? 0;
    sum.reasoning += counted?.reasoningTokens ?? 0;
  }
  return { ...sum, lastPosition: calls.at(-1)?.position ?? null };
}
