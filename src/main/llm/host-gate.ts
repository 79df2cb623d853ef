/** Lets calls to one host leave, holds them while it is away, and sends the probes that detect its return. */
import type { Problem } from '../../shared/problem.ts';
import type { Connection } from './connection.ts';
import { createHeldCalls, type FailedAttempt } from './held-calls.ts';
import {
  type Attempted,
  type Chance,
  createHostHealth,
  type Hold,
  type HostHealth,
  type HostTimes,
  type Turn,
} from './host-health.ts';
import { isAnswer } from './signs.ts';
import type { Verdict, Visitor } from './visitor.ts';

/** One call and its attempts, as the gate sees them. */
export interface Visit {
  /**
   * Resolves once an attempt may be prepared: at once, unless the host is held. Resolves to a problem if it never may.
   */
  admit(): Promise<Problem | null>;
  /** Called right before an attempt leaves. False if the host has been held in the meantime. */
  leaves(): boolean;
  /** An attempt that left has ended; `failure` is null if it succeeded. */
  ended(failure: Problem | null): void;
  /** Called after each round, whether or not an attempt left in it. */
  roundOver(): void;
  /** How many attempts count as failed: those made while the host was away do not, unless a user is waiting. */
  failures(): number;
  /** Resolves once it is known whether the call or the host is at fault; at once if other calls are succeeding. */
  verdict(problem: Problem): Promise<Verdict>;
}

export interface HostGate {
  visit(visitor: Visitor): Visit;
  /** Null while calls may leave. Times are those of the injected clock. */
  hold(): Hold | null;
  /** Sends the next probe at once. */
  tryNow(): void;
  /** The network of this machine has changed: requests in flight may never be answered. */
  wayChanged(): void;
  /** Whether anything has answered there since this process called it first. */
  hasAnswered(): boolean;
  /** Whether any call is in flight or held. */
  isBusy(): boolean;
  /** @returns a function that unsubscribes. */
  onChange(listener: () => void): () => void;
  /** Resolves once no neutral question is in flight. */
  idle(): Promise<void>;
}

export interface GateParts extends Chance {
  readonly times: HostTimes;
  /** Called when a host that was held shows a sign of life. */
  readonly onReturn: () => void;
  /** Asks a question without user content. */
  readonly askNeutral: (connection: Connection, signal: AbortSignal) => Promise<NeutralAnswer>;
}

export interface NeutralAnswer {
  /** False if the question could not be sent. */
  readonly left: boolean;
  /** Null if it was answered. */
  readonly failure: Problem | null;
}

/** The longest delay a timer accepts. */
const LONGEST_TIMER_MS = 2_147_483_647;
const NEUTRAL = 'neutral question';

