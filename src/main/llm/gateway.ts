/** The one gate that every model call goes through: recorded, sent, watched, retried, recorded again. */
import type { Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { watchNetwork } from '../common/network-changes.ts';
import { completeWithRetries } from './attempts.ts';
import type { CallOptions } from './call-options.ts';
import type { CallFailure, Reply } from './call-result.ts';
import { toChatBody } from './chat-body.ts';
import type { Connection } from './connection.ts';
import type { HostGate, NeutralAnswer } from './host-gate.ts';
import { type HostTimes, usualTimes } from './host-health.ts';
import { createHosts } from './hosts.ts';
import type { ModelCall } from './model-call.ts';
import { neutralQuestion } from './neutral-question.ts';
import { createPacer } from './pacer.ts';
import { type AttemptParts, attemptOnce } from './recorded-attempt.ts';

export interface Gateway {
  complete(call: ModelCall, options: CallOptions): Promise<Result<Reply, CallFailure>>;
  /** What is known of a host, shared by all that call it. */
  gate(connection: Connection, model: string): HostGate;
  /** Something may have changed on the way to a host, or to all: those that are away are probed at once. */
  tryNow(host?: string): void;
  /** Resolves when no question of the gateway's own is on its way. */
  idle(): Promise<void>;
}

/** What a gateway may be given in place of its own. */
export interface GatewayChoices {
  readonly now?: () => number;
  readonly times?: Partial<HostTimes>;
}

export function createGateway(audit: Audit, choices: GatewayChoices = {}): Gateway {
  const parts: AttemptParts = { audit, now: choices.now ?? Date.now, pacer: createPacer() };
  const hosts = createHosts({
    times: { ...usualTimes, ...choices.times },
    now: () => performance.now(),
    random: Math.random,
    askNeutral: (connection, model, signal) => askNeutral(parts, connection, model, signal),
    watchNetwork,
  });
  return {
    complete: (call, options) => completeWithRetries(parts, hosts, call, options),
    gate: hosts.gate,
    tryNow: hosts.tryNow,
    idle: hosts.idle,
  };
}

/** A small question that holds nothing of anybody, on record as any other call. */
async function askNeutral(
  parts: AttemptParts,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<NeutralAnswer> {
  const client = await connection.client();
  if (!client.ok) return { left: false, failure: client.error };
  const call = neutralQuestion(model);
  const body = toChatBody(call, connection.quirksOf(model));
  const attempt = { number: 1, body, client: client.value, key: client.value.apiKey ?? '' };
  const result = await attemptOnce(parts, call, { connection, signal }, attempt, null);
  if (result === 'held back' || signal.aborted) return { left: false, failure: null };
  if (result.ok) return { left: true, failure: null };
  return { left: result.error.callId !== null, failure: result.error.problem };
}
