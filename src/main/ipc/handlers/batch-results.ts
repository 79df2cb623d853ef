import { ok } from '../../../shared/result.ts';
import type { batchResultRoutes } from '../../../shared/routes/batch-results.ts';
import { compareBatches } from '../../batch/comparisons.ts';
import { writeComparison } from '../../batch/export/comparison-csv.ts';
import type { Exports } from '../../batch/export/exports.ts';
import type { Docket } from '../../compose.ts';
import type { Desktop } from '../desktop.ts';
import type { HandlersOf } from '../router.ts';

export function createBatchResultHandlers(
  { store, batches }: Docket,
  desktop: Desktop,
  exports: Exports,
): HandlersOf<typeof batchResultRoutes> {
  return {
    'batch.compare': async ({ leftId, rightId }) => {
      const compared = await compareBatches(store.read, leftId, rightId);
      return compared.ok ? ok(compared.value.comparison) : compared;
    },
    'batch.exportComparison': async ({ leftId, rightId, ...view }) => {
      const compared = await compareBatches(store.read, leftId, rightId);
      if (!compared.ok) return compared;
      const file = await desktop.pickExportFile(`${compared.value.left.name} compared`, 'csv');
      return file === null ? ok(null) : writeComparison(store.read, compared.value, view, file);
    },
    'batch.export': async ({ batchId, format, only, items }) => {
      const progress = await batches.progress(batchId);
      if (!progress.ok) return progress;
      const { batch } = progress.value;
      const part = items !== undefined ? ' selection' : only === 'all' ? '' : ` ${only}`;
      const file = await desktop.pickExportFile(`${batch.name}${part}`, format);
      return file === null ? ok(null) : exports.write(batch, { format, only, items }, file);
    },
    'batch.stopExport': async ({ batchId }) => {
      exports.stop(batchId);
      return ok(null);
    },
    'batch.revealExport': async ({ batchId }) => {
      const file = exports.lastFile(batchId);
      if (file !== null) desktop.revealFile(file);
      return ok(null);
    },
  };
}
