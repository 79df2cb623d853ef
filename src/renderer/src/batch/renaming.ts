import { createStore } from 'zustand/vanilla';

/** The batch whose name is being edited, and where: it stands in the list and in the header. */
export interface Renaming {
  readonly batchId: string;
  readonly place: 'list' | 'header';
}

export const renaming = createStore<{ readonly at: Renaming | null }>(() => ({ at: null }));

export function startRenaming(batchId: string, place: Renaming['place']): void {
  renaming.setState({ at: { batchId, place } });
}