export function createHostGate(parts: GateParts): HostGate {
  const { now } = parts;
  const health: HostHealth = createHostHealth(parts.times, parts);
  const held = createHeldCalls(() => plan());
  const listeners = new Set<() => void>();
  /** Neutral questions in flight, each with the controller that aborts it. */
  const asking = new Map<Promise<void>, AbortController>();
  let inFlight = 0;
  let answered = false;
  let probeTimer: NodeJS.Timeout | undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  const isExcused = ({ leftAt, at }: FailedAttempt) => health.wasAway(leftAt, at);

  const reopen = () => {
    held.letAllLeave();
    held.judgeAll((failures) => {
      if (failures.some(isExcused)) return { is: 'again' };
      return failures.every(({ at }) => health.answeredSince(at)) ? { is: 'own' } : null;
    });
  };

  const react = (turn: Turn, problem: Problem | null) => {
    if (turn === 'alive') reopen();
    if (turn === 'refused' && problem !== null) held.refuseAll(problem);
    plan();
    if (turn !== 'same') tell();
  };

  const stopAsking = () => {
    for (const controller of asking.values()) controller.abort();
  };

  /** Resets the timers for whatever is due next. */
  const plan = () => {
    clearTimeout(probeTimer);
    clearTimeout(idleTimer);
    const hold = health.hold();
    if (held.isEmpty()) stopAsking();
    if (hold !== null && !held.isEmpty()) {
      probeTimer = setTimeout(probe, Math.min(LONGEST_TIMER_MS, Math.max(0, hold.probeAt - now())));
    } else if (hold === null && held.firstAccused() !== undefined && inFlight === 0) {
      idleTimer = setTimeout(investigate, parts.times.idleMs);
    }
  };

  /** No call is in flight whose outcome would show whether the host is at fault, so probe. */
  const investigate = () => {
    const first = held.firstAccused();
    if (first === undefined) return;
    health.doubt(first.problem);
    react('held', null);
  };

  const probe = () => {
    const hold = health.hold();
    if (hold === null) return;
    const number = health.probeBegins();
    const hasLeft = !hold.needsNeutral && held.probeWith(number, health.isFresh);
    const someone = held.anyone();
    if (!hasLeft && someone !== undefined) {
      const controller = new AbortController();
      const asked = askNeutral(someone.connection, number, controller.signal).finally(() => asking.delete(asked));
      asking.set(asked, controller);
    }
    plan();
    tell();
  };

  const askNeutral = async (connection: Connection, number: number, signal: AbortSignal): Promise<void> => {
    const leftAt = now();
    const { left, failure } = await parts.askNeutral(connection, signal);
    if (left) take({ subject: NEUTRAL, leftAt, failure, probe: number, isNeutral: true });
    health.probeAbandoned(number);
    plan();
  };

  /** Records the end of an attempt and acts on it. */
  const take = (attempt: Attempted) => {
    answered ||= isAnswer(attempt.failure);
    const wasHeld = health.hold() !== null;
    const turn = health.ended(attempt);
    react(turn, attempt.failure);
    if (turn === 'alive' && wasHeld) parts.onReturn();
  };

  const visit = (visitor: Visitor): Visit => {
    const { subject, signal, urgent } = visitor;
    const failed: FailedAttempt[] = [];
    let probe: number | undefined;
    let isOut = false;
    let leftAt = 0;

    const wait = () =>
      held.wait(visitor, (number) => {
        probe = number;
      });

    return {
      admit: async () => (urgent || health.hold() === null || signal.aborted ? null : wait()),
      leaves: () => {
        const hold = health.hold();
        // A probe of an earlier outage, or one that has been replaced, no longer counts.
        if (probe !== undefined && !health.isProbe(probe)) probe = undefined;
        const may = urgent || hold === null || probe !== undefined || mayProbe(hold, subject, health, now());
        if (!may) return false;
        if (!urgent && hold !== null) probe ??= health.probeBegins();
        inFlight += 1;
        isOut = true;
        leftAt = now();
        plan();
        return true;
      },
      ended: (failure) => {
        isOut = false;
        inFlight -= 1;
        take({ subject, leftAt, failure, probe });
        // Recorded after `take`, because an outage begins with its first failure, not a moment later.
        if (failure !== null) failed.push({ leftAt, at: now() });
      },
      roundOver: () => {
        if (isOut) inFlight -= 1;
        isOut = false;
        if (probe !== undefined) health.probeAbandoned(probe);
        probe = undefined;
        plan();
      },
      failures: () => (urgent ? failed : failed.filter((attempt) => !isExcused(attempt))).length,
      verdict: async (problem) => {
        const own = failed.filter((attempt) => !isExcused(attempt));
        const [first] = own;
        if (first === undefined) return { is: 'again' };
        if (health.lives(first.at, subject)) return { is: 'own' };
        take({ subject, leftAt, failure: problem, isLast: true });
        visitor.onSuspect?.(problem);
        const verdict = await held.judge(visitor, own, problem);
        if (verdict.is !== 'own') visitor.onSuspect?.(null);
        return verdict;
      },
    };
  };

  return {
    visit,
    hold: health.hold,
    hasAnswered: () => answered,
    tryNow: () => {
      health.probeSoon();
      plan();
    },
    wayChanged: () => {
      health.wayChanged();
      health.probeSoon();
      plan();
    },
    isBusy: () => inFlight > 0 || !held.isEmpty(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    idle: async () => {
      stopAsking();
      await Promise.all(asking.keys());
    },
  };
}

/** Whether a call that is about to leave anyway can serve as the next probe. */
function mayProbe(hold: Hold, subject: string, health: HostHealth, now: number): boolean {
  return !hold.probing && !hold.needsNeutral && now >= hold.probeAt && health.isFresh(subject);
}
