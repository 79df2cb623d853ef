import { z } from 'zod';
import { type BatchComparison, rowsToCompare } from '../batch-comparison.ts';
import { exportFilters } from '../batch-data.ts';
import { exportFormats } from '../export-format.ts';
import { id, itemId, oneBatch } from './inputs.ts';
import { route } from './route.ts';

const compared = { leftId: id, rightId: id };

/** What becomes of the results of a batch: comparing them with another's, and files of them. */
export const batchResultRoutes = {
  /** Two batches cell by cell. The window reads the values by the files' ids as they come into sight. */
  'batch.compare': route(z.object(compared)).returns<BatchComparison>(),
  /** Asks where to save. Returns the file's path, or null if the dialog was cancelled. */
  'batch.exportComparison': route(
    z.object({
      ...compared,
      only: z.enum(rowsToCompare),
      question: z.number().int().nonnegative().nullable(),
    }),
  ).returns<string | null>(),
  /** Asks where to save. Returns the file's path, or null if the dialog was cancelled or the export stopped. */
  'batch.export': route(
    z.object({
      batchId: id,
      format: z.enum(exportFormats),
      only: z.enum(exportFilters).default('all'),
      /** Only these, in this order. */
      items: z.array(itemId).min(1).optional(),
    }),
  ).returns<string | null>(),
  /** Leaves no partial file behind. */
  'batch.stopExport': route(oneBatch).returns<null>(),
  /** Shows the last exported file of a batch in the system's file manager. */
  'batch.revealExport': route(oneBatch).returns<null>(),
} as const;
