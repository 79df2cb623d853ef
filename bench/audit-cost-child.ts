/** Times pairs of the same streamed call, with the real audit and with a no-op one, plus the disk's minimum cost. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Audit } from '../src/main/audit/audit.ts';
import { createGateway, type Gateway } from '../src/main/llm/gateway.ts';
import type { ModelCall } from '../src/main/llm/model-call.ts';
import { problemSentence } from '../src/shared/problem-words.ts';
import { collectGarbage, readTask, sendReport } from './child.ts';
import { MODEL, TEMPERATURE } from './contender.ts';
import { openDocketParts } from './docket-parts.ts';
import { makeDocument } from './prompts.ts';

export interface AuditCostTask {
  readonly url: string;
  readonly pairs: number;
}

export interface AuditCostReport {
  readonly withAuditMs: readonly number[];
  readonly withoutMs: readonly number[];
  /** Writes as many bytes as the smallest intent, synced by a thread. */
  readonly syncedWriteMs: readonly number[];
}

const WARM_UP_PAIRS = 200;
const POOL = 8;
const QUESTION_CHARACTERS = 400;
/** Two pages of SQLite: one of the table, one of the index of open calls. */
const SYNCED_BYTES = 8_192;

/** A no-op audit that records nothing. */
function createNoAudit(): Audit {
  let calls = 0;
  return {
    begin: async () => {
      calls += 1;
      return { callId: calls };
    },
    mayLeave: async () => {},
    leave: () => {},
    end: () => {},
    inFlight: () => 0,
    departedToday: () => ({ calls: 0, bytes: 0, hosts: [] }),
    drain: async () => {},
  };
}

function chatCall(number: number): ModelCall {
  return {
    kind: 'chat',
    task: 'chat',
    model: MODEL,
    turns: [{ role: 'user', content: makeDocument(number, QUESTION_CHARACTERS) }],
    temperature: TEMPERATURE,
    stream: true,
    links: { conversationId: 'bench', messageId: String(number) },
  };
}

const task = readTask<AuditCostTask>();
const docket = await openDocketParts(task.url, POOL);
const { connection } = docket.connections.lease();
const { signal } = new AbortController();
const audited = docket.gateway;
const bare = createGateway(createNoAudit());

async function time(gateway: Gateway, number: number): Promise<number> {
  const call = chatCall(number);
  const startedAt = performance.now();
  const result = await gateway.complete(call, { connection, signal, onText: () => {} });
  const tookMs = performance.now() - startedAt;
  if (!result.ok) throw new Error(problemSentence(result.error.problem));
  await docket.settle();
  return tookMs;
}

const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
const disk = new Worker(new URL('./synced-write-worker.ts', import.meta.url), {
  workerData: { file: join(folder, 'synced') },
});

async function timeSyncedWrite(number: number): Promise<number> {
  const bytes = new Uint8Array(SYNCED_BYTES).fill(number);
  const startedAt = performance.now();
  disk.postMessage(bytes);
  await once(disk, 'message');
  return performance.now() - startedAt;
}

async function runPairs(count: number): Promise<AuditCostReport> {
  const withAuditMs: number[] = [];
  const withoutMs: number[] = [];
  const syncedWriteMs: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const auditFirst = Math.random() < 0.5;
    if (auditFirst) withAuditMs.push(await time(audited, number));
    withoutMs.push(await time(bare, number));
    if (!auditFirst) withAuditMs.push(await time(audited, number));
    syncedWriteMs.push(await timeSyncedWrite(number));
  }
  return { withAuditMs, withoutMs, syncedWriteMs };
}

await runPairs(WARM_UP_PAIRS);
collectGarbage();
await sendReport(await runPairs(task.pairs));
await disk.terminate();
rmSync(folder, { recursive: true, force: true });
await docket.close();
process.exit(0);
