import { sleep } from '../common/sleep.ts';
import type { Reads, Writes } from '../store/operations.ts';
import type { BegunCall, CallIntent, CallOutcome } from './call-record.ts';
import type { Departures } from './departures.ts';
import { createLine } from './line.ts';

const NOTHING: Departures = { calls: 0, bytes: 0, hosts: [] };

const RETRY_OUTCOME_AFTER_MS = 2_000;

/** The two phases of every model call, and the counts for the status line. */
export interface Audit {
  /**
   * Resolves once the intent is durable; only then may the request be sent. Rejects with StoreError.
   * @param room how many of the queued calls, including this one, may be released; those behind them are on record as
   * not sent. Without it, the call does not queue.
   */
  begin(intent: CallIntent, room?: number): Promise<BegunCall>;
  /** The call's turn has come. Resolves once it is durable that it may have been sent. Rejects with StoreError. */
  mayLeave(callId: number): Promise<void>;
  /** A begun call's request is being sent now, unless its outcome says otherwise. */
  leave(callId: number, intent: CallIntent): void;
  /** Queues the outcome and returns at once; it is written off the reply path. */
  end(outcome: CallOutcome): void;
  inFlight(): number;
  /** Since local midnight. */
  departedToday(): Departures;
  /** Resolves once every queued outcome is written or has failed for good. */
  drain(): Promise<void>;
}

export interface AuditParts {
  readonly write: Pick<Writes, 'beginCall' | 'releaseCalls' | 'endCall'>;
  readonly departuresSince: Reads['departuresSince'];
  /** A call was sent or ended. */
  readonly onChange: () => void;
  /** An outcome could not be written (a full disk, say); it will be retried. */
  readonly onTrouble: (error: unknown) => void;
  readonly now: () => number;
  /** Delay before retrying to write an outcome; 2 s by default. */
  readonly retryOutcomeAfterMs?: number;
}

export async function createAudit(parts: AuditParts): Promise<Audit> {
  const pending = new Set<Promise<void>>();
  const retryAfterMs = parts.retryOutcomeAfterMs ?? RETRY_OUTCOME_AFTER_MS;
  const draining = new AbortController();
  const inFlight = new Map<number, CallIntent>();
  const line = createLine(parts.write);
  let midnight = startOfDay(parts.now());
  let lastBegun = 0;
  /** Totals of the calls sent since midnight that have ended. */
  let departed: Departures = await parts.departuresSince(midnight);

  const rollDay = () => {
    const today = startOfDay(parts.now());
    if (today === midnight) return;
    midnight = today;
    departed = NOTHING;
    // After a clock or time zone change, calls may also belong to the new day.
    const add = (before: Departures) => {
      if (midnight !== today) return;
      departed = sum(before, departed);
      parts.onChange();
    };
    // Calls in flight and later ones are counted when they end, possibly before the store has been read.
    const ended = { upTo: lastBegun, without: [...inFlight.keys()] };
    // An unreadable store is reported elsewhere.
    parts.departuresSince(today, ended).then(add, () => {});
  };

  const leftToday = (intent: CallIntent) => (intent.createdAt >= midnight ? departureOf(intent) : NOTHING);

  const land = ({ callId, sent }: CallOutcome) => {
    rollDay();
    line.drop(callId);
    const intent = inFlight.get(callId);
    inFlight.delete(callId);
    if (intent !== undefined && sent) departed = sum(departed, leftToday(intent));
  };

  /** Retries until written; once the audit is draining, only one more time. */
  const write = async (outcome: CallOutcome): Promise<void> => {
    for (;;) {
      const isLast = draining.signal.aborted;
      try {
        return await parts.write.endCall(outcome);
      } catch (error) {
        parts.onTrouble(error);
        if (isLast) return;
        await sleep(retryAfterMs, draining.signal);
      }
    }
  };

  return {
    begin: async (intent, room) => {
      const begun = await (room === undefined ? parts.write.beginCall(intent) : line.begin(intent, room));
      if ('callId' in begun) lastBegun = Math.max(lastBegun, begun.callId);
      return begun;
    },
    mayLeave: line.leave,
    leave: (callId, intent) => {
      inFlight.set(callId, intent);
      parts.onChange();
    },
    end: (outcome) => {
      land(outcome);
      const written = write(outcome).finally(() => pending.delete(written));
      pending.add(written);
      parts.onChange();
    },
    inFlight: () => inFlight.size,
    departedToday: () => {
      rollDay();
      return [...inFlight.values()].map(leftToday).reduce(sum, departed);
    },
    drain: async () => {
      draining.abort();
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

function departureOf({ local, requestBytes, host }: CallIntent): Departures {
  return local ? NOTHING : { calls: 1, bytes: requestBytes, hosts: [host] };
}

function sum(a: Departures, b: Departures): Departures {
  const hosts = b.hosts.every((host) => a.hosts.includes(host)) ? a.hosts : [...new Set([...a.hosts, ...b.hosts])];
  return { calls: a.calls + b.calls, bytes: a.bytes + b.bytes, hosts };
}

function startOfDay(time: number): number {
  const date = new Date(time);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}
