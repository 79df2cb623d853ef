import { ok } from '../../../shared/result.ts';
import type { batchFolderRoutes } from '../../../shared/routes/batch-folder.ts';
import type { Docket } from '../../compose.ts';
import type { Desktop } from '../desktop.ts';
import { reveal } from '../reveal.ts';
import type { HandlersOf } from '../router.ts';

export function createBatchFolderHandlers({ batches }: Docket, desktop: Desktop): HandlersOf<typeof batchFolderRoutes> {
  return {
    'batch.reveal': async ({ batchId }) => {
      const paths = await batches.paths(batchId);
      return paths.ok ? reveal(desktop, paths.value[0] ?? '') : paths;
    },
    'batch.lookAgain': ({ batchId }) => batches.lookAgain(batchId),
    'batch.stopLooking': async ({ batchId }) => {
      batches.stopLooking(batchId);
      return ok(null);
    },
    'batch.watch': ({ batchId, limits }) => batches.watch(batchId, limits),
    'batch.unwatch': ({ batchId }) => batches.unwatch(batchId),
    'batch.watchLog': async ({ batchId }) => ok(await batches.watchLog(batchId)),
  };
}
