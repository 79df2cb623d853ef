/** The options of a call, besides the question. */
import type { RetryWait } from '../../shared/call-data.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Connection } from './connection.ts';

/** Runs some work when its turn comes. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** The limiter's turns, as one piece of work has them. A call holds none while it waits to retry. */
export interface Lanes {
  /**
   * For recording a request and waiting with it. A few more than there are slots, so that a free slot finds a request
   * that may leave.
   */
  readonly ahead: Turn;
  /** For sending it. */
  readonly slot: Turn;
  /** How many recorded calls may leave: the free slots, and one ahead. */
  readonly room: () => number;
  /** How many calls `ahead` lets go on at once. */
  readonly most: () => number;
}

export interface CallOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Without it, the call waits for no others. */
  readonly lanes?: Lanes;
  /** Receives the pieces of a streamed answer. Once one has arrived, a failure is not retried. */
  readonly onText?: (text: string) => void;
  /** Receives the pieces of the reasoning before the answer. */
  readonly onReasoning?: (text: string) => void;
  /**
   * Called when all pieces so far no longer count, with the reasoning to start from: empty if the call is sent again;
   * everything received so far if the answer turned out to be reasoning.
   */
  readonly onStartOver?: (reasoning: string) => void;
  /** Called when the call starts to wait for another attempt. Abort `signal` to end the wait early. */
  readonly onRetry?: (wait: RetryWait) => void;
  /** For a call that no user is waiting for: it waits for a host that is away, however long that takes. */
  readonly patient?: Patience;
}

export interface Patience {
  /** Identifies what the call is about. Calls about the same file or message share it. */
  readonly subject: string;
  /**
   * Called when the host may be refusing this call in particular, and with null once the host turns out to be at fault.
   */
  readonly onSuspect?: (problem: Problem | null) => void;
}

export const AT_ONCE: Pick<Lanes, 'ahead' | 'slot'> = { ahead: (work) => work(), slot: (work) => work() };
