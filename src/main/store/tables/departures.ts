import type { Database } from 'better-sqlite3';
import type { DepartedCalls, Departures } from '../../audit/departures.ts';
import { prepared } from '../prepared.ts';
import { CLOSED } from './call-filter.ts';

const ALL_CALLS: DepartedCalls = { upTo: Number.MAX_SAFE_INTEGER, without: [] };

/** What has left this machine since a given time, counting only calls with an outcome. */
export function departuresSince(db: Database, since: number, among: DepartedCalls = ALL_CALLS): Departures {
  const rows = prepared<[number, number, string], { host: string; calls: number; bytes: number }>(
    db,
    `SELECT host, count(*) AS calls, sum(request_bytes) AS bytes
       FROM calls c INDEXED BY calls_that_left
       WHERE ${CLOSED.sql} AND local = 0 AND sent = 1 AND created_at >= ?
         AND id <= ? AND id NOT IN (SELECT value FROM json_each(?))
       GROUP BY host`,
  ).all(since, among.upTo, JSON.stringify(among.without));
  return {
    calls: rows.reduce((sum, row) => sum + row.calls, 0),
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    hosts: rows.map((row) => row.host),
  };
}
