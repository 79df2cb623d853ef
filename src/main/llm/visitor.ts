import type { Problem } from '../../shared/problem.ts';
import type { Connection } from './connection.ts';

/** A call, as the gate of its host sees it. */
export interface Visitor {
  /** Identifies what the call is about. Calls about the same file or message share it. */
  readonly subject: string;
  /** A user is waiting: leaves even if the host seems to be away. */
  readonly urgent: boolean;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Called when the host may be refusing this call in particular, and with null once that is ruled out. */
  readonly onSuspect?: ((problem: Problem | null) => void) | undefined;
}

/** What to do with a call that would otherwise not be retried. */
export type Verdict =
  /** The failure is the call's own. */
  | { readonly is: 'own' }
  /** The host was away: repeat the call as if it had not been made. */
  | { readonly is: 'again' }
  /** Every other call would be refused too. */
  | { readonly is: 'refused'; readonly problem: Problem };
