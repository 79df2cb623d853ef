/** What a call is made with, besides what it asks. */
import type { RetryWait } from '../../shared/call-data.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Connection } from './connection.ts';

/** Does some work when its turn has come. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** The turns that a limiter gives. Waiting before a retry takes none. */
export interface Lanes {
  /** To record a request and wait with it: a few more than may be sent, so that a free slot finds one that may leave. */
  readonly ahead: Turn;
  /** To send it. */
  readonly slot: Turn;
  /** How many of the calls that are on record may leave: the free slots, and one that takes the next. */
  readonly room: () => number;
}

export interface CallOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Left out, the call waits for no others. */
  readonly lanes?: Lanes;
  /** Pieces of a streamed reply as they come. After the first, a failure is not retried. */
  readonly onText?: (text: string) => void;
  /** Told when the call begins to wait for a further attempt. What ends the wait early is `signal`. */
  readonly onRetry?: (wait: RetryWait) => void;
  /** Set for a call that nobody sits and waits for: it waits for a host that is away, as long as that takes. */
  readonly patient?: Patience;
}

export interface Patience {
  /** What the call is about; others about the same have the same. */
  readonly subject: string;
  /** Told when the call may be what its host does not take, and null when it was the host. */
  readonly onSuspect?: (problem: Problem | null) => void;
}

export const AT_ONCE: Pick<Lanes, 'ahead' | 'slot'> = { ahead: (work) => work(), slot: (work) => work() };
