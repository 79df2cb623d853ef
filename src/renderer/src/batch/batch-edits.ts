/** What a person changes of a batch by hand. A refusal is told in a toast, which stays. */
import type { Batch } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { request } from '../platform/bridge.ts';
import { showToast } from '../ui/toast.tsx';
import { batches } from './batches.ts';

export function tellProblem(title: string, problem: Problem): void {
  showToast({ title, detail: problemSentence(problem), problem: true });
}

function putBatch(changed: Batch): void {
  const { batches: list } = batches.store.getState();
  batches.store.setState({ batches: list?.map((batch) => (batch.id === changed.id ? changed : batch)) ?? null });
}

/** An empty name changes nothing. */
export async function renameBatch(batch: Batch, name: string): Promise<void> {
  const wanted = name.trim();
  if (wanted === '' || wanted === batch.name) return;
  // The old name would be back for a moment.
  putBatch({ ...batch, name: wanted });
  const result = await request('batch.rename', { batchId: batch.id, name: wanted });
  if (result.ok) return;
  putBatch(batch);
  tellProblem('Not renamed', result.error);
}

/** Shows what was dropped in the system's file manager. */
export async function revealBatch(batchId: string): Promise<void> {
  const result = await request('batch.reveal', { batchId });
  if (!result.ok) tellProblem('The folder could not be shown', result.error);
}
