/** How a call ended. */
import { type Problem, problem } from '../../shared/problem.ts';
import type { Usage } from './token-usage.ts';

export interface Reply {
  readonly callId: number;
  /** The answer, without reasoning. */
  readonly text: string;
  /** The reasoning before it; empty if there was none, or the server kept it to itself. */
  readonly reasoning: string;
  /** All that came, as it is stored. */
  readonly raw: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  /** Why the built-in engine has no result; null if it has one. */
  readonly note: string | null;
  /** Of the last attempt. */
  readonly latencyMs: number;
  readonly timeToFirstTokenMs: number | null;
  /** How many attempts the call took. */
  readonly attempts: number;
}

/** A call that failed for good, with what had arrived. */
export interface CallFailure {
  readonly problem: Problem;
  /** The host or the account is at fault, so every other call would fail too. */
  readonly isTheHosts?: boolean;
  /** Of the last attempt; null if nothing was sent. */
  readonly callId: number | null;
  readonly partial: string;
  /** The reasoning before it. */
  readonly reasoning: string;
  /** Of the last attempt. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** 0 if nothing was sent. */
  readonly attempts: number;
}

/** The failure of a call of which nothing was sent. */
export function notSent(why: Problem): CallFailure {
  return {
    problem: why,
    callId: null,
    partial: '',
    reasoning: '',
    latencyMs: null,
    timeToFirstTokenMs: null,
    attempts: 0,
  };
}

/** The failure of a call that ends between two attempts. It keeps what is recorded of the last one. */
export function endedBy(why: Problem, last: CallFailure | null): CallFailure {
  return last === null ? notSent(why) : { ...last, problem: why };
}

export function cancelled(): Problem {
  return problem('cancelled', { what: 'call' });
}
