import type { RetryWait } from '../../../shared/call-data.ts';

/** A wait with the time when it ends. */
export interface ReplyWait extends RetryWait {
  /** On the clock of `performance`. */
  readonly until: number;
}

/** By id of the reply. */
export type ReplyWaits = ReadonlyMap<string, ReplyWait>;

export function withWait(waits: ReplyWaits, messageId: string, wait: ReplyWait): ReplyWaits {
  return new Map(waits).set(messageId, wait);
}

/** Removes the waits of these replies. Returns the same object if there are none. */
export function withoutWaits(waits: ReplyWaits, messageIds: Iterable<string>): ReplyWaits {
  const left = new Map(waits);
  for (const id of messageIds) left.delete(id);
  return left.size === waits.size ? waits : left;
}
