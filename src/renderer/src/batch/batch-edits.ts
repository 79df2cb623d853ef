/** What a person changes of a batch by hand. A refusal is told in a toast, which stays. */
import type { Answer, AnswerValue } from '../../../shared/answer.ts';
import { correctionState, valueWords } from '../../../shared/answer-words.ts';
import type { Batch, ItemRow } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { request } from '../platform/bridge.ts';
import { navigateLater } from '../platform/navigation-store.ts';
import { formatCount } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import { lookedWords, removedWords } from './batch-words.ts';
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

/** Adds what has come into a batch's folder since it was read, and tells how much that is. */
export async function lookForNewFiles(batchId: string): Promise<void> {
  const looked = await batches.lookAgain(batchId);
  if (looked !== null) showToast(lookedWords(looked));
}

/** Takes over rows that changed, in the table and in the open detail. */
function putRows(rows: readonly ItemRow[]): void {
  const { order } = batches.table.store.getState();
  batches.table.update(order?.length ?? 0, rows);
  const { detail } = batches.store.getState();
  if (detail.status !== 'closed' && rows.some(({ id }) => id === detail.itemId)) void batches.openItem(detail.itemId);
}

/** A value as a person would write it to correct it: a list has one item a line. */
export function writtenValue(value: AnswerValue): string {
  return value.type === 'list' ? value.items.join('\n') : valueWords(value);
}

/** Puts a value in place of the model's; null goes back to the model's. @returns why not, if it is refused. */
export async function correctAnswer(itemId: number, answer: Answer, text: string | null): Promise<Problem | null> {
  const { question, corrected } = answer;
  const before = corrected !== undefined && correctionState(answer) === 'holds' ? writtenValue(corrected.value) : null;
  const result = await request('batch.correct', { itemId, question, text });
  if (!result.ok) return result.error;
  putRows([result.value]);
  const undo = async () => {
    const undone = await request('batch.correct', { itemId, question, text: before });
    if (undone.ok) putRows([undone.value]);
    else tellProblem('Not undone', undone.error);
  };
  showToast({
    title: text === null ? 'The model’s value is shown again' : 'Corrected',
    action: { label: 'Undo', onPress: () => void undo() },
  });
  return null;
}

/** Ticks files as checked, or takes the ticks away. */
export async function checkItems(batchId: string, itemIds: readonly number[], checked: boolean): Promise<void> {
  const result = await request('batch.check', { batchId, itemIds: [...itemIds], checked });
  if (!result.ok) return tellProblem(`${formatCount(itemIds.length, 'file')} not ticked`, result.error);
  const { batches: list } = batches.store.getState();
  const batch = list?.find(({ id }) => id === batchId);
  if (batch !== undefined) putBatch({ ...batch, counts: { ...batch.counts, checked: result.value.checked } });
  putRows(result.value.rows);
}

/** Takes files out of the batch; they can be brought back from the toast, and later from the list of those removed. */
export async function removeItems(batchId: string, itemIds: readonly number[]): Promise<void> {
  const result = await request('batch.removeItems', { batchId, itemIds: [...itemIds] });
  if (!result.ok) return tellProblem('Not removed', result.error);
  const removed = result.value;
  const { detail } = batches.store.getState();
  if (detail.status !== 'closed' && removed.includes(detail.itemId)) batches.closeItem();
  showToast({
    title: removedWords(removed.length),
    detail: 'Only from this batch: the files stay where they are, and their results are kept.',
    action: { label: 'Undo', onPress: () => void restoreItems(batchId, removed) },
  });
}

/** Puts removed files back as they were. */
export async function restoreItems(batchId: string, itemIds: readonly number[]): Promise<void> {
  if (itemIds.length === 0) return;
  const result = await request('batch.restoreItems', { batchId, itemIds: [...itemIds] });
  if (!result.ok) return tellProblem('Not brought back', result.error);
  const { view, order } = batches.table.store.getState();
  // Nobody stays in an empty list.
  if (view.only === 'removed' && order?.length === result.value.length) batches.filter('all');
}

/** Runs those of the files again that failed or were cancelled. */
export async function retryFiles(batchId: string, itemIds: readonly number[]): Promise<void> {
  const again: number[] = [];
  for await (const rows of batches.table.rowsOf(itemIds)) {
    again.push(...rows.filter(({ status }) => status === 'failed' || status === 'cancelled').map(({ id }) => id));
  }
  if (again.length > 0) await batches.retryItems(batchId, again);
  else showToast({ title: 'None of the selected files failed or was cancelled.' });
}

/** Has the file's own program open it. */
export async function openFile(itemId: number): Promise<void> {
  const result = await request('batch.openItem', { itemId });
  if (!result.ok) tellProblem('Not opened', result.error);
}

/** Attaches a file to a new conversation, where it can be asked about. */
export async function askInChat(itemId: number): Promise<void> {
  const show = navigateLater();
  const result = await request('batch.offerItem', { itemId });
  if (result.ok) show({ surface: 'chat', attach: result.value });
  else tellProblem('Not attached', result.error);
}
