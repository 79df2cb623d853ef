import type { CallRow } from '../../../shared/call-data.ts';
import { neverSetOut } from '../../../shared/never-set-out.ts';
import { formatDuration } from '../ui/format.ts';

/** The display name of a call's task. A question is called by the title of its column, and what a server is asked about itself by what that is. */
export function taskName({ task, title }: Pick<CallRow, 'task' | 'title'>): string {
  switch (task) {
    case 'question':
      return title ?? 'Question';
    case 'chat':
      return 'Chat';
    case 'models':
      return title ?? 'Model list';
    case 'test':
      return 'Connection test';
  }
}

/** The time a call took, for a list; empty if it is unknown or the call was never sent. */
export function listedTime(call: Pick<CallRow, 'latencyMs' | 'sent'>): string {
  return call.latencyMs === null || neverSetOut(call) ? '' : formatDuration(call.latencyMs);
}
