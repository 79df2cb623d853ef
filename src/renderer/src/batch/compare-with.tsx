import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SharingBatch } from '../../../shared/batch-comparison.ts';
import type { Batch } from '../../../shared/batch-data.ts';
import { request } from '../platform/bridge.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatClockTime, formatCount } from '../ui/format.ts';
import { Skeleton } from '../ui/progress.tsx';
import { RadioList } from '../ui/radio-list.tsx';
import { closeBatchDialog } from './batch-dialog.ts';
import { askedWords } from './batch-words.ts';
import { batches } from './batches.ts';
import { comparing } from './compare.ts';

/** Chooses the other one of two batches: those that have files of this one. */
export function CompareWithDialog({ batch }: { readonly batch: Batch }) {
  const list = useStore(batches.store, (state) => state.batches) ?? [];
  const sharing = useSharing(batch.id);
  const others = (sharing ?? []).flatMap(({ batchId, files }) => {
    const other = list.find(({ id }) => id === batchId);
    return other === undefined ? [] : [{ other, files }];
  });
  // The newest first, as in the list.
  others.sort((a, b) => b.other.createdAt - a.other.createdAt);
  const [chosenId, choose] = useState<string | null>(null);
  const chosen = others.find(({ other }) => other.id === chosenId)?.other ?? others[0]?.other;
  const compare = () => {
    closeBatchDialog();
    // The older one is what the newer is held against.
    if (chosen !== undefined) comparing.open(...inOrder(batch, chosen));
  };
  return (
    <Dialog
      open
      onClose={closeBatchDialog}
      title="Compare with…"
      actions={
        <Button variant="primary" disabled={chosen === undefined} onClick={compare}>
          Compare
        </Button>
      }
    >
      {sharing === null && <Skeleton lines={3} />}
      {sharing !== null && chosen === undefined && <p>No other batch has a file of this one.</p>}
      {chosen !== undefined && (
        <RadioList
          label="Batches with the same files"
          value={chosen.id}
          onChange={choose}
          options={others.map(({ other, files }) => ({
            value: other.id,
            label: other.name,
            detail: `${askedWords(other)} · ${formatCount(files, 'file')} of this batch · ${formatClockTime(other.createdAt)}`,
          }))}
        />
      )}
    </Dialog>
  );
}

function useSharing(batchId: string): readonly SharingBatch[] | null {
  const [sharing, setSharing] = useState<readonly SharingBatch[] | null>(null);
  useEffect(() => {
    let isWanted = true;
    void request('batch.sharing', { batchId }).then((result) => {
      if (isWanted) setSharing(result.ok ? result.value : []);
    });
    return () => {
      isWanted = false;
    };
  }, [batchId]);
  return sharing;
}

/** The older one first. */
export function inOrder(one: Batch, other: Batch): [string, string] {
  return one.createdAt <= other.createdAt ? [one.id, other.id] : [other.id, one.id];
}
