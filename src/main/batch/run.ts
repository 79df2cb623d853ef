/** One run of a batch: its state from its start to its end. */
import type { Batch, BatchStatus } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Emit } from '../common/emit.ts';
import type { Lease } from '../llm/connections.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { Store } from '../store/store.ts';
import type { BatchSetup } from './batch-record.ts';
import { type Claims, createClaims } from './claims.ts';
import { type HostWait, type HostWaitLimit, watchHost } from './host-wait.ts';
import type { ClaimedFrom } from './item-record.ts';
import { createProgressTracker, type ProgressTracker } from './progress.ts';
import { createReadArea, type ReadArea } from './read-area.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import { createStandstill, type Standstill } from './standstill.ts';
import { createTwins, type Twins } from './twins.ts';
import type { StopAs } from './walks.ts';
import type { Allowance } from './watch/allowance.ts';
import { createWorkInHand, type WorkInHand } from './work-in-hand.ts';

/** Which files of a batch are run; all that wait where nothing is named. */
export interface RunScope {
  /** The files of a trial. */
  readonly only?: readonly number[] | undefined;
  /** What its watch has found, as far as that allows. */
  readonly allowance?: Allowance | undefined;
}

export interface Run {
  readonly batch: Batch;
  readonly scope: RunScope;
  readonly readArea: ReadArea;
  readonly twins: Twins;
  readonly lease: Lease;
  readonly inHand: WorkInHand;
  readonly progress: ProgressTracker;
  readonly standstill: Standstill;
  readonly hostWait: HostWait;
  readonly claims: Claims;
  readonly refusals: Refusals;
  readonly ended: Promise<void>;
  readonly end: () => void;
  claiming: boolean;
  /** No file is left to take. */
  exhausted: boolean;
  ending: boolean;
  stopAs: StopAs | null;
  problem: Problem | null;
}

export interface RunParts {
  readonly store: Pick<Store, 'write'>;
  readonly gateway: Gateway;
  readonly emit: Emit;
  readonly hostWaitMs: HostWaitLimit;
}

/** A run that has not begun; a host that is away for too long halts it. */
export function createRun(parts: RunParts, { batch, paths }: BatchSetup, lease: Lease, scope: RunScope): Run {
  const { promise: ended, resolve: end } = withResolvers();
  const standstill = createStandstill();
  const gate = parts.gateway.gate(lease.connection, batch.model);
  const hostWait = watchHost(gate, parts.hostWaitMs, (problem) => halt(run, problem));
  const run: Run = {
    batch,
    scope,
    readArea: createReadArea(paths),
    twins: createTwins(),
    lease,
    inHand: createWorkInHand(),
    progress: createProgressTracker(batch, parts.emit, (now) => hostWait.current(now) ?? standstill.current(now)),
    standstill,
    hostWait,
    claims: createClaims(batch.id, claimedFrom(scope), parts.store.write.claimItems),
    refusals: createRefusals(),
    ended,
    end,
    claiming: false,
    exhausted: false,
    ending: false,
    stopAs: null,
    problem: null,
  };
  return run;
}

function claimedFrom({ only, allowance }: RunScope): Pick<ClaimedFrom, 'only' | 'foundOnly'> {
  return { only: only ?? null, foundOnly: allowance !== undefined };
}

/** What stopped one file would stop all: no further one is tried. */
export function halt(run: Run, problem: Problem): void {
  run.problem ??= problem;
  endEarly(run, 'interrupted');
}

/** Takes no further file, and gives up those in hand. */
export function endEarly(run: Run, as: StopAs): void {
  run.stopAs ??= as;
  run.exhausted = true;
  run.inHand.giveUpAll();
}

/** A trial leaves the others waiting for a go of their own, however it ends; a watch, those that it may not ask today. */
export function statusAtEnd({ scope, stopAs, progress }: Run): BatchStatus {
  const isPart = scope.only !== undefined || (scope.allowance !== undefined && stopAs === null);
  return isPart && progress.batch().counts.queued > 0 ? 'ready' : (stopAs ?? 'finished');
}

/** A trial that Docket's end cut off says so: it is ready as one that came to its end is. */
export function problemAtEnd({ problem: met, stopAs, scope }: Run, status: BatchStatus): Problem | null {
  const isTrialCutOff = status === 'ready' && stopAs === 'interrupted' && scope.only !== undefined;
  return met ?? (isTrialCutOff ? problem('interrupted', { what: 'trial' }) : null);
}

/** What a person cancelled is over; what was cut off goes on by itself. */
export function isByWatch({ scope }: Run): boolean {
  return scope.allowance !== undefined;
}

/** `Promise.withResolvers` is not in the Node of Electron 33. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
