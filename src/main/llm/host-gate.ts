/** Lets calls to one host leave, holds them back while it is away, and sends the probes that find out when it is back. */
import type { Problem } from '../../shared/problem.ts';
import type { Connection } from './connection.ts';
import {
  type Attempted,
  type Chance,
  createHostHealth,
  type Hold,
  type HostHealth,
  type HostTimes,
  type Turn,
} from './host-health.ts';

/** What to do with a call that would not be tried again by itself. */
export type Verdict =
  /** What it met is its own failure. */
  | { readonly is: 'own' }
  /** The host was away: the call goes back, as if it had not been made. */
  | { readonly is: 'again' }
  /** Every other call would meet the same. */
  | { readonly is: 'refused'; readonly problem: Problem };

/** One call on its way through its attempts. */
export interface Visit {
  /** Resolves when an attempt may be prepared: at once, unless the host is held. A problem when it never may. */
  admit(): Promise<Problem | null>;
  /** Asked right before an attempt leaves, which it must not when the host was held meanwhile. */
  leaves(): boolean;
  /** An attempt that left has ended; `failure` is null when it succeeded. */
  ended(failure: Problem | null): void;
  /** After each round, whether or not an attempt left in it. */
  roundOver(): void;
  /** Attempts that failed while the host was not away. */
  failures(): number;
  /** Resolves when it is known whose failure it is; at once where others succeed meanwhile. */
  verdict(problem: Problem): Promise<Verdict>;
}

export interface Visitor {
  /** What the call is about; others about the same have the same. */
  readonly subject: string;
  /** Somebody waits for it: it leaves whatever the host is thought to be. */
  readonly urgent: boolean;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Told when the call comes under suspicion of being what its host refuses, and null when it is cleared of it. */
  readonly onSuspect?: ((problem: Problem | null) => void) | undefined;
}

export interface HostGate {
  visit(visitor: Visitor): Visit;
  /** Null while calls leave. Times are of the clock that was handed in. */
  hold(): Hold | null;
  /** Sends the next probe at once. */
  tryNow(): void;
  /** The network of this machine has changed: what is on its way may never be answered. */
  wayChanged(): void;
  /** Whether calls are on their way or held. */
  isBusy(): boolean;
  /** @returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Resolves when no question of its own is on its way. */
  idle(): Promise<void>;
}

export interface GateParts extends Chance {
  readonly times: HostTimes;
  /** Told when a host that was held gives a sign of life. */
  readonly onReturn: () => void;
  /** Asks something that holds nothing of anybody. */
  readonly askNeutral: (connection: Connection, signal: AbortSignal) => Promise<NeutralAnswer>;
}

export interface NeutralAnswer {
  /** False when it could not be asked. */
  readonly left: boolean;
  /** Null when it was answered. */
  readonly failure: Problem | null;
}

interface Waiting {
  readonly visitor: Visitor;
  readonly go: (refused: Problem | null, probe?: number) => void;
}

interface Pending {
  readonly visitor: Visitor;
  readonly problem: Problem;
  readonly failures: readonly FailedAttempt[];
  readonly decide: (verdict: Verdict) => void;
}

/** An attempt that failed, by when it was on its way. */
interface FailedAttempt {
  readonly leftAt: number;
  readonly at: number;
}

/** The longest that a timer can be set to. */
const LONGEST_TIMER_MS = 2_147_483_647;
const NEUTRAL = 'neutral question';

