import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { CallIntent, CallOutcome } from '../../src/main/audit/call-record.ts';
import { openStore, type Store, storeFile } from '../../src/main/store/store.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { intent, outcome } from './records.ts';

export const workerUrl = new URL('../../src/main/store/store-worker.ts', import.meta.url);

/** A folder that is removed after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-store-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** A store that is closed after the test. */
export async function openTestStore(folder = makeFolder(), worker = workerUrl): Promise<Store> {
  const store = await openStore(folder, worker);
  onTestFinished(() => store.close());
  return store;
}

/** A second connection to the store of a folder, which sees only committed data. */
export function openReader(folder: string): Database.Database {
  const reader = new Database(storeFile(folder), { readonly: true });
  onTestFinished(() => void reader.close());
  return reader;
}

/** Changes the store of a folder by hand, into what an earlier version would have left. */
export function writeAsOldVersion(folder: string, sql: string): void {
  const database = new Database(storeFile(folder));
  database.exec(sql);
  database.close();
}

/** Begins a call that no earlier call can answer. */
export async function begin(store: Store, of: CallIntent): Promise<number> {
  const begun = await store.write.beginCall(of);
  if (!('callId' in begun)) throw new Error('The call was not begun: there is a finished one.');
  return begun.callId;
}

/** Begins and ends a call that can be found by its question and its answer. */
export async function record(
  store: Store,
  asked: string,
  reply: string,
  over: Partial<CallIntent> = {},
  end: Partial<CallOutcome> = {},
): Promise<number> {
  const callId = await begin(store, intent(asked, over));
  await store.write.endCall(outcome(callId, reply, end));
  return callId;
}
