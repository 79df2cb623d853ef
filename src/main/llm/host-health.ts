/**
 * Decides from the outcomes of calls whether a host is away. Pure: no timers, and an injected clock.
 *
 * A failure may be the call's own fault: a text that a firewall blocks, a document that crashes a worker. So it
 * counts against the host only when *different* subjects (files, messages) fail alike and nothing succeeds in between.
 * Then the host is *held*: only probes are sent, one at a time, until it shows a sign of life.
 */
import type { Problem } from '../../shared/problem.ts';
import { type Sign, signOf } from './signs.ts';

/** All in milliseconds. */
export interface HostTimes {
  /** Delay before the first probe. */
  readonly firstPauseMs: number;
  /** Pauses between probes grow with the length of the outage, up to this. */
  readonly longestPauseMs: number;
  /** A probe unanswered for this long no longer holds up the next one. */
  readonly probeLeaseMs: number;
  /** How long no call must be in flight before a failed call without other evidence is investigated. */
  readonly idleMs: number;
  /** A refusal must last this long: a model that is just being loaded is briefly unknown. */
  readonly refusesForMs: number;
}

export const usualTimes: HostTimes = {
  firstPauseMs: 500,
  longestPauseMs: 60_000,
  probeLeaseMs: 60_000,
  idleMs: 300,
  refusesForMs: 2_000,
};

/** A pause is at most this fraction of the outage so far, so that the host's return is noticed soon. */
const PAUSE_SHARE = 0.2;
/** This many different subjects failing alike are no coincidence. */
const ALIKE = 2;
/** How many neutral questions must be refused in a row before the host counts as refusing. */
const REFUSED_QUESTIONS = 3;
/** How many past outages are kept. */
const REMEMBERED = 100;

/** An injected monotonic clock in milliseconds, and random numbers from 0 to 1. */
export interface Chance {
  readonly now: () => number;
  readonly random: () => number;
}

export interface Hold {
  readonly problem: Problem;
  /** When the first failure occurred. */
  readonly since: number;
  /** A neutral question failed too, so the host is at fault. */
  readonly confirmed: boolean;
  /** The next probe must be a neutral question: another real call would tell less, and one was already sent. */
  readonly needsNeutral: boolean;
  /** When the next probe is due. */
  readonly probeAt: number;
  /** A probe is in flight. */
  readonly probing: boolean;
}

/** How the end of an attempt changes the state of the host. */
export type Turn = 'same' | 'held' | 'alive' | 'refused';

export interface Attempted {
  /** What the attempt was about. Attempts for the same file share it. */
  readonly subject: string;
  readonly leftAt: number;
  /** Null when it succeeded. */
  readonly failure: Problem | null;
  /** The number returned by `probeBegins`. */
  readonly probe?: number | undefined;
  /** It was a neutral question, without user content. */
  readonly isNeutral?: boolean;
  /** The call will not be retried. */
  readonly isLast?: boolean;
}

export interface HostHealth {
  hold(): Hold | null;
  /** Records the end of an attempt that left. */
  ended(attempt: Attempted): Turn;
  /** A call failed for good, and no other is in flight that could show whether the host is at fault. */
  doubt(problem: Problem): void;
  /** @returns the number of the probe. */
  probeBegins(): number;
  /** Whether this is the probe that decides about the current outage. */
  isProbe(probe: number): boolean;
  /** A probe ended without evidence, so the next one may follow. */
  probeAbandoned(probe: number): void;
  /** Makes the next probe due now and restarts the growth of the pauses. */
  probeSoon(): void;
  /** Whether the subject has not failed since its last success. */
  isFresh(subject: string): boolean;
  /** Whether a request that left after `since` was answered, and no other subject has failed since. */
  lives(since: number, subject: string): boolean;
  /** Whether a request that left after `at` was answered. */
  answeredSince(at: number): boolean;
  /** Whether the host was away, or the network changed, at any time in this interval. */
  wasAway(from: number, to: number): boolean;
  /** The network may have changed: requests in flight may never be answered. */
  wayChanged(): void;
}

interface Streak {
  readonly alike: string;
  readonly subjects: Set<string>;
}

interface Outage {
  readonly from: number;
  readonly to: number;
}

interface HeldState {
  problem: Problem;
  readonly since: number;
  growsFrom: number;
  confirmed: boolean;
  needsNeutral: boolean;
  sign: Sign;
  probeAt: number;
  probe: number | null;
  /** Until when the host has asked not to be called. */
  askedUntil: number;
  refusedQuestions: number;
  refusesSince: number;
}

