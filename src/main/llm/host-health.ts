/**
 * Whether a host is away, told from what becomes of the calls to it. Pure: no timers, and a clock that is handed in.
 *
 * What one call meets may be its own doing: a text that a firewall does not let pass, a document that crashes a
 * worker. So a failure counts against the host only when *different* subjects (files, messages) fail alike and nothing
 * succeeds in between. Then the host is *held*: nothing is sent but a probe, one at a time, until there is a sign of life.
 */
import type { Problem } from '../../shared/problem.ts';
import { type Sign, signOf } from './signs.ts';

/** All in milliseconds. */
export interface HostTimes {
  /** Before the first probe. */
  readonly firstPauseMs: number;
  /** Pauses grow with the time that a host is away, up to this. */
  readonly longestPauseMs: number;
  /** A probe that is not answered by then does not keep the next one from being sent. */
  readonly probeLeaseMs: number;
  /** How long nothing may be on its way before a failed call without any other evidence is looked into. */
  readonly idleMs: number;
  /** A host that refuses must do so for this long: a model that is being loaded is not known for a moment. */
  readonly refusesForMs: number;
}

export const usualTimes: HostTimes = {
  firstPauseMs: 500,
  longestPauseMs: 60_000,
  probeLeaseMs: 60_000,
  idleMs: 300,
  refusesForMs: 2_000,
};

/** A pause is at most this part of the time that the host has been away, so that its return is noticed soon after. */
const PAUSE_SHARE = 0.2;
/** So many different subjects that fail alike are not by chance. */
const ALIKE = 2;
/** Questions that hold nothing of a file, and are refused alike, before it is the host that refuses. */
const REFUSED_QUESTIONS = 3;
/** Outages that are remembered. */
const REMEMBERED = 100;

/** Milliseconds of a monotonic clock, and numbers from 0 to 1. */
export interface Chance {
  readonly now: () => number;
  readonly random: () => number;
}

export interface Hold {
  readonly problem: Problem;
  /** Of the first failure. */
  readonly since: number;
  /** A question that holds nothing of anybody failed too: it is the host, and no chance. */
  readonly confirmed: boolean;
  /** The next probe is to be such a question: that of a real call would tell less, and was sent already. */
  readonly needsNeutral: boolean;
  /** When the next probe is due. */
  readonly probeAt: number;
  /** A probe is on its way. */
  readonly probing: boolean;
}

/** What became of the host with the end of an attempt. */
export type Turn = 'same' | 'held' | 'alive' | 'refused';

export interface Attempted {
  /** What the attempt was about: attempts for the same file have the same. */
  readonly subject: string;
  readonly leftAt: number;
  /** Null when it succeeded. */
  readonly failure: Problem | null;
  /** The number that `probeBegins` gave. */
  readonly probe?: number | undefined;
  /** It held nothing of a file. */
  readonly isNeutral?: boolean;
  /** The call will not be tried again by itself. */
  readonly isLast?: boolean;
}

export interface HostHealth {
  hold(): Hold | null;
  /** Takes in the end of an attempt that left. */
  ended(attempt: Attempted): Turn;
  /** A call failed for good, and nothing else is on its way that could tell whether the host is to blame. */
  doubt(problem: Problem): void;
  /** @returns the number of the probe. */
  probeBegins(): number;
  /** A probe came to no end that says anything: the next may follow. */
  probeAbandoned(probe: number): void;
  /** The next probe is due now, and pauses grow anew. */
  probeSoon(): void;
  /** Whether that subject has not failed since it last succeeded. */
  isFresh(subject: string): boolean;
  /** Whether what left after that moment was answered, and nobody else is in trouble since. */
  lives(since: number, subject: string): boolean;
  /** Whether what left after that moment was answered. */
  answeredSince(at: number): boolean;
  /** Whether the host was away at some moment of that time, or the way to it changed. */
  wasAway(from: number, to: number): boolean;
  /** The way to the host may be another from now on: what is on its way may never be answered. */
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
  /** Until when the host asks not to be called. */
  askedUntil: number;
  refusedQuestions: number;
  refusesSince: number;
}

export function createHostHealth(times: HostTimes, { now, random }: Chance): HostHealth {
  /** When the latest request left that was answered. A reply that was on its way when trouble began says nothing of it. */
  let answeredLeftAt = Number.NEGATIVE_INFINITY;
  /** Failures after which nothing has left and been answered yet, oldest first. */
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
      // Whether it is the host or one file is asked with no further file, but for an outage, which harms none.
      needsNeutral: sign !== 'away',
      sign,
      // Whatever it asks for: it may have been meant for one file, which a probe with another one tells.
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
    // A later, shorter wish does not take back an earlier, longer one.
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
