import type { Batch } from '../../../shared/batch-data.ts';
import type { Command } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { batches } from './batches.ts';

async function begin(make: () => Promise<Batch | null>): Promise<void> {
  const batch = await make();
  if (batch !== null) navigate({ surface: 'batch', batchId: batch.id });
  // A refusal is told in the view.
  else if (batches.store.getState().notice !== null) navigate({ surface: 'batch' });
}

/** For the palette; they work from every surface. */
export const batchCommands: readonly Command[] = [
  {
    id: 'batch.pickFiles',
    title: 'New batch from files…',
    group: 'Batch',
    keywords: 'open add analyse analyze',
    shortcut: 'Mod+O',
    run: () => void begin(() => batches.pick('files')),
  },
  {
    id: 'batch.pickFolder',
    title: 'New batch from folder…',
    group: 'Batch',
    keywords: 'open add directory analyse analyze',
    shortcut: 'Mod+Shift+O',
    run: () => void begin(() => batches.pick('folder')),
  },
  {
    id: 'batch.sample',
    title: 'New batch from the sample folder',
    group: 'Batch',
    keywords: 'try example demo',
    run: () => void begin(() => batches.createSample()),
  },
];
