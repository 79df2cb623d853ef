import { Eye, Play } from 'lucide-react';
import type { Batch } from '../../../shared/batch-data.ts';
import { isBlind } from '../../../shared/watch-words.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCount } from '../ui/format.ts';
import { openBatchDialog } from './batch-dialog.ts';
import { batches } from './batches.ts';

/** What keeps a watch from its work, with the way out. */
export function WatchNotes({ batch }: { readonly batch: Batch }) {
  const { id, watch, status, counts, problem } = batch;
  if (watch === null || status === 'running') return null;
  const { hold, trouble } = watch;
  // Told by the batch itself already.
  const isTold = hold !== null && problem?.code === hold.code;
  return (
    <>
      {trouble !== null && isBlind(trouble) && <ErrorNote problem={trouble} />}
      {hold !== null && !isTold && (
        <ErrorNote
          problem={hold}
          actions={
            hold.code === 'watch_limit' ? (
              <>
                <Button size="small" icon={<Play />} onClick={() => void batches.start(id)}>
                  Ask {formatCount(counts.queued, 'file')} now
                </Button>
                <Button size="small" variant="ghost" icon={<Eye />} onClick={() => openBatchDialog(id, 'watch')}>
                  Change the limit
                </Button>
              </>
            ) : (
              <ProblemButton problem={hold} />
            )
          }
        />
      )}
    </>
  );
}
