/** Docket's own parts, wired as in `compose.ts`: the store's thread, the audit, the gateway, one pool. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Audit, createAudit } from '../src/main/audit/audit.ts';
import type { ConnectionSettings } from '../src/main/llm/connection.ts';
import { type Connections, createConnections } from '../src/main/llm/connections.ts';
import { createGateway, type Gateway } from '../src/main/llm/gateway.ts';
import { openStore, type Store } from '../src/main/store/store.ts';
import { ok } from '../src/shared/result.ts';
import { API_KEY, MODEL } from './contender.ts';

/** The store's thread, run from source. */
export const storeWorker = new URL('../src/main/store/store-worker.ts', import.meta.url);
const PATIENT_MS = 60_000;

export interface DocketParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly gateway: Gateway;
  readonly connections: Connections;
  /** Resolves once every queued outcome is in the database. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Uses its own data folder, removed at the end. */
export async function openDocketParts(baseUrl: string, poolConnections: number): Promise<DocketParts> {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'));
  const store = await openStore(dataDir, storeWorker);
  const outcomes = new Set<Promise<void>>();
  const audit = await createAudit({
    write: {
      beginCall: store.write.beginCall,
      releaseCalls: store.write.releaseCalls,
      endCall: (outcome) => {
        const written = store.write.endCall(outcome).finally(() => outcomes.delete(written));
        outcomes.add(written);
        return written;
      },
    },
    departuresSince: store.read.departuresSince,
    onChange: () => {},
    onTrouble: (error) => {
      throw error;
    },
    now: Date.now,
  });
  const connections = createConnections(connectionSettings(baseUrl, poolConnections));
  const settle = async () => void (await Promise.all(outcomes));
  return {
    store,
    audit,
    gateway: createGateway(audit),
    connections,
    settle,
    close: async () => {
      await settle();
      await store.close();
      await connections.close(0);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function connectionSettings(baseUrl: string, poolConnections: number): ConnectionSettings {
  const { host } = new URL(baseUrl);
  return {
    // Not local, so that the count of what left the machine is included.
    provider: { kind: 'other', name: 'Bench', host, llm: true, local: false, model: MODEL },
    endpoint: async () => ok({ baseUrl, apiKey: API_KEY }),
    poolConnections,
    firstTokenTimeoutMs: PATIENT_MS,
    idleTimeoutMs: PATIENT_MS,
    contextTokens: () => 128_000,
    effort: { chat: 'model', batch: 'least' },
    userAgent: 'Docket/bench',
  };
}
