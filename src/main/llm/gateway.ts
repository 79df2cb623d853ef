/** The only way to call a model: every call is recorded, sent, watched, retried, and its outcome recorded. */
import type { Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { watchNetwork } from '../common/network-changes.ts';
import { completeWithRetries } from './attempts.ts';
import type { CallOptions } from './call-options.ts';
import type { CallFailure, Reply } from './call-result.ts';
import { toChatBody } from './chat-body.ts';
import { type Connection, effortOf } from './connection.ts';
import type { HostGate, NeutralAnswer } from './host-gate.ts';
import { type HostTimes, usualTimes } from './host-health.ts';
import { createHosts } from './hosts.ts';
import type { ModelCall } from './model-call.ts';
import { neutralQuestion } from './neutral-question.ts';
import { createPacer } from './pacer.ts';
import { type AttemptParts, attemptOnce } from './recorded-attempt.ts';

export interface Gateway {
  complete(call: ModelCall, options: CallOptions): Promise<Result<Reply, CallFailure>>;
  /** The state of a host, shared by all calls to it. */
  gate(connection: Connection, model: string): HostGate;
  /** A host, or every host, may be reachable again: probes those that are away at once. */
  tryNow(host?: string): void;
  /** Resolves once no probe of the gateway is in flight. */
  idle(): Promise<void>;
}

/** Replacements for a gateway's defaults. */
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

/** A short question without user content, recorded like any other call. */
async function askNeutral(
  parts: AttemptParts,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<NeutralAnswer> {
  const client = await connection.client();
  if (!client.ok) return { left: false, failure: client.error };
  const call = neutralQuestion(model);
  const body = toChatBody(call, connection.quirksOf(model), effortOf(call, connection));
  const attempt = { number: 1, body, client: client.value, key: client.value.apiKey ?? '' };
  const result = await attemptOnce(parts, call, { connection, signal }, attempt, null);
  if (result === 'held back' || signal.aborted) return { left: false, failure: null };
  if (result.ok) return { left: true, failure: null };
  return { left: result.error.callId !== null, failure: result.error.problem };
}
