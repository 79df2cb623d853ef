/** Records calls as fast as it can, in one of three ways. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type CallIntent, type CallOutcome, excerpt } from '../src/main/audit/call-record.ts';
import { toRequestBody } from '../src/main/audit/request-body.ts';
import { openForWriting } from '../src/main/store/open-database.ts';
import { beginCall, endCall } from '../src/main/store/tables/calls.ts';
import { collectGarbage, readTask, sendReport } from './child.ts';
import { MODEL } from './contender.ts';
import { openDocketParts } from './docket-parts.ts';
import { makeDocument } from './prompts.ts';

export interface AuditRateTask {
  readonly contender: 'docket' | 'same-rows' | 'plain-rows';
  readonly calls: number;
  readonly inFlight: number;
  readonly characters: number;
}

export interface AuditRateReport {
  readonly tookMs: number;
}

/** Records one call from start to end. */
type Recorder = (intent: CallIntent) => Promise<void> | void;

const WARM_UP_CALLS = 500;
const task = readTask<AuditRateTask>();

function makeIntent(number: number): CallIntent {
  const content = makeDocument(number, task.characters);
  const json = JSON.stringify({ model: MODEL, messages: [{ role: 'user', content }], temperature: 0, max_tokens: 50 });
  return {
    createdAt: Date.now(),
    kind: 'analysis',
    task: 'question',
    title: 'Summary',
    providerName: 'Bench',
    host: 'bench.invalid',
    llm: true,
    local: false,
    model: MODEL,
    parameters: '{"temperature":0,"max_tokens":50}',
    attempt: 1,
    userId: 'anonymous',
    message: excerpt(content),
    body: toRequestBody(json, [content]),
    requestBytes: Buffer.byteLength(json),
    fileName: `note ${number}.txt`,
    conversationId: null,
    messageId: null,
    batchId: 'bench',
    itemId: number,
  };
}

function makeOutcome(callId: number): CallOutcome {
  return {
    callId,
    status: 'ok',
    sent: true,
    modelAnswered: MODEL,
    reply: `Note ${callId} reports that revenue rose in every region.`,
    httpStatus: 200,
    requestId: `req_${callId}`,
    finishReason: 'stop',
    promptTokens: 1_250,
    completionTokens: 12,
    totalTokens: 1_262,
    usage: null,
    timeToFirstTokenMs: null,
    latencyMs: 50.1,
    note: null,
    problem: null,
  };
}

async function openDocket(): Promise<{ record: Recorder; close(): Promise<void> }> {
  const docket = await openDocketParts('http://127.0.0.1:9/v1', 1);
  const { write } = docket.store;
  return {
    record: async (intent) => {
      const begun = await write.beginCall(intent);
      if (!('callId' in begun)) throw new Error('A call was taken for an earlier one.');
      await write.endCall(makeOutcome(begun.callId));
    },
    close: docket.close,
  };
}

/** The functions of Docket's writer thread, called directly, each in its own transaction. */
function openSameRows(file: string): { record: Recorder; close(): void } {
  const { db } = openForWriting(file);
  const begin = db.transaction((intent: CallIntent) => beginCall(db, intent));
  const end = db.transaction((outcome: CallOutcome) => endCall(db, outcome));
  return {
    record: (intent) => {
      const begun = begin(intent);
      if (!('callId' in begun)) throw new Error('A call was taken for an earlier one.');
      end(makeOutcome(begun.callId));
    },
    close: () => void db.close(),
  };
}

function openPlainRows(file: string): { record: Recorder; close(): void } {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE calls (id INTEGER PRIMARY KEY, at INTEGER, model TEXT, request TEXT, status TEXT, reply TEXT,
    tokens INTEGER, latency_ms REAL); CREATE INDEX calls_by_time ON calls (at)`);
  const insert = db.prepare("INSERT INTO calls (at, model, request, status) VALUES (?, ?, ?, 'open')");
  const update = db.prepare('UPDATE calls SET status = ?, reply = ?, tokens = ?, latency_ms = ? WHERE id = ?');
  return {
    record: (intent) => {
      const id = Number(
        insert.run(intent.createdAt, intent.model, Buffer.from(intent.body.bytes).toString('utf8')).lastInsertRowid,
      );
      const { status, reply, totalTokens, latencyMs } = makeOutcome(id);
      update.run(status, reply, totalTokens, latencyMs, id);
    },
    close: () => void db.close(),
  };
}

async function recordAll(record: Recorder, intents: readonly CallIntent[], inFlight: number): Promise<void> {
  const queue = intents.values();
  const loop = async () => {
    for (const intent of queue) await record(intent);
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
}

const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
const open = {
  docket: openDocket,
  'same-rows': () => openSameRows(join(folder, 'same.db')),
  'plain-rows': () => openPlainRows(join(folder, 'plain.db')),
}[task.contender];
const { record, close } = await open();
const inFlight = task.contender === 'docket' ? task.inFlight : 1;

const intents = Array.from({ length: WARM_UP_CALLS + task.calls }, (_, index) => makeIntent(index + 1));
await recordAll(record, intents.slice(0, WARM_UP_CALLS), inFlight);
collectGarbage();
const startedAt = performance.now();
await recordAll(record, intents.slice(WARM_UP_CALLS), inFlight);
const report: AuditRateReport = { tookMs: performance.now() - startedAt };
await sendReport(report);
await close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
