import { whatHappened } from '../../../shared/problem-words.ts';
import type { WatchEvent } from '../../../shared/watch-data.ts';
import { navigate, navigation } from '../platform/navigation-store.ts';
import { showToast } from '../ui/toast.tsx';
import { batches } from './batches.ts';

function isShown(batchId: string): boolean {
  return navigation.getState().target.surface === 'batch' && batches.store.getState().selectedId === batchId;
}

/** Tells what stops a watch, where its batch is not in sight, which says it for as long as it lasts. */
export function tellWatched({ batchId, name, entry, isNews }: WatchEvent): void {
  if (!isNews || isShown(batchId)) return;
  const problem = entry.what === 'held' || entry.what === 'trouble' ? entry.problem : null;
  if (problem === null) return;
  showToast({
    title: entry.what === 'held' ? `${name}: new files wait` : `${name}: its folder is not watched`,
    detail: whatHappened(problem),
    action: { label: 'Show', onPress: () => navigate({ surface: 'batch', batchId }) },
  });
}
