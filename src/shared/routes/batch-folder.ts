import { z } from 'zod';
import type { Batch, LookedAgain } from '../batch-data.ts';
import { type LoggedEntry, watchLimitsSchema } from '../watch-data.ts';
import { id, oneBatch } from './inputs.ts';
import { route } from './route.ts';

/** Where the files of a batch come from: another look there, and watching it. */
export const batchFolderRoutes = {
  /** Shows what was dropped in the system's file manager. */
  'batch.reveal': route(oneBatch).returns<null>(),
  /**
   * Adds files that have come since to a batch that does not run, and runs these and those that were edited; a batch
   * whose files leave this machine is `ready` for them.
   */
  'batch.lookAgain': route(oneBatch).returns<LookedAgain>(),
  /** What it has found by then stays. */
  'batch.stopLooking': route(oneBatch).returns<null>(),
  /** Watches the folder of a batch from now on, or sets other limits. Files that it finds are sent without another word. */
  'batch.watch': route(z.object({ batchId: id, limits: watchLimitsSchema })).returns<Batch>(),
  'batch.unwatch': route(oneBatch).returns<Batch>(),
  /** What the watch of a batch did, newest first. */
  'batch.watchLog': route(oneBatch).returns<readonly LoggedEntry[]>(),
} as const;
