import { describe, expect, it } from 'vitest';
import { createHostHealth, type HostHealth, type HostTimes } from '../../src/main/llm/host-health.ts';
import { type Problem, problem } from '../../src/shared/problem.ts';

const host = 'api.example.com';
const gone = problem('connection_failed', { host, reason: 'refused' });
const overloaded = problem('server_error', { host, during: 'request' });
const forbidden = problem('forbidden', { host });
const unauthorized = problem('unauthorized', { host });
const badRequest = problem('bad_request', { host });
const signIn = problem('bad_response', { host, reason: 'not_json' });
const timedOut = (wasAlive: boolean) => problem('timeout_first_token', { host, waitedMs: 60_000, wasAlive });
const limited = (retryAfterMs?: number) => problem('rate_limited', { host }, { retryAfterMs });

const times: HostTimes = {
  firstPauseMs: 500,
  longestPauseMs: 60_000,
  probeLeaseMs: 60_000,
  idleMs: 300,
  refusesForMs: 2_000,
};

/** A host, and a clock that advances only when told to. */
function open() {
  let time = 1_000;
  // Without jitter.
  const health: HostHealth = createHostHealth(times, { now: () => time, random: () => 1 });
  const attempt = (subject: string, failure: Problem | null, leftAt = time) =>
    health.ended({ subject, failure, leftAt });
  /** Sends the probe that is due and ends it at once. */
  const probe = (failure: Problem | null, { subject = 'neutral', isNeutral = true } = {}) => {
    time = Math.max(time, health.hold()?.probeAt ?? time);
    const number = health.probeBegins();
    return health.ended({ subject, failure, leftAt: time, probe: number, isNeutral });
  };
  return {
    health,
    attempt,
    probe,
    now: () => time,
    wait: (ms: number) => {
      time += ms;
    },
  };
}

describe('a host is held', () => {
  it('when two different files fail alike and nothing succeeds in between, since the first failure', () => {
    const { health, attempt, wait } = open();
    expect(attempt('a', gone)).toBe('same');
    wait(50);
    expect(attempt('a', gone)).toBe('same');
    expect(attempt('b', overloaded)).toBe('held');
    expect(health.hold()).toMatchObject({ since: 1_000, confirmed: false, problem: overloaded });
  });

  it('not when one file fails again and again', () => {
    const { health, attempt } = open();
    for (let n = 0; n < 20; n += 1) attempt('a', gone);
    expect(health.hold()).toBeNull();
  });

  it('not when something succeeds in between', () => {
    const { health, attempt } = open();
    attempt('a', gone);
    attempt('b', null);
    attempt('c', gone);
    expect(health.hold()).toBeNull();
  });

  it.each<[string, Problem]>([
    ['a refused request', badRequest],
    ['a text that is too long', problem('context_too_long', { what: 'request' })],
    ['a text against its policy', problem('content_refused', { host, what: 'text' })],
  ])('not by %s, which shows that it works (sglang #25811, vllm-router #60)', (_, failure) => {
    const { health, attempt } = open();
    attempt('a', gone);
    attempt('b', failure);
    attempt('c', gone);
    expect(health.hold()).toBeNull();
    for (const subject of ['d', 'e', 'f']) attempt(subject, failure);
    expect(health.hold()).toBeNull();
  });

  it('not by refusals of different kinds, nor by calls asked to wait briefly', () => {
    const { health, attempt } = open();
    attempt('a', forbidden);
    attempt('b', unauthorized);
    for (const subject of ['c', 'd', 'e']) attempt(subject, limited(2_000));
    expect(health.hold()).toBeNull();
  });

  it('by silence, but not by calls that it keeps alive without words', () => {
    const silent = open();
    for (const subject of ['a', 'b']) silent.attempt(subject, timedOut(false));
    expect(silent.health.hold()).not.toBeNull();
    const busy = open();
    for (const subject of ['a', 'b', 'c']) busy.attempt(subject, timedOut(true));
    expect(busy.health.hold()).toBeNull();
  });

  it('not by calls cancelled on this side', () => {
    const { health, attempt } = open();
    attempt('a', problem('cancelled', { what: 'call' }));
    attempt('b', problem('cancelled', { what: 'call' }));
    expect(health.hold()).toBeNull();
  });

  it('as refusing if no model ever answered, and as away if one did', () => {
    const never = open();
    never.attempt('a', signIn);
    never.attempt('b', signIn);
    expect(never.health.hold()?.needsNeutral).toBe(true);
    const once = open();
    once.attempt('a', null);
    once.attempt('b', signIn);
    once.attempt('c', signIn);
    expect(once.health.hold()?.needsNeutral).toBe(false);
  });
});

