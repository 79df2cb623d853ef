import type { CallRow } from '../../../shared/call-data.ts';
import { neverSetOut } from '../../../shared/never-set-out.ts';
import { formatDuration } from '../ui/format.ts';

interface TaskNames {
  readonly summary: string;
  readonly sentiment: string;
  readonly topics: string;
}

/** The built-in engine is not a model, so its results have names of their own. */
export function taskNames(llm: boolean): TaskNames {
  return llm
    ? { summary: 'Summary', sentiment: 'Sentiment', topics: 'Topics' }
    : { summary: 'Extract', sentiment: 'Word-list tone', topics: 'Key terms' };
}

export type CallTask = CallRow['task'];

/** The display name of a call's task. */
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

/** The time a call took, for a list; empty if it is unknown or the call was never sent. */
export function listedTime(call: Pick<CallRow, 'latencyMs' | 'sent'>): string {
  return call.latencyMs === null || neverSetOut(call) ? '' : formatDuration(call.latencyMs);
}
