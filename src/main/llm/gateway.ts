/** The only way to call a model: every call is recorded, sent, watched, retried, and its outcome recorded. */
import { err, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { watchNetwork } from '../common/network-changes.ts';
import { completeWithRetries } from './attempts.ts';
import type { CallOptions } from './call-options.ts';
import { type CallFailure, notSent, type Reply } from './call-result.ts';
import { toChatBody } from './chat-body.ts';
import { type Connection, effortOf } from './connection.ts';
import type { HostGate, NeutralAnswer } from './host-gate.ts';
import { type HostTimes, usualTimes } from './host-health.ts';
import { createHosts, type Hosts } from './hosts.ts';
import type { ModelCall } from './model-call.ts';
import { createModelLists, type ModelLists } from './model-lists.ts';
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
  const lists = createModelLists({
    audit,
    now: parts.now,
    askNeutral: (connection, model, signal) => askNeutral(parts, connection, model, signal),
  });
  return {
    complete: (call, options) => completeKnown(parts, hosts, lists, call, options),
    gate: hosts.gate,
    tryNow: hosts.tryNow,
    idle: hosts.idle,
  };
}

/**
 * Checks before the first of the calls that nobody waits for that the server has the model, so that no file is sent
 * for nothing. An unknown model is reported with the names that the server lists.
 */
async function completeKnown(
  parts: AttemptParts,
  hosts: Hosts,
  lists: ModelLists,
  call: ModelCall,
  options: CallOptions,
): Promise<Result<Reply, CallFailure>> {
  const { connection, signal, patient } = options;
  const isNew = patient !== undefined && connection.settings.provider.llm && call.model !== '';
  if (isNew && !hosts.gate(connection, call.model).hasAnswered()) {
    const unknown = await lists.whyUnknown(connection, call.model, signal);
    if (unknown !== null) return err({ ...notSent(unknown), isTheHosts: true });
  }
  const result = await completeWithRetries(parts, hosts, call, options);
  if (result.ok || result.error.problem.code !== 'model_not_found') return result;
  return err({ ...result.error, problem: await lists.explain(result.error.problem, connection, call.model) });
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