describe('a held host', () => {
  function held() {
    const bench = open();
    bench.attempt('a', gone);
    bench.attempt('b', gone);
    return bench;
  }

  it('is probed after pauses that grow with the outage, up to a maximum', () => {
    const { health, probe, now } = held();
    const pauses: number[] = [];
    for (let n = 0; n < 60; n += 1) {
      const before = now();
      probe(gone);
      pauses.push(Math.round(now() - before));
    }
    expect(pauses[0]).toBe(500);
    expect(pauses.slice(1).every((pause, index) => pause >= (pauses[index] ?? 0))).toBe(true);
    expect(pauses.at(-1)).toBe(60_000);
    // Its return is noticed within a fifth of the outage.
    const at = pauses.findIndex((_, index) => pauses.slice(0, index).reduce((sum, ms) => sum + ms, 0) > 10_000);
    expect(pauses[at]).toBeLessThan(2_600);
    expect(health.hold()?.since).toBe(1_000);
  });

  it('is known to be away once a neutral question has failed too', () => {
    const { health, probe } = held();
    probe(gone, { subject: 'c', isNeutral: false });
    expect(health.hold()).toMatchObject({ confirmed: false, needsNeutral: true });
    probe(gone);
    expect(health.hold()?.confirmed).toBe(true);
  });

  it('is released at the first sign of life, even without a probe, and failures during the outage do not count', () => {
    const { health, attempt, probe, wait, now } = held();
    const failedAt = now();
    probe(gone);
    wait(5_000);
    expect(attempt('a chat message', null)).toBe('alive');
    expect(health.hold()).toBeNull();
    expect(health.wasAway(failedAt, failedAt)).toBe(true);
    wait(1);
    expect(health.wasAway(now(), now())).toBe(false);
  });

  it('lets failures count if it turns out not to have been away', () => {
    const { health, probe, now } = held();
    const failedAt = now();
    probe(null, { subject: 'c', isNeutral: false });
    expect(health.hold()).toBeNull();
    expect(health.wasAway(failedAt, failedAt)).toBe(false);
  });

  it('is not considered away for longer because of replies in flight when the outage began', () => {
    const { health, attempt, probe, wait, now } = open();
    const before = now();
    wait(10);
    const failedAt = now();
    attempt('a', signIn, before);
    wait(10);
    attempt('b', null, before);
    expect(health.answeredSince(failedAt)).toBe(false);
    wait(10);
    attempt('c', gone);
    attempt('d', gone);
    probe(gone);
    expect(health.wasAway(failedAt, failedAt)).toBe(true);
  });

  it('excuses attempts that left before the outage and failed after it began', () => {
    const { health, attempt, probe, wait, now } = open();
    const leftAt = now();
    wait(10);
    attempt('a', gone);
    attempt('b', gone);
    probe(gone);
    attempt('c', null);
    wait(60_000);
    expect(health.wasAway(leftAt, now())).toBe(true);
    expect(health.wasAway(now(), now())).toBe(false);
  });

  it('excuses attempts in flight when the network changed', () => {
    const { health, wait, now } = open();
    const leftAt = now();
    wait(10);
    health.wayChanged();
    wait(60_000);
    expect(health.wasAway(leftAt, now())).toBe(true);
    expect(health.wasAway(now(), now())).toBe(false);
  });

  it('gets the next probe even if the last one never ends (OmniRoute #13836)', () => {
    const { health, now } = held();
    health.probeBegins();
    expect(health.hold()).toMatchObject({ probing: true, probeAt: now() + times.probeLeaseMs });
  });

  it('is not affected by the late failure of an older probe (OmniRoute #13849), but by its success', () => {
    const { health, wait, now } = held();
    const old = health.probeBegins();
    wait(times.probeLeaseMs);
    health.probeBegins();
    health.ended({ subject: 'neutral', failure: gone, leftAt: now(), probe: old, isNeutral: true });
    expect(health.hold()?.probing).toBe(true);
    expect(health.ended({ subject: 'neutral', failure: null, leftAt: now(), probe: old })).toBe('alive');
  });

  it.each<[string, Problem]>([
    ['that was cancelled', problem('cancelled', { what: 'call' })],
    ['that could not be recorded', problem('store_failed', { what: 'call', cause: 'disk_full' })],
  ])('is probed again after a probe %s (nora #585, opossum #388)', (_, failure) => {
    const { health, probe, now } = held();
    expect(probe(failure)).toBe('same');
    health.probeAbandoned(1);
    expect(health.hold()).toMatchObject({ probing: false });
    expect(health.hold()?.probeAt).toBeGreaterThan(now());
  });

  it('is not called before the time it asked for, taking the longest wait of all answers (litellm #40130)', () => {
    const { health, attempt, probe, now } = open();
    attempt('a', limited(600_000));
    attempt('b', limited(600_000));
    const asked = now() + 600_000;
    // The wait may have been meant for one file, so it does not delay the first probe.
    expect(health.hold()?.probeAt).toBe(now() + times.firstPauseMs);
    probe(limited(1_000));
    attempt('c', limited(1_000));
    expect(health.hold()?.probeAt).toBe(asked);
    health.probeSoon();
    expect(health.hold()?.probeAt).toBe(now());
  });

  it('is not left alone longer because of a wait meant for one file', () => {
    const { health, attempt, probe, now } = open();
    attempt('a', limited(7_200_000));
    attempt('b', limited(7_200_000));
    probe(limited(7_200_000), { subject: 'c', isNeutral: false });
    expect(health.hold()?.probeAt).toBeLessThan(now() + 1_000);
    expect(probe(null)).toBe('alive');
  });

  it('gets short pauses again after a change, such as a sleep', () => {
    const { health, probe, wait, now } = held();
    for (let n = 0; n < 40; n += 1) probe(gone);
    wait(1_000);
    health.probeSoon();
    expect(health.hold()?.probeAt).toBe(now());
    probe(gone);
    expect((health.hold()?.probeAt ?? 0) - now()).toBe(times.firstPauseMs);
  });
});

