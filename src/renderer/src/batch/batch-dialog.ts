import { createStore } from 'zustand/vanilla';

/** What is chosen for a batch: how it is run again or watched, or which other batch it is compared with. */
export type BatchChoice = 'again' | 'compare' | 'watch';

/** The dialog that is open over a batch, from its menu or from the palette. */
export const batchDialog = createStore<{ readonly open: { batchId: string; choice: BatchChoice } | null }>(() => ({
  open: null,
}));

export function openBatchDialog(batchId: string, choice: BatchChoice): void {
  batchDialog.setState({ open: { batchId, choice } });
}

export function closeBatchDialog(): void {
  batchDialog.setState({ open: null });
}