export function createHostGate(parts: GateParts): HostGate {
  const { now } = parts;
  const health: HostHealth = createHostHealth(parts.times, parts);
  const waiting = new Set<Waiting>();
  const pending = new Set<Pending>();
  const listeners = new Set<() => void>();
  /** Questions of the gate's own that are on their way, with what ends them. */
  const asking = new Map<Promise<void>, AbortController>();
  let inFlight = 0;
  let probeTimer: NodeJS.Timeout | undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  const isExcused = ({ leftAt, at }: FailedAttempt) => health.wasAway(leftAt, at);

  const reopen = () => {
    for (const { go } of [...waiting]) go(null);
    for (const { decide, failures } of [...pending]) {
      if (failures.some(isExcused)) decide({ is: 'again' });
      else if (failures.every(({ at }) => health.answeredSince(at))) decide({ is: 'own' });
    }
  };

  const refuse = (problem: Problem) => {
    for (const { go } of [...waiting]) go(problem);
    for (const { decide } of [...pending]) decide({ is: 'refused', problem });
  };

  const react = (turn: Turn, problem: Problem | null) => {
    if (turn === 'alive') reopen();
    if (turn === 'refused' && problem !== null) refuse(problem);
    plan();
    if (turn !== 'same') tell();
  };

  const stopAsking = () => {
    for (const controller of asking.values()) controller.abort();
  };

  /** Sets the timers anew to what is due next. */
  const plan = () => {
    clearTimeout(probeTimer);
    clearTimeout(idleTimer);
    const hold = health.hold();
    const somebodyCares = waiting.size > 0 || pending.size > 0;
    if (!somebodyCares) stopAsking();
    if (hold !== null && somebodyCares) {
      probeTimer = setTimeout(probe, Math.min(LONGEST_TIMER_MS, Math.max(0, hold.probeAt - now())));
    } else if (hold === null && pending.size > 0 && inFlight === 0) {
      idleTimer = setTimeout(lookInto, parts.times.idleMs);
    }
  };

  /** Nobody is on the way whose fate would tell whether the host is to blame. */
  const lookInto = () => {
    const [first] = pending;
    if (first === undefined) return;
    health.doubt(first.problem);
    react('held', null);
  };

  const probe = () => {
    const hold = health.hold();
    if (hold === null) return;
    const number = health.probeBegins();
    const fresh = hold.needsNeutral ? undefined : [...waiting].find(({ visitor }) => health.isFresh(visitor.subject));
    const [someone] = [...waiting, ...pending];
    if (fresh !== undefined) fresh.go(null, number);
    else if (someone !== undefined) {
      const controller = new AbortController();
      const asked = askNeutral(someone.visitor.connection, number, controller.signal).finally(() =>
        asking.delete(asked),
      );
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

  const decided = (visitor: Visitor, failures: readonly FailedAttempt[], problem: Problem) =>
    new Promise<Verdict>((resolve) => {
      const decide = (verdict: Verdict) => {
        if (!pending.delete(entry)) return;
        visitor.signal.removeEventListener('abort', leave);
        resolve(verdict);
      };
      // Whoever gives a call up does not ask whose failure it was.
      const leave = () => decide({ is: 'own' });
      const entry = { visitor, problem, failures, decide };
      pending.add(entry);
      visitor.signal.addEventListener('abort', leave, { once: true });
      if (visitor.signal.aborted) leave();
      plan();
    });

  /** Takes the end of an attempt in, and does what follows from it. */
  const take = (attempt: Attempted) => {
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
      new Promise<Problem | null>((resolve) => {
        const go = (refused: Problem | null, number?: number) => {
          if (!waiting.delete(entry)) return;
          signal.removeEventListener('abort', leave);
          probe = number;
          plan();
          resolve(refused);
        };
        const leave = () => go(null);
        const entry = { visitor, go };
        waiting.add(entry);
        signal.addEventListener('abort', leave, { once: true });
        plan();
      });

    return {
      admit: async () => (urgent || health.hold() === null || signal.aborted ? null : wait()),
      leaves: () => {
        const hold = health.hold();
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
        // After that: an outage begins with its first failure, not a moment later.
        if (failure !== null) failed.push({ leftAt, at: now() });
      },
      roundOver: () => {
        if (isOut) inFlight -= 1;
        isOut = false;
        if (probe !== undefined) health.probeAbandoned(probe);
        probe = undefined;
        plan();
      },
      failures: () => failed.filter((attempt) => !isExcused(attempt)).length,
      verdict: async (problem) => {
        const own = failed.filter((attempt) => !isExcused(attempt));
        const [first] = own;
        if (first === undefined) return { is: 'again' };
        if (health.lives(first.at, subject)) return { is: 'own' };
        take({ subject, leftAt, failure: problem, isLast: true });
        visitor.onSuspect?.(problem);
        const verdict = await decided(visitor, own, problem);
        if (verdict.is !== 'own') visitor.onSuspect?.(null);
        return verdict;
      },
    };
  };

  return {
    visit,
    hold: health.hold,
    tryNow: () => {
      health.probeSoon();
      plan();
    },
    wayChanged: () => {
      health.wayChanged();
      health.probeSoon();
      plan();
    },
    isBusy: () => inFlight > 0 || waiting.size > 0 || pending.size > 0,
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

/** A call that is about to leave anyway spares the next probe. */
function mayProbe(hold: Hold, subject: string, health: HostHealth, now: number): boolean {
  return !hold.probing && !hold.needsNeutral && now >= hold.probeAt && health.isFresh(subject);
}
