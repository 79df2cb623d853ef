import type { CallRow } from './call-data.ts';

/** Whether a call was given up while queued, so that its 0 ms is not a measurement. */
export function neverSetOut({ latencyMs, sent }: Pick<CallRow, 'latencyMs' | 'sent'>): boolean {
  return !sent && latencyMs === 0;
}
