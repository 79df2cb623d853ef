import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Connection } from '../../src/main/llm/connection.ts';
import { createHostGate, type HostGate, type NeutralAnswer, type Visit } from '../../src/main/llm/host-gate.ts';
import type { HostTimes } from '../../src/main/llm/host-health.ts';
import { type Problem, problem } from '../../src/shared/problem.ts';
import { chatCall, openWorkbench } from './workbench.ts';

const host = 'api.example.com';
const gone = problem('connection_failed', { host, reason: 'refused' });
const forbidden = problem('forbidden', { host });
const limited = problem('rate_limited', { host }, { retryAfterMs: 3_600_000 });

const times: HostTimes = {
  firstPauseMs: 500,
  longestPauseMs: 60_000,
  probeLeaseMs: 60_000,
  idleMs: 300,
  refusesForMs: 2_000,
};

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What the host does at the moment; null if it answers. */
interface Weather {
  failure: Problem | null;
}

/** A gate with a host behind it, and the invariants that must hold. */
function open(seed: number) {
  const random = randomFrom(seed);
  const weather: Weather = { failure: null };
  const sent = { whileAway: 0, probes: 0, probesAtOnce: 0, most: 0 };
  const probed = async <T>(work: () => Promise<T>): Promise<T> => {
    sent.probes += 1;
    sent.probesAtOnce += 1;
    sent.most = Math.max(sent.most, sent.probesAtOnce);
    try {
      return await work();
    } finally {
      sent.probesAtOnce -= 1;
    }
  };
  const askNeutral = (_: Connection, signal: AbortSignal): Promise<NeutralAnswer> =>
    probed(async () => {
      await later(random() * 400);
      return signal.aborted ? { left: false, failure: null } : { left: true, failure: weather.failure };
    });
  const gate: HostGate = createHostGate({ times, now: Date.now, random, onReturn: () => {}, askNeutral });
  return { gate, random, weather, sent, probed };
}

type Bench = ReturnType<typeof open>;

interface Called {
  readonly subject: string;
  readonly signal: AbortSignal;
  readonly poison: Problem | null;
  readonly urgent: boolean;
}

/** A call as the gateway makes it, its attempts and its end. */
async function call(bench: Bench, { subject, signal, poison, urgent }: Called): Promise<string> {
  const { gate, random, weather, sent } = bench;
  const visit: Visit = gate.visit({ subject, signal, urgent, connection: {} as Connection });
  for (;;) {
    const refused = await visit.admit();
    if (signal.aborted) {
      visit.roundOver();
      return 'aborted';
    }
    if (refused !== null) return 'refused';
    // Recording the request.
    await later(random() * 1_000);
    if (signal.aborted || !visit.leaves()) {
      visit.roundOver();
      if (signal.aborted) return 'aborted';
      continue;
    }
    const isHeld = gate.hold() !== null;
    const exchange = async () => {
      await later(random() * 400);
      return weather.failure ?? poison;
    };
    if (isHeld && !urgent && gate.hold()?.probing !== true) sent.whileAway += 1;
    const failure = await (isHeld && !urgent ? bench.probed(exchange) : exchange());
    if (!signal.aborted) visit.ended(failure);
    visit.roundOver();
    if (signal.aborted) return 'aborted';
    if (failure === null) return 'done';
    if (urgent) return 'failed';
    if (visit.failures() < 3) await later(random() * 800);
    else {
      const verdict = await visit.verdict(failure);
      if (verdict.is !== 'again') return verdict.is;
    }
  }
}

describe('under random failures of host and calls', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('every call ends, and while the host is away only probes leave, one at a time', async () => {
    let probes = 0;
    for (let seed = 0; seed < 150; seed += 1) {
      const bench = open(seed);
      const { begun, ended } = await live(bench);
      const { sent, gate } = bench;
      expect(ended, `with seed ${seed}`).toHaveLength(begun);
      expect(sent, `with seed ${seed}`).toMatchObject({ whileAway: 0, probesAtOnce: 0 });
      expect(sent.most, `with seed ${seed}`).toBeLessThanOrEqual(1);
      expect([gate.isBusy(), vi.getTimerCount()], `with seed ${seed}`).toEqual([false, 0]);
      probes += sent.probes;
    }
    expect(probes, 'hosts were away').toBeGreaterThan(300);
  });
});

/** Calls of all kinds under changing failures, with jumps of the clock; then hours in which the host answers. */
async function live(bench: Bench): Promise<{ readonly begun: number; readonly ended: readonly string[] }> {
  const { random, weather } = bench;
  const ended: string[] = [];
  let begun = 0;
  const begin = (urgent: boolean) => {
    const controller = new AbortController();
    begun += 1;
    const poison = random() < 0.1 ? ([gone, forbidden, limited][Math.floor(random() * 3)] ?? gone) : null;
    const subject = urgent ? `message ${begun}` : `file ${Math.floor(begun / 3)}`;
    void call(bench, { subject, signal: controller.signal, poison, urgent }).then((end) => ended.push(end));
    if (random() < 0.15) setTimeout(() => controller.abort(), random() * 5_000);
  };
  for (let step = 0; step < 60; step += 1) {
    const dice = random();
    if (dice < 0.5) for (let more = random() * 5; more > 0; more -= 1) begin(random() < 0.1);
    else if (dice < 0.6) weather.failure = gone;
    else if (dice < 0.63) weather.failure = forbidden;
    else if (dice < 0.75) weather.failure = null;
    await vi.advanceTimersByTimeAsync(random() < 0.05 ? random() * 200_000 : random() * 400);
  }
  weather.failure = null;
  await vi.advanceTimersByTimeAsync(7_200_000);
  return { begun, ended };
}

it('a call cancelled as it becomes the probe does not hold up the next probe', async () => {
  const bench = await openWorkbench();
  onTestFinished(() => bench.close());
  const gate = bench.gateway.gate(bench.connection, 'gpt-4o-mini');
  const ask = (subject: string, signal: AbortSignal) =>
    bench.complete(chatCall(subject), { signal, patient: { subject, onSuspect: () => {} } });
  const others = new AbortController();
  const failing = ['a', 'b'].map((subject) => ask(subject, others.signal));
  await vi.waitUntil(() => gate.hold() !== null, { timeout: 10_000 });
  const controller = new AbortController();
  // As in a batch whose wait for its host has run out.
  gate.onChange(() => {
    if (gate.hold()?.probing === true) controller.abort();
  });
  const result = await ask('c', controller.signal);

  expect(result).toMatchObject({ ok: false, error: { problem: { code: 'cancelled' } } });
  expect(gate.hold()?.probing).toBe(false);
  others.abort();
  await Promise.all(failing);
});
