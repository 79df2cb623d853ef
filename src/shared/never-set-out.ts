import type { CallRow } from './data.ts';

/** A call that was given up while it waited for its turn: its 0 ms is no measurement. */
export function neverSetOut({ latencyMs, sent }: Pick<CallRow, 'latencyMs' | 'sent'>): boolean {
  return !sent && latencyMs === 0;
}
