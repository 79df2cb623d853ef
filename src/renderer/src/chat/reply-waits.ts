import type { RetryWait } from '../../../shared/call-data.ts';

/** A wait as a window counts it down. */
export interface ReplyWait extends RetryWait {
  /** On the clock of `performance`. */
  readonly until: number;
}

/** By the reply's id. */
export type ReplyWaits = ReadonlyMap<string, ReplyWait>;

export function withWait(waits: ReplyWaits, messageId: string, wait: ReplyWait): ReplyWaits {
  return new Map(waits).set(messageId, wait);
}

/** Without those of these replies; the same object when there are none. */
export function withoutWaits(waits: ReplyWaits, messageIds: Iterable<string>): ReplyWaits {
  const left = new Map(waits);
  for (const id of messageIds) left.delete(id);
  return left.size === waits.size ? waits : left;
}