export function createHostHealth(times: HostTimes, { now, random }: Chance): HostHealth {
  /**
   * When the latest answered request left. A reply to a request sent before the trouble began proves nothing about it.
   */
  let answeredLeftAt = Number.NEGATIVE_INFINITY;
  /** Times of failures since the latest answered request left, oldest first. */
  let unanswered: number[] = [];
  let streak: Streak | null = null;
  let held: HeldState | null = null;
  let lastProbe = 0;
  const failing = new Set<string>();
  const outages: Outage[] = [];

  const wasAlive = () => answeredLeftAt > Number.NEGATIVE_INFINITY;

  const remember = (outage: Outage) => {
    outages.push(outage);
    if (outages.length > REMEMBERED) outages.shift();
  };

  const pause = (state: HeldState) => {
    const longest = Math.min(times.longestPauseMs, (now() - state.growsFrom) * PAUSE_SHARE);
    return Math.max(times.firstPauseMs, longest) * (0.5 + random() / 2);
  };

  const beginHold = (problem: Problem, since: number, sign: Sign) => {
    held = {
      problem,
      since,
      growsFrom: since,
      confirmed: false,
      // No further file is risked to find out whether the host or one file is at fault. An outage puts no file at risk.
      needsNeutral: sign !== 'away',
      sign,
      // Ignores the wait the host asked for: it may be meant for one file only, which a probe with another one shows.
      probeAt: now() + times.firstPauseMs * (0.5 + random() / 2),
      probe: null,
      askedUntil: now() + (problem.retryAfterMs ?? 0),
      refusedQuestions: 0,
      refusesSince: now(),
    };
  };

  const noteUnanswered = ({ subject }: Attempted) => {
    failing.add(subject);
    unanswered.push(now());
  };

  const addToStreak = (sign: Sign, { subject }: Attempted, problem: Problem) => {
    const alike = sign === 'away' ? sign : problem.code;
    if (streak?.alike !== alike) streak = { alike, subjects: new Set() };
    streak.subjects.add(subject);
    return streak;
  };

  const revive = ({ subject, leftAt }: Attempted): Turn => {
    answeredLeftAt = Math.max(answeredLeftAt, leftAt);
    unanswered = unanswered.filter((at) => at >= answeredLeftAt);
    streak = null;
    failing.delete(subject);
    if (held === null) return 'alive';
    if (held.confirmed) remember({ from: held.since, to: now() });
    held = null;
    return 'alive';
  };

  const probeFailed = (state: HeldState, sign: Sign, isNeutral: boolean): Turn => {
    state.probe = null;
    state.needsNeutral = true;
    if (isNeutral) {
      state.confirmed = true;
      if (state.refusedQuestions === 0) state.refusesSince = now();
      state.refusedQuestions = sign === 'refuses' ? state.refusedQuestions + 1 : 0;
    }
    if (state.refusedQuestions >= REFUSED_QUESTIONS && now() - state.refusesSince >= times.refusesForMs) {
      held = null;
      streak = null;
      return 'refused';
    }
    state.probeAt = Math.max(now() + pause(state), state.confirmed ? state.askedUntil : 0);
    return 'held';
  };

  const failedWhileHeld = (state: HeldState, sign: Sign, problem: Problem, attempt: Attempted): Turn => {
    const isProbe = attempt.probe !== undefined && attempt.probe === state.probe;
    // A later, shorter request to wait does not replace a longer one.
    state.askedUntil = Math.max(state.askedUntil, now() + (problem.retryAfterMs ?? 0));
    if (isProbe || sign === state.sign) {
      state.problem = problem;
      state.sign = sign;
    }
    return isProbe ? probeFailed(state, sign, attempt.isNeutral === true) : 'held';
  };

  return {
    hold: () =>
      held === null
        ? null
        : {
            problem: held.problem,
            since: held.since,
            confirmed: held.confirmed,
            needsNeutral: held.needsNeutral,
            probeAt: held.probeAt,
            probing: held.probe !== null,
          },
    ended: (attempt) => {
      const { failure } = attempt;
      const isProbe = attempt.probe !== undefined;
      const isLast = attempt.isLast === true || isProbe;
      const sign = signOf(failure, { wasAlive: wasAlive(), isLast, isNeutral: attempt.isNeutral === true });
      if (sign === 'alive' || failure === null) return revive(attempt);
      if (sign === 'none') return 'same';
      noteUnanswered(attempt);
      if (sign === 'wordless') return 'same';
      const { subjects } = addToStreak(sign, attempt, failure);
      if (held !== null) return failedWhileHeld(held, sign, failure, attempt);
      if (subjects.size < ALIKE) return 'same';
      beginHold(failure, unanswered[0] ?? now(), sign);
      return 'held';
    },
    doubt: (problem) => {
      const sign = signOf(problem, { wasAlive: wasAlive(), isLast: true });
      if (held === null) beginHold(problem, unanswered[0] ?? now(), sign);
    },
    probeBegins: () => {
      lastProbe += 1;
      if (held !== null) {
        held.probe = lastProbe;
        held.probeAt = now() + times.probeLeaseMs;
      }
      return lastProbe;
    },
    isProbe: (probe) => held?.probe === probe,
    probeAbandoned: (probe) => {
      if (held?.probe !== probe) return;
      held.probe = null;
      held.probeAt = now() + pause(held);
    },
    probeSoon: () => {
      if (held === null) return;
      held.growsFrom = now();
      held.probeAt = now();
      held.askedUntil = 0;
    },
    isFresh: (subject) => !failing.has(subject),
    lives: (since, subject) =>
      answeredLeftAt > since && (streak === null || (streak.subjects.size === 1 && streak.subjects.has(subject))),
    answeredSince: (at) => answeredLeftAt > at,
    wasAway: (from, to) =>
      (held?.confirmed === true && to >= held.since) ||
      outages.some((outage) => to >= outage.from && from <= outage.to),
    wayChanged: () => remember({ from: now(), to: now() }),
  };
}
