import { createStore } from 'zustand/vanilla';

/** The batch that is about to be run again: what is asked of it then is being chosen. */
export const runningAgain = createStore<{ readonly batchId: string | null }>(() => ({ batchId: null }));

export function startRunningAgain(batchId: string | null): void {
  runningAgain.setState({ batchId });
}
