/** How a call ended. */
import { type Problem, problem } from '../../shared/problem.ts';
import type { Usage } from './completion.ts';

export interface Reply {
  readonly callId: number;
  /** The answer, without what the model thought before it. */
  readonly text: string;
  /** All that came, as it is kept. */
  readonly raw: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  /** Why the built-in engine gives no result, when it gives none. */
  readonly note: string | null;
  /** Of the last attempt. */
  readonly latencyMs: number;
  readonly timeToFirstTokenMs: number | null;
  /** How many times it was asked for. */
  readonly attempts: number;
}

/** A call that failed for good, with what had arrived. */
export interface CallFailure {
  readonly problem: Problem;
  /** It is the host's or the account's failure: every other call would meet it too. */
  readonly isTheHosts?: boolean;
  /** Of the last attempt; null when nothing was sent. */
  readonly callId: number | null;
  readonly partial: string;
  /** Of the last attempt. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** How many times it was asked for; 0 when nothing was sent. */
  readonly attempts: number;
}

/** A call of which nothing left. */
export function notSent(why: Problem): CallFailure {
  return { problem: why, callId: null, partial: '', latencyMs: null, timeToFirstTokenMs: null, attempts: 0 };
}

/** A call that ends between two attempts: the last one is what the history knows of it. */
export function endedBy(why: Problem, last: CallFailure | null): CallFailure {
  return last === null ? notSent(why) : { ...last, problem: why };
}

export function cancelled(): Problem {
  return problem('cancelled', { what: 'call' });
}
