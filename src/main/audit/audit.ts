import { sleep } from '../sleep.ts';
import type { Reads, Writes } from '../store/operations.ts';
import type { Departures } from '../store/tables/call-history.ts';
import type { BegunCall, CallIntent, CallOutcome } from '../store/tables/calls.ts';
import { createLine } from './line.ts';

const NOTHING: Departures = { calls: 0, bytes: 0, hosts: [] };

const RETRY_OUTCOME_AFTER_MS = 2_000;

/** The two phases of every model call, and what the status line tells of them. */
export interface Audit {
  /**
   * Resolves when the intent is durable: only then may the request leave. Rejects with StoreError.
   * @param room how many of the calls that wait for their turn to leave, this one among them, may do so; what stands
   * behind them is on record as not having left. Left out, the call waits for nobody.
   */
  begin(intent: CallIntent, room?: number): Promise<BegunCall>;
  /** Its turn has come: resolves when it is durable that the call may have left. Rejects with StoreError. */
  mayLeave(callId: number): Promise<void>;
  /** The request of a call that was begun leaves now, unless its outcome says that it could not. */
  leave(callId: number, intent: CallIntent): void;
  /** Hands the outcome over and returns at once: it is written off the reply path. */
  end(outcome: CallOutcome): void;
  inFlight(): number;
  /** Since local midnight. */
  departedToday(): Departures;
  /** Resolves when every outcome that was handed over is written, or has failed for good. */
  drain(): Promise<void>;
}

export interface AuditParts {
  readonly write: Pick<Writes, 'beginCall' | 'releaseCalls' | 'endCall'>;
  readonly departuresSince: Reads['departuresSince'];
  /** A call left or ended. */
  readonly onChange: () => void;
  /** An outcome could not be written (a full disk); it is tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly now: () => number;
  /** How long an outcome that could not be written waits for the next try; 2 s by default. */
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
  /** Of the calls that have ended and had left since midnight. */
  let departed: Departures = await parts.departuresSince(midnight);

  const rollDay = () => {
    const today = startOfDay(parts.now());
    if (today === midnight) return;
    midnight = today;
    departed = NOTHING;
    // A clock that was set, or another time zone, leaves calls in the new day too.
    const add = (before: Departures) => {
      if (midnight !== today) return;
      departed = sum(before, departed);
      parts.onChange();
    };
    // Those in flight, and later ones, are counted when they end, which may be before the store has been read.
    const ended = { upTo: lastBegun, without: [...inFlight.keys()] };
    // A store that cannot be read fails louder elsewhere.
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

  /** Tries until it is written; once the audit drains, one more try is the last. */
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
