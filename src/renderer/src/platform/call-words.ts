import type { CallRow } from '../../../shared/call-data.ts';
import { neverSetOut } from '../../../shared/never-set-out.ts';
import { formatDuration } from '../ui/format.ts';

interface TaskNames {
  readonly summary: string;
  readonly sentiment: string;
  readonly topics: string;
}

/** The built-in engine's results are no model's, so they are not called what a model's are. */
export function taskNames(llm: boolean): TaskNames {
  return llm
    ? { summary: 'Summary', sentiment: 'Sentiment', topics: 'Topics' }
    : { summary: 'Extract', sentiment: 'Word-list tone', topics: 'Key terms' };
}

export type CallTask = CallRow['task'];

/** What a call was for. */
export function taskName(task: CallTask, llm: boolean): string {
  switch (task) {
    case 'summary':
    case 'sentiment':
    case 'topics':
      return taskNames(llm)[task];
    case 'chat':
      return 'Chat';
    case 'models':
      return 'Model list';
    case 'test':
      return 'Connection test';
  }
}

/** The time a call took, in a list; none while that is not known, and none of a call that never set out. */
export function listedTime(call: Pick<CallRow, 'latencyMs' | 'sent'>): string {
  return call.latencyMs === null || neverSetOut(call) ? '' : formatDuration(call.latencyMs);
}