describe('a host that refuses', () => {
  it('is recognised when neutral questions are refused alike for a while', () => {
    const { attempt, probe, now } = open();
    attempt('a', unauthorized);
    expect(attempt('b', unauthorized)).toBe('held');
    const turns: string[] = [];
    while (turns.at(-1) !== 'refused') turns.push(probe(unauthorized));
    expect(turns.length).toBeGreaterThanOrEqual(3);
    expect(now()).toBeGreaterThanOrEqual(1_000 + times.refusesForMs);
    expect(now()).toBeLessThan(6_000);
  });

  it('is ruled out when a neutral question is answered: only the files were refused', () => {
    const { health, attempt, probe } = open();
    attempt('a', forbidden);
    attempt('b', forbidden);
    expect(probe(null)).toBe('alive');
    expect(health.hold()).toBeNull();
  });

  it('is not one that was away and is briefly replaced by another server', () => {
    const { health, attempt, probe } = open();
    attempt('a', gone);
    attempt('b', gone);
    probe(gone);
    probe(problem('not_found', { host }));
    probe(problem('not_found', { host }));
    probe(overloaded);
    probe(problem('not_found', { host }));
    expect(health.hold()).not.toBeNull();
    expect(probe(null)).toBe('alive');
  });

  it('gets a neutral question if a single call has nothing to be compared with', () => {
    const { health, attempt, probe } = open();
    attempt('a', forbidden);
    health.doubt(forbidden);
    expect(health.hold()).toMatchObject({ needsNeutral: true, confirmed: false });
    expect(probe(null)).toBe('alive');
  });
});

describe('a host that keeps calls alive without words', () => {
  function doubted() {
    const bench = open();
    bench.attempt('a', timedOut(true));
    bench.health.doubt(timedOut(true));
    return bench;
  }

  it('works if a neutral question is answered', () => {
    const { health, probe } = doubted();
    expect(health.hold()).toMatchObject({ needsNeutral: true, confirmed: false });
    expect(probe(null)).toBe('alive');
    expect(health.wasAway(0, Number.POSITIVE_INFINITY)).toBe(false);
  });

  it('is away if the neutral question gets no words either, and waiting calls are repeated', () => {
    const { health, probe } = doubted();
    expect(probe(timedOut(true))).toBe('held');
    expect(health.hold()).toMatchObject({ confirmed: true });
    expect(probe(null)).toBe('alive');
    expect(health.wasAway(1_000, 1_000)).toBe(true);
  });

  it('does not end an outage that way', () => {
    const { health, attempt, probe } = open();
    attempt('a', overloaded);
    attempt('b', overloaded);
    expect(probe(timedOut(true), { subject: 'c', isNeutral: false })).toBe('same');
    expect(health.hold()).not.toBeNull();
  });
});
